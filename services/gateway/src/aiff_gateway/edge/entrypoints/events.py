"""Catalogue events purge what the gateway remembers of the offers."""

import threading
from collections.abc import Callable, Iterable, Sequence
from uuid import uuid4

import structlog
from prometheus_client import Gauge

from aiff_contracts.events import OFFERS_TOPIC, OfferPublished, OfferWithdrawn
from aiff_gateway.edge.application.read_cache import LISTS
from aiff_kit.bus import Bus, BusUnavailableError, Consumer, Delivered, event_of
from aiff_kit.observability import Heartbeat

LOOP = "events"
_POLL_SECONDS = 0.25
_PAUSE_SECONDS = 1.0

_LISTENING = Gauge(
    "aiff_gateway_events_reachable",
    "1 while catalogue events reach the gateway and purge what it remembers, else 0.",
)

_log = structlog.get_logger(__name__)


class Invalidation:
    """Listens in a thread of its own and tells `purge` the tags that are outdated.

    Each time it begins to listen it is a new group at the end of the log: every process sees
    every event, and what happened before is in nobody's memory. It commits nothing.
    When the bus was away, events may have been missed: `purge_all` is told.
    """

    def __init__(
        self,
        bus: Callable[[], Bus],
        purge: Callable[[Iterable[str]], None],
        purge_all: Callable[[], None],
        heartbeat: Heartbeat,
    ) -> None:
        """Keep what to call; both calls and the beats come from the listening thread."""
        self._heartbeat = heartbeat
        self._open_bus = bus
        self._purge = purge
        self._purge_all = purge_all
        self._stopping = threading.Event()
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._run, name="invalidation", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def wait_until_listening(self, seconds: float) -> bool:
        """Wait until events arrive from now on; tell whether that is so."""
        return self._listening.wait(seconds)

    def stop(self) -> None:
        """End the thread after its current poll."""
        self._stopping.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._heartbeat.beat(LOOP)
            try:
                self._listen()
            except BusUnavailableError as error:
                self._listening.clear()
                _LISTENING.set(0)
                self._purge_all()
                _log.warning("events out of reach", reason=str(error))
                self._stopping.wait(_PAUSE_SECONDS)

    def _listen(self) -> None:
        bus = self._open_bus()
        try:
            group = f"gateway-cache-{uuid4()}"
            consumer = bus.consumer(group, [OFFERS_TOPIC], start="latest")
            # What was remembered while nobody listened may be outdated.
            self._purge_all()
            self._listening.set()
            _LISTENING.set(1)
            self._follow(consumer)
        finally:
            bus.close()

    def _follow(self, consumer: Consumer) -> None:
        try:
            while not self._stopping.is_set():
                self._heartbeat.beat(LOOP)
                delivered = consumer.poll(_POLL_SECONDS)
                if delivered:
                    self._purge(tags_of_events(delivered))
        finally:
            consumer.close()


def tags_of_events(delivered: Sequence[Delivered]) -> set[str]:
    """Return what these records outdate; one that cannot be read outdates its key and lists."""
    tags = {LISTS}
    for item in delivered:
        tags.add(item.record.key)
        try:
            data = event_of(item.record).data
        except (KeyError, ValueError):
            continue
        match data:
            case OfferPublished(offer=offer):
                tags |= {str(offer.id), offer.slug}
            case OfferWithdrawn(offer_id=offer_id, slug=slug):
                tags |= {str(offer_id), slug}
    return tags
