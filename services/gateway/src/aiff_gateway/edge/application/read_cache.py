"""Answers to anonymous reads, kept in memory ready to send.

Bounded by count and by bytes, least recently used first out. Answers about an offer carry its
id and slug as tags; everything else (lists, searches) carries `LISTS`. One event loop uses it.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from aiff_gateway.edge.domain.freshness import Variation

LISTS = "lists"
# The search index learns of a change a moment after the gateway does. Lists that were fetched
# in between are right for their caller but must not be remembered.
SETTLING_SECONDS = 3.0
_MAX_VARIANTS = 8


@dataclass(frozen=True, slots=True)
class Representation:
    """A representation ready to send: its headers without those of the single request."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class LazyRepresentation:
    """A representation that is made when the first reader asks for it, and then kept."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Representation]) -> None:
        """Keep how it is made."""
        self._make = make
        self._made: Representation | None = None

    def get(self) -> Representation:
        """Return it."""
        if self._made is None:
            self._made = self._make()
        return self._made


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What is remembered of an answer. Times are in seconds of a monotonic clock."""

    etag: bytes
    plain: Representation
    gzipped: LazyRepresentation | None
    unchanged: tuple[tuple[bytes, bytes], ...]
    fetched_at: float
    lifetime: int
    tags: frozenset[str]
    variation: Variation

    def is_fresh(self, now: float) -> bool:
        """Tell whether it may be sent without asking again."""
        return now - self.fetched_at < self.lifetime

    @property
    def size(self) -> int:
        """Return the bytes that the bodies take at most: the compressed one is smaller."""
        return len(self.plain.body) * (2 if self.gzipped else 1)


@dataclass(slots=True)
class _Slot:
    """One resource with its variants."""

    variation: Variation
    variants: dict[tuple[bytes, bytes], StoredAnswer] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(answer.size for answer in self.variants.values())


class ReadCache:
    """Remembers answers by resource and variant until they are purged or pushed out."""

    def __init__(self, monotonic: Callable[[], float], max_entries: int, max_bytes: int) -> None:
        """Set the bounds: how many resources, how many bytes of bodies."""
        self.monotonic = monotonic
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._slots: OrderedDict[bytes, _Slot] = OrderedDict()
        self._tagged: dict[str, set[bytes]] = {}
        self._bytes = 0
        self._purged_at = float("-inf")
        # Counts purges: who began to fetch under an older generation may not store.
        self.generation = 0

    @property
    def entries(self) -> int:
        """Return how many resources are remembered."""
        return len(self._slots)

    @property
    def size(self) -> int:
        """Return the bytes of bodies that are remembered."""
        return self._bytes

    def find(self, resource: bytes, accept: bytes, language: bytes) -> StoredAnswer | None:
        """Return what is remembered for a request, fresh or stale."""
        slot = self._slots.get(resource)
        if slot is None:
            return None
        self._slots.move_to_end(resource)
        return slot.variants.get(slot.variation.key(accept, language))

    def store(
        self,
        resource: bytes,
        selecting: tuple[bytes, bytes],
        answer: StoredAnswer,
        generation: int,
    ) -> None:
        """Remember an answer that was asked for under `generation`, unless it may be outdated."""
        if generation != self.generation or self._is_settling(answer):
            return
        if answer.size > self._max_bytes:
            return
        slot = self._slots.get(resource)
        if slot is None or slot.variation != answer.variation or len(slot.variants) > _MAX_VARIANTS:
            self._drop(resource)
            slot = self._slots.setdefault(resource, _Slot(answer.variation))
        key = answer.variation.key(*selecting)
        replaced = slot.variants.get(key)
        slot.variants[key] = answer
        self._bytes += answer.size - (replaced.size if replaced else 0)
        for tag in answer.tags:
            self._tagged.setdefault(tag, set()).add(resource)
        self._make_room()

    def purge(self, tags: Iterable[str]) -> None:
        """Forget everything that carries one of the tags, and outdate what is being fetched."""
        self.generation += 1
        self._purged_at = self.monotonic()
        for tag in tags:
            for resource in self._tagged.pop(tag, ()):
                self._drop(resource)

    def purge_all(self) -> None:
        """Forget everything: used when events may have been missed."""
        self.generation += 1
        self._purged_at = self.monotonic()
        self._slots.clear()
        self._tagged.clear()
        self._bytes = 0

    def _is_settling(self, answer: StoredAnswer) -> bool:
        return LISTS in answer.tags and self.monotonic() - self._purged_at < SETTLING_SECONDS

    def _make_room(self) -> None:
        while len(self._slots) > self._max_entries or self._bytes > self._max_bytes:
            self._drop(next(iter(self._slots)))

    def _drop(self, resource: bytes) -> None:
        slot = self._slots.pop(resource, None)
        if slot is None:
            return
        self._bytes -= slot.size
        for answer in slot.variants.values():
            for tag in answer.tags:
                resources = self._tagged.get(tag)
                if resources is not None:
                    resources.discard(resource)
                    if not resources:
                        del self._tagged[tag]
