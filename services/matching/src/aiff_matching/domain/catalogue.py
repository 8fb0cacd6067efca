"""The offers in the form in which a question is answered: parsed, compiled, indexed once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

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
from aiff_matching.domain.facts import Facts
from aiff_matching.domain.requirements import Neighbours, full_rule, joined
from aiff_matching.domain.rulebook import Rulebook, Truths, compile_rules
from aiff_matching.domain.words import Weights, term_weights


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
    """One published offer. A compute offer has a gate for each access mode, in their order."""

    offer: OfferDocument
    gate: Gate
    modes: tuple[tuple[AccessMode, Gate], ...]
    terms: Mapping[str, float]
    provider: str
    place: int

    @property
    def provider_name(self) -> str:
        """Return the name of the organisation that provides the offer."""
        names = {entry.slug: entry.name for entry in self.offer.organisation_details}
        return names.get(self.provider, self.provider)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All published offers, by slug, with their compiled rules and the weight of each word."""

    revision: int
    candidates: tuple[Candidate, ...]
    rulebook: Rulebook
    word_weights: Weights
    titles: Mapping[str, Text]

    def truths(self, facts: Facts) -> Truths:
        """Return the truth of every gate for one profile; `Candidate.place` finds its own."""
        return self.rulebook.evaluate(facts)


def build(documents: Iterable[OfferDocument], revision: int) -> Catalogue:
    """Return the catalogue of these documents; their order does not matter."""
    candidates: list[Candidate] = []
    rules: list[Rule | None] = []
    offers = sorted(documents, key=lambda document: document.slug)
    neighbours = Neighbours.of(offers)
    for offer in offers:
        candidate = _candidate(offer, len(rules), neighbours)
        candidates.append(candidate)
        rules.extend(gate.rule for gate in gates(candidate))
    weights = Weights.of([candidate.terms for candidate in candidates])
    book = compile_rules(rules)
    return Catalogue(revision, tuple(candidates), book, weights, neighbours.titles)


def gates(candidate: Candidate) -> tuple[Gate, ...]:
    """Return the gates in the order in which their truths are kept."""
    return (candidate.gate, *(gate for _, gate in candidate.modes))


def _candidate(offer: OfferDocument, place: int, neighbours: Neighbours) -> Candidate:
    rule = full_rule(offer, neighbours)
    written = offer.eligibility.rule is not None
    modes = offer.details.access_modes if isinstance(offer.details, ComputeDetails) else ()
    return Candidate(
        offer=offer,
        gate=Gate(rule, written, offer.intake, timeline(offer.intake)),
        modes=tuple((mode, _mode_gate(offer, mode, rule, written=written)) for mode in modes),
        terms=term_weights(offer),
        provider=next(role.organisation for role in offer.organisations if role.role == "provider"),
        place=place,
    )


def _mode_gate(offer: OfferDocument, mode: AccessMode, rule: Rule | None, *, written: bool) -> Gate:
    """Return the gate of a mode: it adds its own rules; an unstated intake is the offer's."""
    intake = offer.intake if isinstance(mode.intake, UnknownIntake) else mode.intake
    own = mode.eligibility.rule
    rules = [part for part in (rule, own) if part is not None]
    return Gate(joined(rules), written or own is not None, intake, timeline(intake))
