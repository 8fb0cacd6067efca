"""Records that could not be handled, kept with the reason in the consumer's own database."""

import orjson
import structlog
from sqlalchemy import Engine, Table

from aiff_kit.bus import Delivered
from aiff_kit.clock import utc_now

_LONGEST_KEY = 120
_LONGEST_REASON = 2000

_log = structlog.get_logger(__name__)


class DeadLetters:
    """Writes the dead letter table in a transaction of its own."""

    def __init__(self, engine: Engine, table: Table) -> None:
        """Keep the database and its table."""
        self._engine = engine
        self._table = table

    def park(self, consumer: str, delivered: Delivered, reason: str) -> None:
        """Keep the record of a consumer (group) with the reason."""
        record = delivered.record
        row = {
            "consumer": consumer,
            "topic": record.topic,
            "partition": delivered.partition,
            "offset": delivered.offset,
            "key": _storable(record.key)[:_LONGEST_KEY],
            "headers": orjson.dumps(dict(record.headers)).decode(),
            "value": record.value,
            "reason": _storable(reason)[:_LONGEST_REASON],
            "failed_at": utc_now(),
        }
        with self._engine.begin() as connection:
            connection.execute(self._table.insert().values(row))
        _log.error("event parked", consumer=consumer, key=record.key, reason=reason[:300])


def _storable(text: str) -> str:
    """Show the one character that PostgreSQL does not store."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
