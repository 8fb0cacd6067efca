"""The catalogue compiled from its offers; what an unchanged offer gave is kept for the next time.

One changed offer must not cost the compilation of all: parsing words, deriving rules and telling
equal parts apart is done for an offer when it changes. Then rows are put together by numpy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from aiff_contracts.offer import AccessMode, ComputeDetails, OfferDocument
from aiff_contracts.offer.intake import UnknownIntake, timeline
from aiff_contracts.rules import Rule
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue, Gate, gates
from aiff_matching.offers.domain.columns import Columns, Entry, Numbering, Way
from aiff_matching.offers.domain.ratings import RatingSum
from aiff_matching.offers.domain.relevance import (
    Counted,
    EmbeddingIndex,
    TextIndex,
    Vector,
    WordIndex,
    term_weights,
)
from aiff_matching.offers.domain.requirements import Neighbours, full_rule, joined
from aiff_matching.rules.domain.rulebook import RuleCompiler

NO_VECTORS: Mapping[UUID, Vector] = {}
NO_RATINGS: Mapping[UUID, RatingSum] = {}
# Numbers and rules of offers that are gone stay until there may be as many as of those in use.
_LEAST_COMPILED = 1_000


@dataclass(frozen=True, slots=True)
class _Compiled:
    """What one offer gave, and what its rules read of the others."""

    seen: tuple[object, ...]
    candidate: Candidate
    roots: tuple[int, ...]
    words: Counted
    entry: Entry


class CatalogueBuilder:
    """Builds one catalogue after the other; for one thread at a time."""

    def __init__(self) -> None:
        """Begin with nothing compiled."""
        self._begin_anew()

    def build(
        self,
        documents: Iterable[OfferDocument],
        revision: int,
        vectors: Mapping[UUID, Vector] = NO_VECTORS,
        ratings: Mapping[UUID, RatingSum] = NO_RATINGS,
    ) -> Catalogue:
        """Return the catalogue of these documents; their order does not matter.

        `vectors` are the sentence vectors of the offers' passages, as far as they are known;
        `ratings` what start-ups said of an offer's support.
        """
        offers = sorted(documents, key=lambda document: document.slug)
        neighbours = Neighbours.of(offers)
        if self._since_anew > 2 * len(offers) + _LEAST_COMPILED:
            self._begin_anew()
        kept = self._all(offers, neighbours)
        return Catalogue(
            revision=revision,
            candidates=tuple(_rated(compiled.candidate, ratings) for compiled in kept),
            rulebook=self._rules.book([root for compiled in kept for root in compiled.roots]),
            texts=TextIndex(
                WordIndex.of_counted([compiled.words for compiled in kept], self._words),
                self._meanings_of([vectors.get(offer.id) for offer in offers]),
            ),
            titles=neighbours.titles,
            columns=Columns.of(
                [compiled.entry for compiled in kept], [c.candidate.place for c in kept]
            ),
            ratings=_shares(offers, ratings),
        )

    def _begin_anew(self) -> None:
        self._kept: dict[UUID, _Compiled] = {}
        self._rules, self._numbering = RuleCompiler(), Numbering()
        self._words: dict[str, int] = {}
        self._vectors: list[Vector | None] = []
        self._embeddings = EmbeddingIndex.of([])
        self._since_anew = 0

    def _all(self, offers: Sequence[OfferDocument], neighbours: Neighbours) -> list[_Compiled]:
        found: list[_Compiled] = []
        place = 0
        for row, offer in enumerate(offers):
            compiled = _at(self._one(offer, neighbours), row, place)
            place += len(compiled.roots)
            found.append(compiled)
        self._kept = {compiled.candidate.offer.id: compiled for compiled in found}
        return found

    def _one(self, offer: OfferDocument, neighbours: Neighbours) -> _Compiled:
        seen, known = neighbours.seen_by(offer), self._kept.get(offer.id)
        if known is not None and known.candidate.offer is offer and known.seen == seen:
            return known
        self._since_anew += 1
        candidate = _candidate(offer, neighbours)
        return _Compiled(
            seen=seen,
            candidate=candidate,
            roots=tuple(self._rules.root(gate.rule) for gate in gates(candidate)),
            words=Counted.of(term_weights(offer), self._words),
            entry=self._numbering.entry(offer, _ways(candidate)),
        )

    def _meanings_of(self, vectors: list[Vector | None]) -> EmbeddingIndex:
        """Copy the vectors into one block only where any is another one than before."""
        before = self._vectors
        same = len(before) == len(vectors) and all(map(_is, before, vectors))
        if not same:
            self._vectors, self._embeddings = vectors, EmbeddingIndex.of(vectors)
        return self._embeddings


def build(
    documents: Iterable[OfferDocument],
    revision: int,
    vectors: Mapping[UUID, Vector] = NO_VECTORS,
    ratings: Mapping[UUID, RatingSum] = NO_RATINGS,
) -> Catalogue:
    """Return the catalogue of these documents, compiled from nothing."""
    return CatalogueBuilder().build(documents, revision, vectors, ratings)


def _rated(candidate: Candidate, ratings: Mapping[UUID, RatingSum]) -> Candidate:
    rating = ratings.get(candidate.offer.id)
    return candidate if rating is None else replace(candidate, rating=rating)


def _shares(
    offers: Sequence[OfferDocument], ratings: Mapping[UUID, RatingSum]
) -> NDArray[np.float64]:
    """Return what the ratings say of each row, NaN where there are none."""
    found = [ratings.get(offer.id) for offer in offers] if ratings else []
    shares = [rating.share if rating else np.nan for rating in found] or np.full(
        len(offers), np.nan
    )
    return np.array(shares, np.float64)


def _is(one: object, other: object) -> bool:
    return one is other


def _at(one: _Compiled, row: int, place: int) -> _Compiled:
    candidate = one.candidate
    if candidate.row == row and candidate.place == place:
        return one
    return replace(one, candidate=replace(candidate, row=row, place=place))


def _ways(candidate: Candidate) -> list[Way]:
    offer, own = candidate.offer, candidate.gate
    modes = [Way(offer, mode, gate.written, gate.intake) for mode, gate in candidate.modes]
    return modes or [Way(offer, None, own.written, own.intake)]


def _candidate(offer: OfferDocument, neighbours: Neighbours) -> Candidate:
    rule = full_rule(offer, neighbours)
    written = offer.eligibility.is_published
    modes = offer.details.access_modes if isinstance(offer.details, ComputeDetails) else ()
    return Candidate(
        offer=offer,
        gate=Gate(rule, written, offer.intake, timeline(offer.intake)),
        modes=tuple((mode, _mode_gate(offer, mode, rule, written=written)) for mode in modes),
        provider=next(role.organisation for role in offer.organisations if role.role == "provider"),
        row=-1,
        place=-1,
    )


def _mode_gate(offer: OfferDocument, mode: AccessMode, rule: Rule | None, *, written: bool) -> Gate:
    """Return the gate of a mode: it adds its own rules; an unstated intake is the offer's."""
    intake = offer.intake if isinstance(mode.intake, UnknownIntake) else mode.intake
    rules = [part for part in (rule, mode.eligibility.rule) if part is not None]
    return Gate(joined(rules), written or mode.eligibility.is_published, intake, timeline(intake))
