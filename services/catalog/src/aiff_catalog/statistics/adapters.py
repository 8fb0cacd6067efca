"""Where statistics come from and where they are kept, inside a transaction."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection, case, delete, func, select

from aiff_catalog.shared.tables import (
    offer,
    offer_quality,
    offer_revision,
    statistic,
    unanswered_search,
)
from aiff_catalog.statistics.domain import Figure, HistoryStep, Listed
from aiff_kit.db import upsert

# A text that fewer asked for may tell who asked: only its digest is kept.
LEAST_ASKED = 5
_MOST_TEXTS = 100
_ROWS_AT_ONCE = 1_000


class SqlStatistics:
    """Reads what is counted, and reads and writes `statistic` and `unanswered_search`."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def listed(self) -> Iterator[Listed]:
        """Read all offers in one statement."""
        own = offer_quality
        columns = (offer.c.kind, offer.c.state, offer.c.updated_at, offer.c.waiting_since)
        joined = offer.outerjoin(own, own.c.offer_id == offer.c.id)
        wanted = select(*columns, own.c.score, own.c.checks).select_from(joined)
        for row in self._connection.execute(wanted).yield_per(_ROWS_AT_ONCE):
            yield Listed(*row[:5], tuple((row.checks or "").split()))

    def steps_since(self, instant: datetime) -> Iterator[HistoryStep]:
        """Read the history in the order of each offer's numbers."""
        table = offer_revision
        wanted = (
            select(table.c.offer_id, table.c.action, table.c.at)
            .where(table.c.at >= instant)
            .order_by(table.c.offer_id, table.c.number)
        )
        for row in self._connection.execute(wanted).yield_per(_ROWS_AT_ONCE):
            yield HistoryStep(str(row.offer_id), row.action, row.at)

    def put(self, day: date, figures: Sequence[Figure]) -> None:
        """Replace the figures of a day."""
        self._connection.execute(delete(statistic).where(statistic.c.day == day))
        rows = [
            {"day": day, "figure": figure.figure, "key": figure.key, "value": figure.value}
            for figure in figures
        ]
        if rows:
            self._connection.execute(statistic.insert(), rows)

    def of(self, day: date | None) -> tuple[date, Sequence[Figure]] | None:
        """Read the figures of a day, of the newest one for None."""
        wanted = day or self._connection.execute(select(func.max(statistic.c.day))).scalar()
        if wanted is None:
            return None
        columns = (statistic.c.figure, statistic.c.key, statistic.c.value)
        of_day = select(*columns).where(statistic.c.day == wanted)
        rows = self._connection.execute(of_day.order_by(statistic.c.figure, statistic.c.key))
        figures = [Figure(*row) for row in rows]
        return (wanted, figures) if figures else None

    def count_unanswered(self, day: date, counts: Mapping[str, float]) -> None:
        """Add to the counts; a text is kept once enough asked for it."""
        statement = upsert(self._connection, unanswered_search)
        table = unanswered_search
        for text in sorted(counts):
            asked = int(counts[text])
            total = table.c.asked + asked
            new = {
                "digest": sha256(text.encode()).hexdigest(),
                "asked": asked,
                "text": text if asked >= LEAST_ASKED else None,
            }
            kept = case((total >= LEAST_ASKED, text), else_=None)
            self._connection.execute(
                statement.values(day=day, **new).on_conflict_do_update(
                    index_elements=[table.c.day, table.c.digest],
                    set_={"asked": total, "text": kept},
                )
            )

    def unanswered(self) -> Mapping[str, int]:
        """Return the texts that were asked for most without a result."""
        table = unanswered_search
        total = func.sum(table.c.asked)
        wanted = (
            select(table.c.text, total)
            .where(table.c.text.is_not(None))
            .group_by(table.c.text)
            .order_by(total.desc(), table.c.text)
            .limit(_MOST_TEXTS)
        )
        return {text: int(asked) for text, asked in self._connection.execute(wanted)}

    def forget_unanswered_before(self, day: date) -> None:
        """Delete older days."""
        self._connection.execute(delete(unanswered_search).where(unanswered_search.c.day < day))
