"""Making the copy of the offers anew from the topic of states, and comparing the two."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice

from aiff_contracts.events import REGISTRY, Event, OfferPublished
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id
from aiff_kit.operations import Comparison, Difference, KeyState, compare
from aiff_matching.offers.application.ports import OpenOffersWork
from aiff_matching.shared.errors import NoStatesError

_BATCH = 200
# An event can be handled just before its state is readable: what was handled so shortly before
# a rebuild began is not missing from the topic for good.
_OVERLAP = timedelta(minutes=1)
# No rebuild takes so long: what is older was left by one that was killed.
_LEFT_BEHIND = timedelta(days=1)
# The last event of an offer may be of any version: what is sent no more is still a publication.
_PUBLICATIONS = frozenset(e.name for e in REGISTRY.values() if e.data is OfferPublished)


class ProjectionRebuild:
    """Reads every state into a fresh copy and swaps it; answers go on from the old one."""

    def __init__(
        self, unit_of_work: OpenOffersWork, states: Callable[[], Iterator[Event]], clock: Clock
    ) -> None:
        """Keep what opens a transaction, what reads the states, and the real clock."""
        self._open = unit_of_work
        self._states = states
        self._clock = clock

    def run(self) -> int:
        """Return the number of offers in the copy afterwards.

        Raises NoStatesError where the topic is empty and the copy is not, and what reading a
        state raises; then the copy is as it was.
        """
        rebuild, began = new_id(), self._clock()
        with self._open() as uow:
            uow.fresh_offers.discard(began - _LEFT_BEHIND)
            in_use = uow.fresh_offers.count_in_use()
            uow.commit()
        read = 0
        for batch in _batches(self._states()):
            with self._open() as uow:
                uow.fresh_offers.put(rebuild, batch)
                uow.commit()
            read += len(batch)
        if in_use and not read:
            raise NoStatesError(in_use)
        with self._open() as uow:
            uow.fresh_offers.swap(rebuild, began - _OVERLAP)
            # What the copy had missed is news; what it had right is none.
            uow.watching.note_all_needs()
            offers = uow.fresh_offers.count_in_use()
            uow.commit()
        return offers


class ProjectionCopy:
    """The copy of the offers beside the topic of states."""

    name = "matching's copy"

    def __init__(
        self,
        unit_of_work: OpenOffersWork,
        states: Callable[[], Mapping[str, KeyState]],
        rebuild: ProjectionRebuild,
    ) -> None:
        """Keep what opens a transaction, what reads the states, and what mends."""
        self._open = unit_of_work
        self._states = states
        self._rebuild = rebuild

    def look(self) -> Comparison:
        """Compare the versions of the offers whose last event is their publication."""
        states = self._states()
        with self._open() as uow:
            in_use = uow.fresh_offers.versions_in_use()
        published = {
            key: state.sequence for key, state in states.items() if state.type in _PUBLICATIONS
        }
        return compare(published, in_use)

    def repair(self, _differences: Sequence[Difference]) -> None:
        """Make the copy anew."""
        self._rebuild.run()


def _batches(events: Iterable[Event]) -> Iterator[Sequence[Event]]:
    remaining = iter(events)
    while batch := tuple(islice(remaining, _BATCH)):
        yield batch
