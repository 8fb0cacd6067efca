"""The consumer that keeps the search index up to date: many events, one commit."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import structlog

from aiff_catalog.application.indexing import OfferIndexer
from aiff_kit.bus import Consumer, Delivered

GROUP = "catalog-index"

_log = structlog.get_logger(__name__)


class DeadLetters(Protocol):
    """Where a record goes that cannot be handled."""

    def park(self, consumer: str, delivered: Delivered, reason: str) -> None:
        """Keep the record with the reason."""


class IndexFeed:
    """Reads the catalogue's own events; each one only says which offer to look at again.

    What comes together is indexed in one commit. Where that fails for a reason that lies in an
    offer, each offer is tried alone, and the one at fault is parked so that the others go on.
    `passing` are faults of the surroundings: then the records stay first in line.
    """

    def __init__(
        self,
        consumer: Consumer,
        indexer: OfferIndexer,
        dead_letters: DeadLetters,
        passing: tuple[type[Exception], ...],
    ) -> None:
        """Keep the parts."""
        self._consumer = consumer
        self._indexer = indexer
        self._dead_letters = dead_letters
        self._passing = passing
        self._waiting: Sequence[Delivered] = ()

    def step(self, timeout_seconds: float = 0.5) -> int:
        """Handle what comes within the time; return how many records were dealt with."""
        if not self._waiting:
            self._waiting = self._consumer.poll(timeout_seconds)
        handled = len(self._waiting)
        if handled:
            self._index(self._waiting)
            self._commit()
        return handled

    def close(self) -> None:
        """Leave the group."""
        self._consumer.close()

    def _index(self, records: Sequence[Delivered]) -> None:
        try:
            self._indexer.refresh(_offer_of(delivered) for delivered in records)
        except self._passing:
            raise
        except Exception:  # noqa: BLE001  Whichever record is at fault, the others go on.
            _log.exception("indexing one by one", records=len(records))
            for delivered in records:
                self._index_alone(delivered)

    def _index_alone(self, delivered: Delivered) -> None:
        try:
            self._indexer.refresh([_offer_of(delivered)])
        except self._passing:
            raise
        except Exception as error:  # noqa: BLE001  A poison record must not stop the others.
            self._dead_letters.park(GROUP, delivered, f"{type(error).__name__}: {error}")

    def _commit(self) -> None:
        """Commit the last record of each partition; that covers those before it."""
        last = {(one.record.topic, one.partition): one for one in self._waiting}
        for delivered in last.values():
            self._consumer.commit(delivered)
        self._waiting = ()


def _offer_of(delivered: Delivered) -> UUID:
    return UUID(delivered.record.key)
