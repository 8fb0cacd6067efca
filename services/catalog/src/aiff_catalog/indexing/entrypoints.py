"""The consumer that keeps the search index up to date: many events, one commit."""

import time
from collections.abc import Iterator, Sequence
from typing import Protocol
from uuid import UUID

import structlog
from opentelemetry.trace import SpanKind

from aiff_catalog.indexing.application.indexing import OfferIndexer
from aiff_kit.bus import TRACEPARENT, Consumer, Delivered
from aiff_kit.observability import traced_together
from aiff_kit.outbox import Handled

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
        self._count = Handled(GROUP)

    def step(self, timeout_seconds: float = 0.5) -> int:
        """Handle what comes within the time; return how many records were dealt with."""
        if not self._waiting:
            self._waiting = self._consumer.poll(timeout_seconds)
        handled = len(self._waiting)
        if handled:
            began = time.perf_counter()
            with traced_together(f"process {GROUP}", SpanKind.CONSUMER, _traces(self._waiting), {}):
                parked = self._index(self._waiting)
            self._count.handled(handled - parked, time.perf_counter() - began)
            self._commit()
        return handled

    def close(self) -> None:
        """Leave the group."""
        self._consumer.close()

    def _index(self, records: Sequence[Delivered]) -> int:
        """Return how many records were parked."""
        try:
            self._indexer.refresh(offer_of(delivered) for delivered in records)
        except self._passing:
            raise
        except Exception:  # noqa: BLE001  Whichever record is at fault, the others go on.
            _log.exception("indexing one by one", records=len(records))
            return sum(self._index_alone(delivered) for delivered in records)
        return 0

    def _index_alone(self, delivered: Delivered) -> int:
        try:
            self._indexer.refresh([offer_of(delivered)])
        except self._passing:
            raise
        except Exception as error:  # noqa: BLE001  A poison record must not stop the others.
            self._dead_letters.park(GROUP, delivered, f"{type(error).__name__}: {error}")
            self._count.parked()
            return 1
        return 0

    def _commit(self) -> None:
        """Commit the last record of each partition; that covers those before it."""
        last = {(one.record.topic, one.partition): one for one in self._waiting}
        for delivered in last.values():
            self._consumer.commit(delivered)
        self._waiting = ()


def offer_of(delivered: Delivered) -> UUID:
    """Return the offer that a record tells of; ValueError where its key is no id."""
    return UUID(delivered.record.key)


def _traces(records: Sequence[Delivered]) -> Iterator[str | None]:
    return (delivered.record.headers.get(TRACEPARENT) for delivered in records)
