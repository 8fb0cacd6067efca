"""Searches of partners: kept, and answered with the start-ups that let themselves be found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_contracts.codec import Fault, Faults
from aiff_kit.clock import Clock
from aiff_kit.encoder import Encoder
from aiff_kit.ids import new_id
from aiff_matching.answers.application.embedding import embedding_of
from aiff_matching.answers.application.queries import MatchQueries
from aiff_matching.answers.domain.matching import Match
from aiff_matching.answers.domain.ranking import is_refused
from aiff_matching.offers.domain.relevance import Vector
from aiff_matching.partners.application.ports import OpenPartnersWork
from aiff_matching.partners.domain.finding import (
    Closeness,
    Findable,
    Interest,
    interest,
    overlap,
)
from aiff_matching.partners.domain.reciprocity import for_order, reciprocal
from aiff_matching.partners.domain.searches import PartnerSearch, StoredSearch
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.lru_cache import LruCache
from aiff_matching.shared.versions import check_version

# The start-ups whose own side is worked out: the first by the partner's interest.
_LOOKED_AT = 50
_REMEMBERED_TEXTS = 5_000


@dataclass(frozen=True, slots=True)
class SearchTarget:
    """Which search of which organisation, at which version (None: any)."""

    id: UUID
    organisation: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A start-up beside a search: the partner's interest, the best own offer, both together.

    `offer` None: nothing was asked for, or no offer of the partner answers it. `own` is the
    start-up's side in [0, 1], None where it is unknown.
    """

    found: Findable
    interest: Interest
    offer: Match | None
    own: float | None

    @property
    def reciprocal(self) -> float | None:
        """Return the score of both sides, None where one is unknown."""
        return reciprocal(self.interest.score, self.own)


@dataclass(frozen=True, slots=True)
class FoundStartUps:
    """The first pairs in order, how many there are in each group, and who was left out and why.

    `seats` is how many the search has, None where it names none.
    """

    pairs: tuple[Pair, ...]
    seats: int | None
    matching: int
    to_confirm: int
    left_out: dict[str, int]
    evaluated_at: datetime


class PartnerSearchCommands:
    """The searches of an organisation; nobody else sees them."""

    def __init__(self, unit_of_work: OpenPartnersWork, matches: MatchQueries, clock: Clock) -> None:
        """Keep what opens a transaction, what knows the offers, and the clock."""
        self._open = unit_of_work
        self._matches = matches
        self._clock = clock

    def create(self, search: PartnerSearch, organisation: str) -> StoredSearch:
        """Store a search; Faults where it names an offer that is not the organisation's."""
        self._check_offers(search, organisation)
        now = self._clock()
        stored = StoredSearch(new_id(), organisation, search, 1, now, now)
        with self._open() as uow:
            uow.searches.add(stored)
            uow.commit()
        return stored

    def get(self, target: SearchTarget) -> StoredSearch:
        """Return a search, or raise SearchNotFoundError."""
        with self._open() as uow:
            return uow.searches.get(target.id, target.organisation)

    def page(self, organisation: str, after: str, limit: int) -> Sequence[StoredSearch]:
        """Return the organisation's searches after an id."""
        with self._open() as uow:
            return uow.searches.page(organisation, after, limit)

    def replace(self, target: SearchTarget, search: PartnerSearch) -> StoredSearch:
        """Replace a search; StaleVersionError where it changed meanwhile."""
        self._check_offers(search, target.organisation)
        with self._open() as uow:
            current = uow.searches.get(target.id, target.organisation)
            check_version(current.version, target.version)
            changed = current.with_search(search, self._clock())
            uow.searches.save(changed)
            uow.commit()
        return changed

    def delete(self, target: SearchTarget) -> None:
        """Delete a search."""
        with self._open() as uow:
            current = uow.searches.get(target.id, target.organisation)
            check_version(current.version, target.version)
            uow.searches.remove(current)
            uow.commit()

    def _check_offers(self, search: PartnerSearch, organisation: str) -> None:
        catalogue = self._matches.catalogue()
        faults = []
        for place, reference in enumerate(search.offers):
            offer = catalogue.find(reference)
            if offer is None or offer.provider != organisation:
                detail = f"no published offer of {organisation} has the id or slug {reference!r}"
                faults.append(Fault(f"/offers/{place}", "unknown_offer", detail))
        if faults:
            raise Faults(faults)


class StartUpFinder:
    """Answers a search with start-ups that consented to be found, and notes who saw them."""

    def __init__(
        self, unit_of_work: OpenPartnersWork, matches: MatchQueries, encoder: Encoder, clock: Clock
    ) -> None:
        """Keep what opens a transaction, what judges offers, the encoder and the clock."""
        self._open = unit_of_work
        self._matches = matches
        self._encoder = encoder
        self._clock = clock
        self._embeddings: LruCache[Vector | None] = LruCache(_REMEMBERED_TEXTS)

    def find(self, target: SearchTarget, limit: int) -> FoundStartUps:
        """Return the first start-ups in the order of both sides' interest."""
        with self._open() as uow:
            stored = uow.searches.get(target.id, target.organisation)
            findable = uow.discoverability.findable()
        now, close = self._clock(), self._closeness(stored.search.description or "")
        judged = [(one, interest(stored.search, one, now.date(), close)) for one in findable]
        kept = _best_need_of_each((one, it) for one, it in judged if it.truth is not Truth.FALSE)
        pairs = self._paired(kept[:_LOOKED_AT], stored)[:limit]
        self._note(pairs, stored.organisation, now)
        capacity = stored.search.capacity
        kept_ids = {kept_need.startup_id for kept_need, _ in kept}
        return FoundStartUps(
            pairs=tuple(pairs),
            seats=capacity.seats if capacity else None,
            matching=sum(it.truth is Truth.TRUE for _, it in kept),
            to_confirm=sum(it.truth is Truth.UNKNOWN for _, it in kept),
            left_out=_left_out((one, it) for one, it in judged if one.startup_id not in kept_ids),
            evaluated_at=now,
        )

    def _closeness(self, wanted: str) -> Closeness:
        """Compare texts by their meaning, by their words where nothing encodes."""
        embedding = self._embedding(wanted)

        def close(told: str) -> float | None:
            own = self._embedding(told)
            if embedding is None or own is None:
                return overlap(wanted, told)
            return max(0.0, float(embedding @ own))

        return close

    def _embedding(self, told: str) -> Vector | None:
        return self._embeddings.get(told, lambda: embedding_of(told, self._encoder))

    def _paired(
        self, kept: Iterable[tuple[Findable, Interest]], stored: StoredSearch
    ) -> list[Pair]:
        pairs = [self._pair(one, it, stored) for one, it in kept]
        return sorted(pairs, key=_order)

    def _pair(self, findable: Findable, it: Interest, stored: StoredSearch) -> Pair:
        if findable.need_id is None:
            return Pair(findable, it, None, None)
        offers = frozenset(stored.search.offers)
        applicant = findable.applicant
        match = self._matches.best_of(
            applicant.profile, applicant.need, stored.organisation, offers
        )
        if match is None:
            return Pair(findable, it, None, None)
        return Pair(findable, it, match, 0.0 if is_refused(match.scored) else match.scored.score)

    def _note(self, pairs: Iterable[Pair], organisation: str, now: datetime) -> None:
        with self._open() as uow:
            shown = [pair.found.startup_id for pair in pairs]
            uow.discoverability.note_views(organisation, shown, now)
            uow.commit()


def _order(pair: Pair) -> tuple[int, float, str]:
    both = for_order(pair.interest.score, pair.own)
    return -pair.interest.truth, -both, str(pair.found.startup_id)


def _best_need_of_each(
    judged: Iterable[tuple[Findable, Interest]],
) -> list[tuple[Findable, Interest]]:
    """Return each start-up once, with the need that the partner is most interested in."""
    ordered = sorted(judged, key=lambda one: (-one[1].truth, -one[1].score, _place(one[0])))
    first: dict[UUID, tuple[Findable, Interest]] = {}
    for findable, it in ordered:
        first.setdefault(findable.startup_id, (findable, it))
    return list(first.values())


def _place(findable: Findable) -> tuple[str, str]:
    return str(findable.startup_id), str(findable.need_id or "")


def _left_out(judged: Iterable[tuple[Findable, Interest]]) -> dict[str, int]:
    """Count the start-ups that fail a requirement, by the requirement."""
    failing: dict[str, set[UUID]] = {}
    for findable, it in judged:
        for requirement in it.requirements:
            if requirement.truth is Truth.FALSE:
                failing.setdefault(requirement.code, set()).add(findable.startup_id)
    return {code: len(startups) for code, startups in sorted(failing.items())}
