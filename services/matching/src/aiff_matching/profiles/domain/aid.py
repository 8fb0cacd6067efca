"""Aid that a company already obtained: when, how much, under which rules, for which project.

De minimis: Regulation (EU) 2023/2831, article 3: at most EUR 300,000 for one single undertaking
over any period of three years, counted by the day of each grant. Enterprises that are linked to
each other are one single undertaking (article 2, paragraph 2).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Annotated

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import Slug, checked_slug
from aiff_contracts.rules import FAMILY, LEVEL, AidLevel
from aiff_matching.shared.intervals import UNBOUNDED, Between, Measure, between

DE_MINIMIS_CEILING_EUR = 300_000
_WINDOW_YEARS = 3
_LEAP_DAY, _A_DAY = (2, 29), timedelta(days=1)
_OTHER_LEVEL = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorAid(Strict):
    """One aid already granted.

    `offer` is the slug of the offer, or a name of one's own for aid that is not listed.
    `amount_eur` is what was granted (for a loan its grant equivalent); `project` names the
    project whose cost it pays, as `project` of the need does. `families` and `level` say what
    kind of aid it is; an offer that is listed brings its own. None is unknown.
    """

    offer: Annotated[str, MinLen(1), MaxLen(80)]
    amount_eur: Measure | None = None
    granted_on: date | None = None
    de_minimis: bool | None = None
    project: Annotated[str, MinLen(1), MaxLen(120)] | None = None
    families: Annotated[tuple[Slug, ...], MaxLen(20)] | None = None
    level: AidLevel | None = None

    def __post_init__(self) -> None:
        """Refuse a family that is no slug."""
        for family in self.families or ():
            checked_slug(family)


@dataclass(frozen=True, slots=True)
class AidKind:
    """Which families an aid belongs to and who pays it; None is unknown."""

    families: frozenset[str] | None = None
    level: str | None = None


# What the catalogue says about the aid that it lists, by slug.
ListedAid = Mapping[str, AidKind]
NOTHING_LISTED: ListedAid = {}


@dataclass(frozen=True, slots=True)
class ObtainedAid:
    """One aid that was obtained, as far as rules ask about it."""

    offer: str
    kind: AidKind
    granted_on: date | None = None


Aid = str | PriorAid


def slugs_of(aids: Iterable[Aid]) -> frozenset[str]:
    """Return the offers that were obtained."""
    return frozenset(_dated(aid).offer for aid in aids)


def obtained(aids: Iterable[Aid], listed: ListedAid) -> frozenset[ObtainedAid]:
    """Return the aid that was obtained, with what the catalogue says about its kind."""
    return frozenset(_obtained(_dated(aid), listed) for aid in aids)


def granted(code: str, day: date) -> ObtainedAid:
    """Return an aid of which nothing is known but an offer, a family or a level, and its day."""
    families = frozenset({code.removeprefix(FAMILY)} if code.startswith(FAMILY) else ())
    level = code.removeprefix(LEVEL) if code.startswith(LEVEL) else _OTHER_LEVEL
    return ObtainedAid(code, AidKind(families, level), day)


def _obtained(aid: PriorAid, listed: ListedAid) -> ObtainedAid:
    known = listed.get(aid.offer, AidKind())
    families = known.families
    if aid.families is not None:
        families = frozenset(aid.families) | (families or frozenset())
    return ObtainedAid(aid.offer, AidKind(families, known.level or aid.level), aid.granted_on)


def de_minimis_received(aids: Iterable[Aid] | None, stated: Measure | None, today: date) -> Between:
    """Return the de minimis aid of one enterprise over the three years up to a day, in EUR.

    `aids` is all its aid, `stated` its total; None is unknown, and unknown is not zero. A total
    beside the list narrows it; where they contradict each other, what lies between stays open.
    """
    listed = UNBOUNDED if aids is None else de_minimis_total(aids, today)
    if stated is None:
        return listed
    total = between(stated)
    low, high = max(listed.low, total.low), min(listed.high, total.high)
    return Between(min(low, high), max(low, high))


def de_minimis_total(aids: Iterable[Aid], today: date) -> Between:
    """Return the listed de minimis aid of the three years up to a day, in EUR.

    What may or may not count (no date, no nature, no amount) makes a range.
    """
    return _total((_dated(aid) for aid in aids), lambda aid: _is_de_minimis(aid, today))


def project_total(aids: Iterable[Aid], project: str | None) -> Between:
    """Return the aid already granted for a project, in EUR; an unnamed project may be the same."""
    wanted = None if project is None else _folded(project)

    def counts(aid: PriorAid) -> bool | None:
        if aid.project is None or wanted is None:
            return None
        return _folded(aid.project) == wanted

    return _total((_dated(aid) for aid in aids), counts)


def relief_days(aids: Iterable[Aid], today: date) -> tuple[date, ...]:
    """Return the days to come on which a dated de minimis aid leaves the three years."""
    dated = (_dated(aid) for aid in aids)
    ends = {
        _end(aid.granted_on)
        for aid in dated
        if aid.granted_on is not None and aid.de_minimis is not False
    }
    return tuple(sorted(day for day in ends if day > today))


def _dated(aid: Aid) -> PriorAid:
    return PriorAid(offer=aid) if isinstance(aid, str) else aid


def _is_de_minimis(aid: PriorAid, today: date) -> bool | None:
    past = aid.granted_on is not None and not aid.granted_on <= today < _end(aid.granted_on)
    if aid.de_minimis is False or past:
        return False
    return True if aid.de_minimis and aid.granted_on is not None else None


def _total(aids: Iterable[PriorAid], counts: Callable[[PriorAid], bool | None]) -> Between:
    low = high = 0.0
    for aid in aids:
        counted = counts(aid)
        if counted is False:
            continue
        amount = Between(0, inf) if aid.amount_eur is None else between(aid.amount_eur)
        low += amount.low if counted else 0
        high += amount.high
    return Between(low, high)


def _end(granted: date) -> date:
    """Return the first day on which an aid no longer counts.

    The day of the grant is not counted, and three years end with the last hour of the same date
    (Regulation 1182/71, article 3): in February 2027 with the 28th for an aid of 29 February 2024.
    """
    year = granted.year + _WINDOW_YEARS
    last = date(year, 2, 28) if (granted.month, granted.day) == _LEAP_DAY else None
    return (last or granted.replace(year=year)) + _A_DAY


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
