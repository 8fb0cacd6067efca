"""The offers in the form in which a question is answered: parsed, compiled, indexed once."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from aiff_contracts.offer import (
    AccessMode,
    Intake,
    IntakeStatus,
    OfferDocument,
    OpenToAll,
    Text,
)
from aiff_contracts.offer.intake import Transition, status_in
from aiff_contracts.rules import Rule
from aiff_matching.experience.domain import NO_EXPERIENCE, Experience
from aiff_matching.offers.domain.columns import Columns
from aiff_matching.offers.domain.ratings import RatingSum
from aiff_matching.offers.domain.relevance import TextIndex
from aiff_matching.profiles.domain.aid import ListedAid
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.rules.domain.rulebook import Rulebook, Truths
from aiff_matching.shared.lru_cache import LruCache


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may pass: all computable rules, whether it is said who may, and when it opens.

    `open_to_all` is the statement that nobody is left out, where there is one.
    """

    rule: Rule | None
    written: bool
    intake: Intake
    transitions: tuple[Transition, ...]
    open_to_all: OpenToAll | None = None

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
    provider: str
    row: int
    place: int
    rating: RatingSum | None = None

    @property
    def provider_name(self) -> str:
        """Return the name of the organisation that provides the offer."""
        names = {entry.slug: entry.name for entry in self.offer.organisation_details}
        return names.get(self.provider, self.provider)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All published offers, by slug, with their compiled rules and their texts.

    `aid` says of which kind the listed aid is; `remembered` keeps what questions found out about
    the ways into the offers.
    """

    revision: int
    candidates: tuple[Candidate, ...]
    rulebook: Rulebook
    texts: TextIndex
    titles: Mapping[str, Text]
    columns: Columns
    ratings: NDArray[np.float64]
    aid: ListedAid = field(default_factory=dict)
    experience: Experience = NO_EXPERIENCE
    remembered: LruCache[Any] = field(default_factory=LruCache, compare=False, repr=False)

    def truths(self, known: Known) -> Truths:
        """Return the result of every gate for one profile; `Candidate.place` finds its own."""
        return self.rulebook.evaluate(known.facts, known.today)

    def gate(self, way: int) -> Gate:
        """Return the gate of a way into an offer, by its place in the columns."""
        candidate: Candidate = self.candidates[int(self.columns.way_rows[way])]
        return gates(candidate)[int(self.columns.way_gates[way]) - candidate.place]

    def way(self, way: int) -> tuple[Candidate, int]:
        """Return the offer of a way into it, and the way's place among all that lead there."""
        candidate: Candidate = self.candidates[int(self.columns.way_rows[way])]
        first = candidate.place + bool(candidate.modes)
        return candidate, int(self.columns.way_gates[way]) - first

    def rows_of(self, references: Iterable[str]) -> dict[str, int]:
        """Return the rows of the offers of these ids or slugs, without those that are not there."""
        found = ((reference, self._row(reference)) for reference in references)
        return {reference: row for reference, row in found if row is not None}

    def rows_by_id(self) -> Mapping[UUID, int]:
        """Return the row of each offer by its id."""
        rows: Mapping[UUID, int] = self.remembered.get(
            "rows", lambda: {candidate.offer.id: candidate.row for candidate in self.candidates}
        )
        return rows

    def _row(self, reference: str) -> int | None:
        place = bisect_left(self.candidates, reference, key=lambda one: one.offer.slug)
        if place < len(self.candidates) and self.candidates[place].offer.slug == reference:
            return place
        with suppress(ValueError):
            return self.rows_by_id().get(UUID(reference))
        return None

    def find(self, reference: str) -> "Candidate | None":
        """Return the offer of this id or slug, None where there is none."""
        row = self._row(reference)
        return None if row is None else self.candidates[row]


def gates(candidate: Candidate) -> tuple[Gate, ...]:
    """Return the gates in the order in which their truths are kept."""
    return (candidate.gate, *(gate for _, gate in candidate.modes))
