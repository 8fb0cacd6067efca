"""The offers in the form in which a question is answered: parsed, compiled, indexed once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from aiff_contracts.offer import (
    AccessMode,
    ComputeDetails,
    Intake,
    IntakeStatus,
    OfferDocument,
    Text,
)
from aiff_contracts.offer.intake import Transition, UnknownIntake, status_in, timeline
from aiff_contracts.rules import Rule
from aiff_matching.domain.columns import Columns, Way
from aiff_matching.domain.facts import Facts
from aiff_matching.domain.relevance import MeaningIndex, TextIndex, Vector, WordIndex, term_weights
from aiff_matching.domain.remembered import Remembered
from aiff_matching.domain.requirements import Neighbours, full_rule, joined
from aiff_matching.domain.rulebook import Rulebook, Truths, compile_rules

NO_VECTORS: Mapping[UUID, Vector] = {}


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may pass: all computable rules, whether any was written, and when it opens."""

    rule: Rule | None
    written: bool
    intake: Intake
    transitions: tuple[Transition, ...]

    def status(self, now: datetime) -> IntakeStatus:
        """Return the intake status at an aware instant."""
        return status_in(self.transitions, now)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One published offer. A compute offer has a gate for each access mode, in their order.

    `row` is its place among the candidates, `place` that of its first gate among all gates.
    """

    offer: OfferDocument
    gate: Gate
    modes: tuple[tuple[AccessMode, Gate], ...]
    terms: Mapping[str, float]
    provider: str
    row: int
    place: int

    @property
    def provider_name(self) -> str:
        """Return the name of the organisation that provides the offer."""
        names = {entry.slug: entry.name for entry in self.offer.organisation_details}
        return names.get(self.provider, self.provider)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All published offers, by slug, with their compiled rules and their texts.

    `remembered` keeps what questions found out about the ways into the offers.
    """

    revision: int
    candidates: tuple[Candidate, ...]
    rulebook: Rulebook
    texts: TextIndex
    titles: Mapping[str, Text]
    columns: Columns
    remembered: Remembered[Any] = field(default_factory=Remembered, compare=False, repr=False)

    def truths(self, facts: Facts) -> Truths:
        """Return the truth of every gate for one profile; `Candidate.place` finds its own."""
        return self.rulebook.evaluate(facts)

    def find(self, reference: str) -> "Candidate | None":
        """Return the offer of this id or slug, None where there is none."""
        return next(
            (one for one in self.candidates if reference in {one.offer.slug, str(one.offer.id)}),
            None,
        )


def build(
    documents: Iterable[OfferDocument], revision: int, vectors: Mapping[UUID, Vector] = NO_VECTORS
) -> Catalogue:
    """Return the catalogue of these documents; their order does not matter.

    `vectors` are the sentence vectors of the offers' passages, as far as they are known.
    """
    candidates: list[Candidate] = []
    rules: list[Rule | None] = []
    offers = sorted(documents, key=lambda document: document.slug)
    neighbours = Neighbours.of(offers)
    for row, offer in enumerate(offers):
        candidate = _candidate(offer, row, len(rules), neighbours)
        candidates.append(candidate)
        rules.extend(gate.rule for gate in gates(candidate))
    words = WordIndex.of([candidate.terms for candidate in candidates])
    meanings = MeaningIndex.of([vectors.get(offer.id) for offer in offers])
    texts, book = TextIndex(words, meanings), compile_rules(rules)
    return Catalogue(
        revision, tuple(candidates), book, texts, neighbours.titles, _columns(candidates)
    )


def _columns(candidates: list[Candidate]) -> Columns:
    return Columns.of(
        [candidate.offer for candidate in candidates],
        [candidate.provider for candidate in candidates],
        [_ways(candidate) for candidate in candidates],
        [candidate.place for candidate in candidates],
    )


def _ways(candidate: Candidate) -> list[Way]:
    offer, own = candidate.offer, candidate.gate
    modes = [Way(offer, mode, gate.written, gate.intake) for mode, gate in candidate.modes]
    return modes or [Way(offer, None, own.written, own.intake)]


def gates(candidate: Candidate) -> tuple[Gate, ...]:
    """Return the gates in the order in which their truths are kept."""
    return (candidate.gate, *(gate for _, gate in candidate.modes))


def _candidate(offer: OfferDocument, row: int, place: int, neighbours: Neighbours) -> Candidate:
    rule = full_rule(offer, neighbours)
    written = offer.eligibility.rule is not None
    modes = offer.details.access_modes if isinstance(offer.details, ComputeDetails) else ()
    return Candidate(
        offer=offer,
        gate=Gate(rule, written, offer.intake, timeline(offer.intake)),
        modes=tuple((mode, _mode_gate(offer, mode, rule, written=written)) for mode in modes),
        terms=term_weights(offer),
        provider=next(role.organisation for role in offer.organisations if role.role == "provider"),
        row=row,
        place=place,
    )


def _mode_gate(offer: OfferDocument, mode: AccessMode, rule: Rule | None, *, written: bool) -> Gate:
    """Return the gate of a mode: it adds its own rules; an unstated intake is the offer's."""
    intake = offer.intake if isinstance(mode.intake, UnknownIntake) else mode.intake
    own = mode.eligibility.rule
    rules = [part for part in (rule, own) if part is not None]
    return Gate(joined(rules), written or own is not None, intake, timeline(intake))
