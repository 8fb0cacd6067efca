"""Records that the index could not take, kept in the catalogue's database."""

import orjson
from sqlalchemy import Engine

from aiff_catalog.adapters.tables import dead_letter
from aiff_kit.bus import Delivered
from aiff_kit.clock import Clock

_LONGEST_KEY = 120
_LONGEST_REASON = 2000


class SqlDeadLetters:
    """Writes `dead_letter` in a transaction of its own."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Keep the database and the clock."""
        self._engine = engine
        self._clock = clock

    def park(self, consumer: str, delivered: Delivered, reason: str) -> None:
        """Keep the record with the reason."""
        record = delivered.record
        row = {
            "consumer": consumer,
            "topic": record.topic,
            "partition": delivered.partition,
            "offset": delivered.offset,
            "key": record.key[:_LONGEST_KEY],
            "headers": orjson.dumps(dict(record.headers)).decode(),
            "value": record.value,
            "reason": reason[:_LONGEST_REASON],
            "failed_at": self._clock(),
        }
        with self._engine.begin() as connection:
            connection.execute(dead_letter.insert().values(row))
