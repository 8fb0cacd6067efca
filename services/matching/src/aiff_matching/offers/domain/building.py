"""The catalogue compiled from its offers, and made anew from the one before when some changed.

One changed offer must not cost the compilation of all: parsing words, deriving rules and telling
equal parts apart is done for an offer when it changes, and what is kept by row moves with the
rows. The catalogue before stays whole for the questions that read it.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID

import numpy as np

from aiff_contracts.offer import ComputeDetails, OfferDocument
from aiff_contracts.offer.grounding import grounded
from aiff_contracts.offer.intake import UnknownIntake, timeline
from aiff_contracts.rules import Rule
from aiff_contracts.sparing import spared
from aiff_kit.text import Lexicon, QuestionReader
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue, Gate, gates
from aiff_matching.offers.domain.columns import Columns, Entries, Entry, Numbering, Way
from aiff_matching.offers.domain.moves import Lines, Moves
from aiff_matching.offers.domain.ratings import RatingSum
from aiff_matching.offers.domain.relevance import (
    Counted,
    EmbeddingIndex,
    TextIndex,
    Vector,
    WordEntries,
    WordIndex,
    term_weights,
    texts_of,
)
from aiff_matching.offers.domain.requirements import (
    ALONE,
    Neighbours,
    excluded_by,
    full_rule,
    joined,
)
from aiff_matching.offers.domain.rows import moved_embeddings, moved_words
from aiff_matching.rules.domain.rulebook import Root, RuleCompiler

NO_VECTORS: Mapping[UUID, Vector] = {}
NO_RATINGS: Mapping[UUID, RatingSum] = {}
# Numbers and rules of offers that are gone stay until there may be as many as of those in use.
_LEAST_COMPILED = 1_000


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """What became of the offers since the catalogue before.

    `documents` are new or other ones, `gone` the ids of those that are no longer published.
    `vectors` are the sentence vectors that are new, None where one counts no longer. `ratings`
    are all that there are.
    """

    documents: Sequence[OfferDocument] = ()
    gone: Collection[UUID] = ()
    vectors: Mapping[UUID, Vector | None] = field(default_factory=dict)
    ratings: Mapping[UUID, RatingSum] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """What one offer gave, what its rules read of the others, and what orders the rows."""

    seen: tuple[object, ...]
    candidate: Candidate
    roots: tuple[Root, ...]
    words: Counted
    entry: Entry
    key: tuple[str, str]

    @property
    def offer(self) -> OfferDocument:
        """Return the offer."""
        return self.candidate.offer


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
        offers = {document.id: document for document in documents}
        known = self._kept
        changed = [
            offer
            for offer in offers.values()
            if offer.id not in known or known[offer.id].offer is not offer
        ]
        told = {
            offer_id: vectors.get(offer_id)
            for offer_id in offers
            if vectors.get(offer_id) is not self._vectors.get(offer_id)
        }
        return self.renewed(
            CatalogueChange(changed, known.keys() - offers, told, ratings), revision
        )

    def renewed(self, change: CatalogueChange, revision: int) -> Catalogue:
        """Return the catalogue after a change."""
        if self._since_anew > 2 * len(self._kept) + _LEAST_COMPILED:
            change = self._of_all(change)
            self._begin_anew()
        if change.documents or change.gone:
            self._take_offers(change)
        self._take_vectors(change.vectors)
        candidates = [compiled.candidate for compiled in self._rows]
        shares = np.full(len(candidates), np.nan)
        for offer_id, rating in change.ratings.items():
            if offer_id in self._kept:
                row = self._kept[offer_id].candidate.row
                candidates[row] = replace(candidates[row], rating=rating)
                shares[row] = rating.share
        return Catalogue(
            revision=revision,
            candidates=tuple(candidates),
            rulebook=self._rules.book(self._roots.lines),
            texts=TextIndex(self._word_index, self._embeddings, self._question_reader()),
            titles=self._neighbours.titles,
            columns=self._columns,
            ratings=shares,
            aid=self._neighbours.aid,
        )

    def _begin_anew(self) -> None:
        self._kept: dict[UUID, _Compiled] = {}
        self._rows: list[_Compiled] = []
        # The offers of which the rules read others.
        self._linked: set[UUID] = set()
        self._neighbours = ALONE
        self._rules, self._numbering = RuleCompiler(), Numbering()
        self._words: dict[str, int] = {}
        self._spellings: Counter[tuple[str, str]] = Counter()
        self._reader: QuestionReader | None = None
        self._word_index = WordIndex.of_entries(WordEntries.of({}), 0, self._words)
        self._roots, self._entries = Lines.none(2), Entries.none()
        self._columns = Columns.of(self._entries, self._roots.counts)
        self._vectors: dict[UUID, Vector] = {}
        self._embeddings = EmbeddingIndex.of([])
        self._since_anew = 0

    def _of_all(self, change: CatalogueChange) -> CatalogueChange:
        """Return what makes the same catalogue from nothing."""
        left = self._kept.keys() - change.gone - {offer.id for offer in change.documents}
        documents = [self._kept[offer_id].offer for offer_id in left]
        vectors = {**self._vectors, **change.vectors}
        return replace(change, documents=[*documents, *change.documents], gone=(), vectors=vectors)

    def _take_offers(self, change: CatalogueChange) -> None:
        """Compile what changed, and move all that is kept by row."""
        ids = dict.fromkeys((*change.gone, *(offer.id for offer in change.documents)))
        before = [self._kept[offer_id] for offer_id in ids if offer_id in self._kept]
        gone = [one.offer for one in before]
        self._neighbours = self._neighbours.changed(gone, change.documents)
        others = [one for one in self._reading(change, ids) if self._reads_anew(one)]
        out = {one.candidate.row: one for one in (*before, *others)}
        offers = [*change.documents, *(one.offer for one in others)]
        size = len(self._rows)
        compiled = (
            spared("compiling", offer.slug, partial(self._compiled, offer), None)
            for offer in offers
        )
        added = self._replaced(out, [one for one in compiled if one is not None])
        moves = Moves.of(size, [*out], [*added])
        self._move_numbers(moves, out, added)
        self._move_vectors(moves, {one.offer.id: row for row, one in out.items()})

    def _move_numbers(
        self, moves: Moves, out: Mapping[int, _Compiled], added: Mapping[int, _Compiled]
    ) -> None:
        """Move rules, columns and words; `out` are compiled offers by their rows before."""
        self._roots = self._roots.moved(moves, {row: one.roots for row, one in added.items()})
        gone, new = ({row: one.entry for row, one in of.items()} for of in (out, added))
        self._entries = self._entries.moved(moves, gone.values(), new)
        self._columns = Columns.of(self._entries, self._roots.counts, self._numbering.case_parts)
        left, texts = ({row: one.words for row, one in of.items()} for of in (out, added))
        self._word_index = moved_words(self._word_index, moves, left, texts)

    def _reading(self, change: CatalogueChange, changed: Collection[UUID]) -> Iterable[_Compiled]:
        """Return the other offers of which the rules may read one that changed."""
        named = {slug for offer in change.documents for slug in excluded_by(offer)}
        found = {one.offer.id: one for one in map(self._of_slug, sorted(named)) if one}
        found |= {offer_id: self._kept[offer_id] for offer_id in self._linked}
        return (one for offer_id, one in found.items() if offer_id not in changed)

    def _reads_anew(self, one: _Compiled) -> bool:
        return self._neighbours.seen_by(one.offer) != one.seen

    def _of_slug(self, slug: str) -> _Compiled | None:
        row = bisect_left(self._rows, (slug, ""), key=_key)
        is_there = row < len(self._rows) and self._rows[row].offer.slug == slug
        return self._rows[row] if is_there else None

    def _compiled(self, offer: OfferDocument) -> _Compiled:
        self._since_anew += 1
        candidate, texts = _candidate(offer, self._neighbours), texts_of(offer)
        self._spellings.update(texts.spellings())
        self._reader = None
        return _Compiled(
            seen=self._neighbours.seen_by(offer),
            candidate=candidate,
            roots=tuple(self._rules.root(gate.rule) for gate in gates(candidate)),
            words=Counted.of(term_weights(texts), self._words),
            entry=self._numbering.entry(offer, _ways(candidate)),
            key=(offer.slug, str(offer.id)),
        )

    def _replaced(
        self, out: Mapping[int, _Compiled], compiled: Sequence[_Compiled]
    ) -> Mapping[int, _Compiled]:
        """Take rows out and put others in; return the new ones by their rows."""
        for one in out.values():
            self._forget_spellings(self._kept.pop(one.offer.id))
            self._linked.discard(one.offer.id)
        self._linked |= {one.offer.id for one in compiled if one.seen}
        self._rows = _merged(self._rows, out, sorted(compiled, key=_key))
        put = [bisect_left(self._rows, one.key, key=_key) for one in compiled]
        if out or put:
            self._number_rows(min((*out, *put)), max((*out, *put)))
        added = [self._kept[one.offer.id] for one in compiled]
        return {one.candidate.row: one for one in sorted(added, key=_key)}

    def _number_rows(self, first: int, last: int) -> None:
        """Tell each offer its row and the place of its first gate, where these are others now.

        What changed lies between two rows; those after them may have moved with it.
        """
        before = self._rows[first - 1] if first else None
        place = before.candidate.place + len(before.roots) if before else 0
        for row in range(first, len(self._rows)):
            one = self._rows[row]
            if (one.candidate.row, one.candidate.place) != (row, place):
                self._rows[row] = self._kept[one.offer.id] = _at(one, row, place)
            elif row > last:
                break
            place += len(one.roots)

    def _forget_spellings(self, gone: _Compiled) -> None:
        self._spellings.subtract(texts_of(gone.offer).spellings())
        self._reader = None

    def _question_reader(self) -> QuestionReader:
        """Return what reads questions with the words of the offers, as before without a change."""
        if self._reader is None:
            spellings = [(*pair, count) for pair, count in self._spellings.items() if count > 0]
            self._reader = QuestionReader(Lexicon(spellings))
        return self._reader

    def _move_vectors(self, moves: Moves, dropped: Mapping[UUID, int]) -> None:
        """Move the vectors of the offers that are still there, compiled again or not."""
        again = {}
        for offer_id, row in dropped.items():
            if offer_id in self._kept:
                again[row] = self._kept[offer_id].candidate.row
            else:
                self._vectors.pop(offer_id, None)
        self._embeddings = moved_embeddings(self._embeddings, moves.with_again(again), {})

    def _take_vectors(self, vectors: Mapping[UUID, Vector | None]) -> None:
        told = {one: vector for one, vector in vectors.items() if one in self._kept}
        changed = {self._kept[one].candidate.row: vector for one, vector in told.items()}
        stay = Moves.of(len(self._rows), [], [])
        self._embeddings = moved_embeddings(self._embeddings, stay, changed)
        for offer_id, vector in told.items():
            if vector is None:
                self._vectors.pop(offer_id, None)
            else:
                self._vectors[offer_id] = vector


def build(
    documents: Iterable[OfferDocument],
    revision: int,
    vectors: Mapping[UUID, Vector] = NO_VECTORS,
    ratings: Mapping[UUID, RatingSum] = NO_RATINGS,
) -> Catalogue:
    """Return the catalogue of these documents, compiled from nothing."""
    return CatalogueBuilder().build(documents, revision, vectors, ratings)


def _key(one: _Compiled) -> tuple[str, str]:
    return one.key


def _merged(
    rows: Sequence[_Compiled], out: Collection[int], compiled: Sequence[_Compiled]
) -> list[_Compiled]:
    """Return the rows without some of them and with others, in order, as both are before."""
    left = [*rows]
    for row in sorted(out, reverse=True):
        del left[row]
    for one in compiled:
        insort(left, one, key=_key)
    return left


def _at(one: _Compiled, row: int, place: int) -> _Compiled:
    return replace(one, candidate=replace(one.candidate, row=row, place=place))


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
        gate=Gate(
            rule, written, offer.intake, timeline(offer.intake), offer.eligibility.open_to_all
        ),
        modes=tuple(
            (mode, _mode_gate(offer, number, rule, written=written))
            for number, mode in enumerate(modes)
        ),
        provider=next(role.organisation for role in offer.organisations if role.role == "provider"),
        row=-1,
        place=-1,
    )


def _mode_gate(offer: OfferDocument, number: int, rule: Rule | None, *, written: bool) -> Gate:
    """Return the gate of a mode: it adds its own rules; an unstated intake is the offer's."""
    assert isinstance(offer.details, ComputeDetails)  # noqa: S101 - only compute has modes.
    mode = offer.details.access_modes[number]
    intake = offer.intake if isinstance(mode.intake, UnknownIntake) else mode.intake
    rules = [] if rule is None else [rule]
    if mode.eligibility.rule is not None:
        place = f"/details/access_modes/{number}/eligibility/rule"
        rules.append(grounded(mode.eligibility.rule, offer, place))
    return Gate(
        joined(rules),
        written or mode.eligibility.is_published,
        intake,
        timeline(intake),
        mode.eligibility.open_to_all or offer.eligibility.open_to_all,
    )
