"""Facts: what is known about a company and its project, in the vocabulary of the rules.

Nothing is guessed. An attribute that is absent from the facts is unknown; a number may be
known within bounds only, and a code may be one of several.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from aiff_contracts.attributes import ATTRIBUTES
from aiff_matching.domain.answers import Between, between
from aiff_matching.domain.need import ComputeNeed, FundingNeed, Need
from aiff_matching.domain.profile import Profile, country_of
from aiff_matching.domain.sizes import SIZES, UNBOUNDED, possible_sizes


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is one of these codes; a single one is a known value."""

    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Exactly:
    """The values are these codes and no others."""

    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Flag:
    """A stated yes or no."""

    value: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A known calendar day."""

    value: date


@dataclass(frozen=True, slots=True)
class Places:
    """Territories in which the organisation is; each may be coarser than what a rule asks."""

    codes: tuple[str, ...]


Fact = Between | OneOf | Exactly | Flag | Day | Places
Facts = Mapping[str, Fact]


def derive(profile: Profile, need: Need, today: date) -> dict[str, Fact]:
    """Return all that follows from the answers on a given day; absent attributes are unknown."""
    stated = {**_numbers(profile, need), **_flags(profile, need), **_codes(profile, need)}
    return {**stated, **dict(_places(profile)), **dict(_life(profile, today)), **_size(profile)}


def months_between(earlier: date, later: date) -> int:
    """Return the completed months between two days, never negative."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later.day < earlier.day))


def _answers(profile: Profile, need: Need) -> Iterator[tuple[str, object]]:
    compute, funding = need.compute or ComputeNeed(), need.funding or FundingNeed()
    for name in ATTRIBUTES:
        for part in (profile, need, compute, funding):
            # The free-text purpose of a funding need is not the coded purpose of the work.
            if hasattr(part, name) and not (name == "purpose" and part is funding):
                yield name, getattr(part, name)


def _of_type(profile: Profile, need: Need, wanted: str) -> Iterator[tuple[str, object]]:
    for name, value in _answers(profile, need):
        if value is not None and ATTRIBUTES[name].type == wanted:
            yield name, value


def _numbers(profile: Profile, need: Need) -> dict[str, Fact]:
    found = _of_type(profile, need, "number")
    return {name: between(value) for name, value in found}  # type: ignore[arg-type]


def _flags(profile: Profile, need: Need) -> dict[str, Fact]:
    return {name: Flag(bool(value)) for name, value in _of_type(profile, need, "flag")}


def _codes(profile: Profile, need: Need) -> dict[str, Fact]:
    single = [*_of_type(profile, need, "code"), *_of_type(profile, need, "naf")]
    several = _of_type(profile, need, "codes")
    facts: dict[str, Fact] = {name: OneOf(frozenset({str(value)})) for name, value in single}
    exact = {name: Exactly(frozenset(value)) for name, value in several}  # type: ignore[call-overload]
    return {**facts, **exact}


def _places(profile: Profile) -> Iterator[tuple[str, Fact]]:
    """Yield country and sites, each of which tells something about the other.

    A company is established in one country and has a site there: the profile checks it.
    """
    sites = profile.sites or ()
    homes = {country_of(code) for code in sites}
    country = "FR" if profile.is_registered_in_france else profile.country
    if country is None and len(homes) == 1:
        country = next(iter(homes))
    if country is not None:
        yield "country", Places((country,))
    places = sites if country is None or country in homes else (*sites, country)
    if places:
        yield "sites", Places(places)


def _life(profile: Profile, today: date) -> Iterator[tuple[str, Fact]]:
    exists = profile.has_legal_entity
    created = profile.created_on
    if created is not None:
        yield "created_on", Day(created)
    if created is not None and created <= today:
        months = float(months_between(created, today))
        yield "age_months", Between(months, months)
    if exists is None and created is not None:
        exists = created <= today
    if profile.is_registered_in_france:
        exists = True
    if exists is not None:
        yield "has_legal_entity", Flag(exists)


def _size(profile: Profile) -> dict[str, Fact]:
    answers = (profile.headcount, profile.turnover_eur, profile.balance_sheet_eur)
    known = [UNBOUNDED if answer is None else between(answer) for answer in answers]
    sizes = possible_sizes(*known)
    return {} if len(sizes) == len(SIZES) else {"company_size": OneOf(sizes)}
