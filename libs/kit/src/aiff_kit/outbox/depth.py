"""How much waits in an outbox, and for how long."""

from datetime import datetime

from sqlalchemy import Engine, Table, func, select


class OutboxDepth:
    """Asks an outbox, without touching it."""

    def __init__(self, engine: Engine, outbox: Table) -> None:
        """Keep the database and its outbox."""
        self._engine = engine
        self._outbox = outbox

    def waiting(self) -> int:
        """Count the events that have not left yet."""
        counted = select(func.count()).select_from(self._outbox)
        with self._engine.connect().execution_options(read_only=True) as connection:
            return int(connection.execute(counted).scalar_one())

    def oldest(self) -> datetime | None:
        """Return since when the event waits that is next to leave; None when none waits."""
        columns = self._outbox.c
        first = select(columns.created_at).order_by(columns.position).limit(1)
        with self._engine.connect().execution_options(read_only=True) as connection:
            return connection.execute(first).scalar_one_or_none()
