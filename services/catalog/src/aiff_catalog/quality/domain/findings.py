"""What checks of an offer's text find, and what they know around it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from aiff_contracts.offer import OfferContent, Text

Severity = Literal["error", "warning", "hint"]
COSTS: Mapping[Severity, int] = {"error": 20, "warning": 8, "hint": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found at a place (JSON pointer), and how it is mended."""

    check: str
    severity: Severity
    pointer: str
    message: Text
    mend: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A check that found something, and the points that it costs."""

    check: str
    severity: Severity
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The score in [0, 100], the parts that it is made of, and every finding, worst first."""

    score: int
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known around a text at an aware instant.

    `has_twin`: another listing is probably the same offer. `dead_links` are addresses that lead
    nowhere any more. `reported` are the places (JSON pointers) where readers see errors.
    """

    now: datetime
    has_twin: bool = False
    dead_links: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A named check: `places` yields the JSON pointers where the text fails it."""

    name: str
    severity: Severity
    places: Callable[[OfferContent, Seen], Iterator[str]]
    message: Text
    mend: Text
