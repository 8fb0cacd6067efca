"""The copies of the catalogue beside its database: the search index and the topic of states."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice
from uuid import UUID

from aiff_catalog.indexing.application.indexing import OfferIndexer
from aiff_catalog.indexing.application.ports import IndexingUnitOfWork, OpenIndexing
from aiff_catalog.offers.application.publishing import disown, restate
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_contracts.events import OFFER_WITHDRAWN
from aiff_kit.clock import Clock
from aiff_kit.operations import Comparison, Difference, KeyState, compare

# More single entries than this take longer than a whole new index.
_MOST_SINGLE = 1_000
_BATCH = 100


class IndexMending:
    """Brings entries of the index up to date from a process beside the worker."""

    def __init__(self, indexer: OfferIndexer, rebuild: Callable[[], int]) -> None:
        """Keep the two ways."""
        self._indexer = indexer
        self.rebuild = rebuild

    def refresh(self, offer_ids: Collection[UUID]) -> None:
        """Make the entries of these offers equal to their documents.

        The embedded engine lets one process write: while the worker does, a whole new index is
        built beside the one in use.
        """
        if len(offer_ids) <= _MOST_SINGLE:
            try:
                self._indexer.refresh(offer_ids)
            except SearchIndexUnavailableError:
                self.rebuild()
        else:
            self.rebuild()


class IndexCopy:
    """The search index beside the published offers."""

    name = "search index"

    def __init__(
        self,
        open_uow: OpenIndexing,
        contents: Callable[[], Mapping[str, int]],
        mending: IndexMending,
    ) -> None:
        """Keep what reads both sides and what mends."""
        self._open_uow = open_uow
        self._contents = contents
        self._mending = mending

    def look(self) -> Comparison:
        """Compare the versions of the published offers."""
        with self._open_uow() as uow:
            standings = uow.documents.publication_states()
        published = {str(one): version for one, (version, seen) in standings.items() if seen}
        return compare(published, self._contents())

    def repair(self, differences: Sequence[Difference]) -> None:
        """Refresh what is missing or stale; what should not be there needs a new index.

        An index keeps the newest version that it has seen of an offer, whatever it is told.
        """
        if all(difference.kind in {"missing", "stale"} for difference in differences):
            self._mending.refresh([UUID(difference.key) for difference in differences])
        else:
            self._mending.rebuild()


class StatesCopy:
    """The topic of states beside the offers that were ever published."""

    name = "topic of states"

    def __init__(
        self, open_uow: OpenIndexing, states: Callable[[], Mapping[str, KeyState]], clock: Clock
    ) -> None:
        """Keep what reads both sides, what writes, and the clock."""
        self._open_uow = open_uow
        self._states = states
        self._clock = clock

    def look(self) -> Comparison:
        """Compare the versions; of a withdrawn offer any withdrawal will do.

        Its content can change later, which nobody is told.
        """
        states = self._states()
        with self._open_uow() as uow:
            publication = uow.documents.publication_states()
        standings = {str(offer_id): standing for offer_id, standing in publication.items()}
        wanted = {key: _wanted(*one, states.get(key)) for key, one in standings.items()}
        told = {
            key: state.sequence
            for key, state in states.items()
            if key in standings or not _is_withdrawal(state)
        }
        return compare(wanted, told)

    def repair(self, differences: Sequence[Difference]) -> None:
        """Tell again what the topic lacks, and withdraw what the database does not know.

        A topic that is ahead was told by a database that is no longer this one: that is not for
        a command to decide, and stays a difference.
        """
        for batch in _batches(
            difference for difference in differences if difference.kind != "ahead"
        ):
            with self._open_uow() as uow:
                self._tell(uow, batch)
                uow.commit()

    def _tell(self, uow: IndexingUnitOfWork, batch: Sequence[Difference]) -> None:
        """Hold the rows first: what is told must not overtake a newer change of the offer."""
        by_id = {UUID(one.key): one for one in batch if _is_id(one.key)}
        held = {offer.id: offer for offer in uow.offers.hold(by_id)}
        for offer_id, difference in by_id.items():
            if offer_id in held and held[offer_id].published_at is not None:
                restate(uow, held[offer_id])
            elif difference.found is not None:
                disown(uow, offer_id, difference.found + 1, self._clock())


def _wanted(version: int, seen: bool, state: KeyState | None) -> int:  # noqa: FBT001
    if not seen and state is not None and _is_withdrawal(state) and state.sequence <= version:
        return state.sequence
    return version


def _is_withdrawal(state: KeyState) -> bool:
    return state.type == OFFER_WITHDRAWN.name


def _is_id(key: str) -> bool:
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False


def _batches(differences: Iterable[Difference]) -> Iterable[Sequence[Difference]]:
    remaining = iter(differences)
    while batch := tuple(islice(remaining, _BATCH)):
        yield batch
