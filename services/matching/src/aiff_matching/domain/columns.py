"""The catalogue by columns: what many offers have in common is judged once for all of them.

A question reads only some parts of an offer. Offers that are equal in a part get the same answer
about it, so a rule in plain Python is applied once to each distinct part, and numpy spreads the
results over the rows. Nothing is written twice: the rules are those of the explanation.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from aiff_contracts.offer import (
    AccessMode,
    ComputeDetails,
    FundingDetails,
    Intake,
    Kind,
    OfferDocument,
)
from aiff_contracts.offer.intake import instants
from aiff_matching.domain.stacking import reads_profile

Ints = NDArray[np.intp]


def _gpus(offer: OfferDocument) -> Hashable:
    details = offer.details
    if not isinstance(details, ComputeDetails):
        return None
    count = details.gpu.count if details.gpu else details.joint_gpus_minimum
    return count, tuple((fact.state, fact.expires_at) for fact in details.availability)


# What the criteria of the same name read of an offer.
_READ: dict[str, Callable[[OfferDocument], Hashable]] = {
    "kind": lambda offer: offer.kind,
    "stage": lambda offer: offer.stages,
    "sector": lambda offer: offer.sectors,
    "territory": lambda offer: offer.territories,
    "support": lambda offer: offer.support,
    "gpus": _gpus,
    "freshness": lambda offer: (
        max((source.as_of for source in offer.sources if source.as_of), default=None),
        offer.review_by,
    ),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """Which of the distinct parts each row has, and a row that has it for each part."""

    index: Ints
    examples: Ints

    @classmethod
    def of(cls, keys: Iterable[Hashable]) -> "Parts":
        """Tell rows apart by their keys."""
        numbers: dict[Hashable, int] = {}
        examples: list[int] = []
        index: list[int] = []
        for row, key in enumerate(keys):
            number = numbers.setdefault(key, len(numbers))
            if number == len(examples):
                examples.append(row)
            index.append(number)
        return cls(np.array(index, np.intp), np.array(examples, np.intp))

    def present(self, rows: Ints) -> Ints:
        """Return the parts that some of these rows have."""
        found = np.zeros(len(self.examples), bool)
        found[self.index[rows]] = True
        return np.flatnonzero(found)


@dataclass(frozen=True, slots=True)
class Way:
    """One way into an offer: an access mode with its gate, or the offer's own gate."""

    offer: OfferDocument
    mode: AccessMode | None
    written: bool
    intake: Intake

    def case(self) -> Hashable:
        """Return all that the verdict on this way depends on besides the truth of its rules."""
        details, conditions = self.offer.details, bool(self.offer.eligibility.conditions)
        if isinstance(details, ComputeDetails):
            shared = (_bare(details), self.offer.pricing, self.mode)
            return (*shared, conditions, self.written, self.intake)
        basis = self.offer.pricing.basis
        return details, self.offer.languages, basis, conditions, self.written, self.intake

    def reads_profile(self) -> bool:
        """Tell whether the verdict depends on who asks even if all computable rules hold."""
        details = self.offer.details
        return isinstance(details, FundingDetails) and reads_profile(details)

    def instants(self) -> Iterator[float]:
        """Yield the instants (seconds since 1970) at which a verdict or a start may change."""
        yield from (instant.timestamp() for instant in instants(self.intake))
        if isinstance(self.offer.details, ComputeDetails):
            ends = (fact.expires_at for fact in self.offer.details.availability)
            yield from (end.timestamp() for end in ends if end is not None)


@dataclass(frozen=True, slots=True)
class Columns:
    """Offers by row, and the ways into them in the order of the rows.

    `way_rows`, `way_gates` and `way_ranks` hold for each way its offer's row, the number of its
    gate in the rulebook, and its place among the ways of its offer by name. `case_kind` and
    `reads_profile` say of each case its kind and whether it depends on who asks. Between two of
    the `instants` (seconds since 1970) of one day nothing changes by itself.
    """

    kinds: tuple[Kind, ...]
    kind: Ints
    provider: Ints
    criteria: dict[str, Parts]
    way_rows: Ints
    way_gates: Ints
    way_ranks: Ints
    cases: Parts
    case_kind: Ints
    reads_profile: NDArray[np.bool_]
    instants: NDArray[np.float64]

    @classmethod
    def of(
        cls, offers: Sequence[OfferDocument], providers: Sequence[str],
        ways: Sequence[Sequence[Way]], places: Sequence[int],
    ) -> "Columns":  # fmt: skip
        """Take the columns of offers in their order; `places` are those of their first gates."""
        kinds = tuple(sorted({offer.kind for offer in offers}))
        ranks = [rank for own in ways for rank in _ranks(own)]
        gates = [
            place + gate for place, own in zip(places, ways, strict=True) for gate in _gates(own)
        ]
        kind = np.array([kinds.index(offer.kind) for offer in offers], np.intp)
        flat = [way for own in ways for way in own]
        way_rows = np.repeat(np.arange(len(offers)), [len(own) for own in ways])
        cases = Parts.of(way.case() for way in flat)
        examples = [flat[example] for example in cases.examples]
        return cls(
            kinds=kinds,
            kind=kind,
            provider=Parts.of(providers).index,
            criteria={name: Parts.of(map(read, offers)) for name, read in _READ.items()},
            way_rows=way_rows,
            way_gates=np.array(gates, np.intp),
            way_ranks=np.array(ranks, np.intp),
            cases=cases,
            case_kind=kind[way_rows[cases.examples]],
            reads_profile=np.array([way.reads_profile() for way in examples], bool),
            instants=np.array(sorted({at for way in examples for at in way.instants()})),
        )

    def period(self, now: datetime) -> int:
        """Return the number of the period without any change in which an instant lies."""
        return int(np.searchsorted(self.instants, now.timestamp(), side="right"))


def _bare(details: ComputeDetails) -> ComputeDetails:
    """Leave out what no verdict and no criterion reads, and the modes, which are ways."""
    return replace(details, access_modes=(), system=None, partition=None, interconnect=None)


def _gates(own: Sequence[Way]) -> range:
    return range(1) if own[0].mode is None else range(1, len(own) + 1)


def _ranks(own: Sequence[Way]) -> list[int]:
    by_name = sorted(range(len(own)), key=lambda n: own[n].mode.id if own[n].mode else "")  # type: ignore[union-attr]
    return [by_name.index(n) for n in range(len(own))]
