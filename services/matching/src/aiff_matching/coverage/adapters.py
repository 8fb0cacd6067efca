"""The figures of how well needs are covered, inside a transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, delete, func, select

from aiff_matching.coverage.domain import CoverageFigure
from aiff_matching.shared.tables import coverage, need


class SqlCoverage:
    """Reads and writes `coverage`."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def owners(self, needs: Sequence[UUID]) -> Mapping[UUID, UUID]:
        """Read whose needs they are."""
        wanted = select(need.c.id, need.c.startup_id).where(need.c.id.in_(needs))
        rows = self._connection.execute(wanted)
        return {row.id: UUID(str(row.startup_id)) for row in rows}

    def put(self, day: date, figures: Sequence[CoverageFigure]) -> None:
        """Delete the day's rows and insert others."""
        self._connection.execute(delete(coverage).where(coverage.c.day == day))
        rows = [
            {
                "day": day,
                "grouping": figure.grouping,
                "key": figure.key,
                "level": figure.level,
                "needs": figure.needs,
            }
            for figure in figures
        ]
        if rows:
            self._connection.execute(coverage.insert(), rows)

    def of(self, day: date | None) -> tuple[date, Sequence[CoverageFigure]] | None:
        """Read the rows of a day in the order of their names."""
        table = coverage
        if day is None:
            day = self._connection.execute(select(func.max(table.c.day))).scalar()
        wanted = select(table).where(table.c.day == day)
        ordered = wanted.order_by(table.c.grouping, table.c.key, table.c.level)
        figures = [
            CoverageFigure(grouping=row.grouping, key=row.key, level=row.level, needs=row.needs)
            for row in self._connection.execute(ordered)
        ]
        return None if day is None or not figures else (day, figures)

    def forget_before(self, day: date) -> None:
        """Delete older days."""
        self._connection.execute(delete(coverage).where(coverage.c.day < day))
