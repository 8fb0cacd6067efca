"""The catalogue by columns: what many offers have in common is judged once for all of them.

A question reads only some parts of an offer. Offers that are equal in a part get the same answer
about it, so a rule in plain Python is applied once to each distinct part, and numpy spreads the
results over the rows. Nothing is written twice: the rules are those of the explanation.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import get_args

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
from aiff_matching.funding.domain.stacking import reads_profile
from aiff_matching.offers.domain.moves import Ints, Lines, Moves
from aiff_matching.offers.domain.placement import venue

# In the order of their names.
_KINDS: tuple[Kind, ...] = tuple(sorted(get_args(Kind)))


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
    def of(cls, numbers: Ints) -> "Parts":
        """Tell rows apart by the numbers of their parts, from -1 on, some of which no row has."""
        first = np.full(numbers.max(initial=_NO_PART) + 2, -1, np.intp)
        # Of rows with the same number the first one is put in last.
        first[numbers[::-1] + 1] = np.arange(len(numbers))[::-1]
        present = first >= 0
        return cls((np.cumsum(present) - 1)[numbers + 1], first[present])

    @classmethod
    def of_keys(cls, keys: Iterable[Hashable]) -> "Parts":
        """Tell rows apart by their keys."""
        numbers: dict[Hashable, int] = {}
        return cls.of(_ints(numbers.setdefault(key, len(numbers)) for key in keys))

    def present(self, rows: Ints) -> Ints:
        """Return the parts that some of these rows have."""
        present = np.zeros(len(self.examples), bool)
        present[self.index[rows]] = True
        return np.flatnonzero(present)


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
        basis = self.offer.pricing.basis
        return details, self.offer.languages, basis, conditions, self.written, self.intake

    def parts(self) -> Mapping[str, Hashable] | None:
        """Return what each part of the verdict on a way into a compute offer depends on.

        The verdict depends on nothing else; there are far fewer parts than ways. None where the
        verdict has no such parts.
        """
        offer, mode, details = self.offer, self.mode, self.offer.details
        if not isinstance(details, ComputeDetails):
            return None
        price = offer.pricing, mode.pricing if mode else None, details.gpu
        # Only a budget in euros is compared with what the work costs.
        paid = price if mode is not None and mode.unit == "eur" else None
        bounds = None if mode is None else _bounds(mode)
        return {
            "machine": _bare(details),
            "price": price,
            "terms": (bounds, details.nature, details.gpu, paid),
            "opening": (
                *(details.status, details.expected, details.availability, mode and mode.delay),
                *(bool(offer.eligibility.conditions), mode and bool(mode.eligibility.conditions)),
                *(self.written, self.intake),
            ),
        }

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
class Entry:
    """What one offer puts into the columns: the numbers of its parts, and of each way into it.

    The parts are its kind, those of `_READ` and its venue. Of each way there are its case, its
    place by name and whether its verdict reads the profile.
    """

    parts: tuple[int, ...]
    ways: tuple[tuple[int, int, bool], ...]
    instants: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """What all offers put into the columns, by row, and how many of them name each instant."""

    parts: Ints
    ways: Lines
    instants: Counter[float]

    @classmethod
    def none(cls) -> "Entries":
        """Return the entries of no offer at all."""
        return cls(np.zeros((0, len(_READ) + 2), np.intp), Lines.none(3), Counter())

    def moved(self, moves: Moves, gone: Iterable[Entry], new: Mapping[int, Entry]) -> "Entries":
        """Return the entries after the moves, with those of new rows and without some others."""
        named = Counter(chain.from_iterable(entry.instants for entry in new.values()))
        left = Counter(chain.from_iterable(entry.instants for entry in gone))
        return Entries(
            moves.carried(self.parts, {row: entry.parts for row, entry in new.items()}),
            self.ways.moved(moves, {row: entry.ways for row, entry in new.items()}),
            self.instants + named - left,
        )


class Numbering:
    """Gives equal parts of offers the same number, for as many offers as come."""

    def __init__(self) -> None:
        """Begin with nothing numbered."""
        self._numbers: defaultdict[str, dict[Hashable, int]] = defaultdict(dict)
        # The numbers of the parts of each case.
        self.case_parts: list[tuple[int, ...]] = []

    def entry(self, offer: OfferDocument, ways: Sequence[Way]) -> Entry:
        """Return what an offer puts into the columns."""
        read = (self._number(name, part(offer)) for name, part in _READ.items())
        return Entry(
            parts=(_KINDS.index(offer.kind), *read, self._number("venue", venue(offer))),
            ways=tuple(
                (self._case(way), rank, way.reads_profile())
                for way, rank in zip(ways, _ranks(ways), strict=True)
            ),
            instants=tuple(sorted({at for way in ways for at in way.instants()})),
        )

    def _case(self, way: Way) -> int:
        parts = way.parts()
        numbers = tuple(self._number(name, part) for name, part in (parts or {}).items())
        number = self._number("case", numbers if parts else way.case())
        if number == len(self.case_parts):
            self.case_parts.append(numbers or _NO_PARTS)
        return number

    def _number(self, column: str, part: Hashable) -> int:
        numbers = self._numbers[column]
        return numbers.setdefault(part, len(numbers))


# The parts of a verdict that is made of parts.
PARTS = ("machine", "price", "terms", "opening")
_NO_PART = -1
_NO_PARTS = (_NO_PART,) * len(PARTS)


@dataclass(frozen=True, slots=True)
class Columns:
    """Offers by row, and the ways into them in the order of the rows.

    `way_rows`, `way_gates` and `way_ranks` hold for each way its offer's row, the number of its
    gate in the rulebook, and its place among the ways of its offer by name. `venues` are the places
    where one has to go. `case_kind` and `reads_profile` say of each case its kind and whether it
    depends on who asks, `case_parts` which parts it has (`PARTS`). Between two of the `instants`
    (seconds since 1970) of one day nothing changes by itself.
    """

    kinds: tuple[Kind, ...]
    kind: Ints
    criteria: dict[str, Parts]
    venues: Parts
    way_rows: Ints
    way_gates: Ints
    way_ranks: Ints
    cases: Parts
    case_kind: Ints
    reads_profile: NDArray[np.bool_]
    case_parts: Mapping[str, Parts]
    instants: NDArray[np.float64]

    @classmethod
    def of(
        cls, entries: Entries, gates: Ints, parts_of_cases: Sequence[tuple[int, ...]] = ()
    ) -> "Columns":
        """Take the columns of offers by row; `gates` says how many gates each has."""
        kind, *criteria, venues = entries.parts.T
        case, rank, reads = entries.ways.lines.T
        kinds, cases = Parts.of(kind), Parts.of(case)
        way_rows, way_gates = _ways(entries.ways.counts, gates)
        parts = [parts_of_cases[number] for number in case[cases.examples]]
        part_numbers = np.array(parts, np.intp).reshape(-1, len(PARTS))
        return cls(
            kinds=tuple(_KINDS[number] for number in kind[kinds.examples]),
            kind=kinds.index,
            criteria={name: Parts.of(criteria[n]) for n, name in enumerate(_READ)},
            venues=Parts.of(venues),
            way_rows=way_rows,
            way_gates=way_gates,
            way_ranks=rank,
            cases=cases,
            case_kind=kinds.index[way_rows[cases.examples]],
            reads_profile=reads[cases.examples].astype(bool),
            case_parts={name: Parts.of(part_numbers[:, n]) for n, name in enumerate(PARTS)},
            instants=np.array(sorted(entries.instants)),
        )

    def period(self, now: datetime) -> int:
        """Return the number of the period without any change in which an instant lies."""
        return int(np.searchsorted(self.instants, now.timestamp(), side="right"))


def _bare(details: ComputeDetails) -> ComputeDetails:
    """Leave out what no check of a machine reads: names, when it is to be had, and the modes."""
    unread = replace(details, access_modes=(), system=None, partition=None, interconnect=None)
    return replace(unread, expected=None, availability=())


def _bounds(mode: AccessMode) -> Hashable:
    return mode.unit, mode.minimum, mode.maximum, mode.unbounded, mode.durations_months


def _ways(counts: Ints, gates: Ints) -> tuple[Ints, Ints]:
    """Return for each way the row of its offer and the number of its gate.

    An offer with modes has a gate of its own before theirs, and no way through it.
    """
    rows = np.repeat(np.arange(len(counts)), counts)
    place_in_offer = np.arange(len(rows)) - (np.cumsum(counts) - counts)[rows]
    first = np.cumsum(gates) - counts
    return rows, first[rows] + place_in_offer


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.intp)


def _ranks(own: Sequence[Way]) -> list[int]:
    by_name = sorted(range(len(own)), key=lambda n: own[n].mode.id if own[n].mode else "")  # type: ignore[union-attr]
    return [by_name.index(n) for n in range(len(own))]
