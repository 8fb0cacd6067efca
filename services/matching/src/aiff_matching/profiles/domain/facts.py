"""Facts: what is known about a company and its project, in the vocabulary of the rules.

Nothing is guessed. An attribute that is absent from the facts is unknown; a number may be
known within bounds only, and a code may be one of several.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.months import months_between
from aiff_contracts.nomenclatures.legal_forms import forms_within, is_legal_form, legal_form
from aiff_contracts.nomenclatures.naf import NAF_2025, in_nomenclature
from aiff_contracts.offer import Text
from aiff_contracts.territory import ancestry
from aiff_matching.profiles.domain.aid import (
    NOTHING_LISTED,
    ListedAid,
    ObtainedAid,
    de_minimis_received,
    obtained,
    relief_days,
)
from aiff_matching.profiles.domain.enterprises import Figures, linked
from aiff_matching.profiles.domain.need import ComputeNeed, FundingNeed, Need
from aiff_matching.profiles.domain.profile import Profile, country_of
from aiff_matching.profiles.domain.sizes import Size, size_of
from aiff_matching.shared.intervals import UNBOUNDED, Between, between


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is one of these codes; a single one is a known value.

    `basis` says in words what a derived value rests on.
    """

    codes: frozenset[str]
    basis: Text | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Exactly:
    """The values are these codes and no others."""

    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Aids:
    """All aid that was obtained, and no other, seen from the day of the question."""

    obtained: frozenset[ObtainedAid]
    asked_on: date

    @property
    def slugs(self) -> frozenset[str]:
        """Return the offers that were obtained."""
        return frozenset(aid.offer for aid in self.obtained)


@dataclass(frozen=True, slots=True)
class Flag:
    """A stated yes or no."""

    value: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A known calendar day, seen from the day of the question."""

    value: date
    asked_on: date


@dataclass(frozen=True, slots=True)
class Places:
    """Territories in which the organisation is; each may be coarser than what a rule asks.

    `more` says that there may be others that were not named.
    """

    codes: tuple[str, ...]
    more: bool = False


Fact = Between | OneOf | Exactly | Aids | Flag | Day | Places
Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known on a day, and what will be known on a later one.

    `listed` is what the catalogue says about the kinds of the aid that it lists.
    """

    profile: Profile
    need: Need
    today: date
    facts: Facts
    listed: ListedAid = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls, profile: Profile, need: Need, today: date, listed: ListedAid = NOTHING_LISTED
    ) -> "Known":
        """Derive everything once."""
        return cls(profile, need, today, derive(profile, need, today, listed), listed)

    def later(self, day: date) -> Facts:
        """Return the facts of a later day, on which only time has passed."""
        return derive(self.profile, self.need, day, self.listed)

    def relief_days(self) -> tuple[date, ...]:
        """Return the days to come on which de minimis aid leaves the three years."""
        profile = self.profile
        lists = (profile.prior_aid, *(one.prior_aid for one in linked(profile.enterprises)))
        return relief_days(chain.from_iterable(aids or () for aids in lists), self.today)


def derive(
    profile: Profile, need: Need, today: date, listed: ListedAid = NOTHING_LISTED
) -> dict[str, Fact]:
    """Return all that follows from the answers on a given day; absent attributes are unknown."""
    stated = {**_numbers(profile, need), **_flags(profile, need), **_codes(profile, need)}
    derived = {**dict(_places(profile)), **dict(_life(profile, today)), **_size(profile)}
    return {**stated, **derived, **_aid(profile, today, listed)}


_NO_COMPUTE, _NO_FUNDING = ComputeNeed(), FundingNeed()
# The free-text purpose of a funding need is not the coded purpose of the work, and the de minimis
# aid of the company alone is not that of the single undertaking.
_OTHERWISE = (("purpose", FundingNeed), ("de_minimis_received_eur", Profile))


@cache
def _stating() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return by type the attributes that are stated, each with the number of its part."""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, attribute in ATTRIBUTES.items():
        for number, part in enumerate((Profile, Need, ComputeNeed, FundingNeed)):
            if hasattr(part, name) and (name, part) not in _OTHERWISE:
                found[attribute.type].append((name, number))
    return {type_: tuple(names) for type_, names in found.items()}


def _of_type(profile: Profile, need: Need, wanted: str) -> Iterator[tuple[str, object]]:
    parts = (profile, need, need.compute or _NO_COMPUTE, need.funding or _NO_FUNDING)
    for name, number in _stating().get(wanted, ()):
        value = getattr(parts[number], name)
        if value is not None:
            yield name, value


def _numbers(profile: Profile, need: Need) -> dict[str, Fact]:
    numbers = _of_type(profile, need, "number")
    return {name: between(value) for name, value in numbers}  # type: ignore[arg-type]


def _flags(profile: Profile, need: Need) -> dict[str, Fact]:
    return {name: Flag(bool(value)) for name, value in _of_type(profile, need, "flag")}


def _codes(profile: Profile, need: Need) -> dict[str, Fact]:
    single = (one for one in _of_type(profile, need, "code") if one[0] != "legal_form")
    several = [entry for entry in _of_type(profile, need, "codes") if entry[0] != "prior_aid"]
    facts: dict[str, Fact] = {name: OneOf(frozenset({str(value)})) for name, value in single}
    facts |= _activity(profile) | _legal_form(profile)
    exact = {name: Exactly(frozenset(value)) for name, value in several}  # type: ignore[call-overload]
    return {**facts, **exact}


def _legal_form(profile: Profile) -> dict[str, Fact]:
    """Return the form with those that it contains: a SAS may be a SASU.

    A form that no list has may be any of those that rules name, so nothing is known of it.
    """
    code = None if profile.legal_form is None else legal_form(profile.legal_form)
    if code is None:
        return {}
    return {"legal_form": OneOf(forms_within(code))} if is_legal_form(code) else {}


def _activity(profile: Profile) -> dict[str, Fact]:
    """Return the activity, said in one nomenclature or in both."""
    said: list[str] = []
    if profile.naf is not None:
        said.append(profile.naf)
    if profile.naf_2025 is not None:
        said.append(in_nomenclature(profile.naf_2025, NAF_2025))
    return {"naf": OneOf(frozenset(said))} if said else {}


def _places(profile: Profile) -> Iterator[tuple[str, Fact]]:
    """Yield country and sites, each of which tells something about the other.

    A company is established in one country and has a site there: the profile checks it. Where
    no site is stated there may be others, in other countries too.
    """
    sites = profile.sites or ()
    homes = {country_of(code) for code in sites}
    country = profile.established_in
    if country is None and len(homes) == 1:
        country = next(iter(homes))
    if country is not None:
        yield "country", Places((_overseas(country, sites),))
    is_sited = country is None or any(country in ancestry(code) for code in sites)
    places = sites if is_sited else (*sites, str(country))
    if places:
        yield "sites", Places(places, more=profile.sites is None)


def _overseas(country: str, sites: tuple[str, ...]) -> str:
    """Return the part of a member state outside the Union in which all its sites there lie.

    The seat is one of them. Where some lie in the Union, nobody says which one it is.
    """
    if "EU" not in ancestry(country):
        return country
    lines = [line for line in map(ancestry, sites) if country in line]
    if not lines or any("EU" in line for line in lines):
        return country
    return lines[0][max(0, lines[0].index(country) - 1)]


def _life(profile: Profile, today: date) -> Iterator[tuple[str, Fact]]:
    exists = profile.has_legal_entity
    created = profile.created_on
    if created is not None:
        yield "created_on", Day(created, today)
    if created is not None and created <= today:
        months = float(months_between(created, today))
        yield "age_months", Between(months, months)
    if exists is None and created is not None:
        exists = created <= today
    if profile.is_registered_in_france:
        exists = True
    if exists is not None:
        yield "has_legal_entity", Flag(exists)


def _aid(profile: Profile, today: date, listed: ListedAid) -> dict[str, Fact]:
    """Return the aid obtained, and the de minimis total of the single undertaking."""
    total = _single_undertaking(profile, today)
    facts: dict[str, Fact] = {} if total == UNBOUNDED else {"de_minimis_received_eur": total}
    if profile.prior_aid is not None:
        facts["prior_aid"] = Aids(obtained(profile.prior_aid, listed), today)
    return facts


def _single_undertaking(profile: Profile, today: date) -> Between:
    """Return the de minimis aid of the company and of every enterprise that is linked to it."""
    total = de_minimis_received(profile.prior_aid, profile.de_minimis_received_eur, today)
    for one in linked(profile.enterprises):
        part = de_minimis_received(one.prior_aid, one.de_minimis_received_eur, today)
        total = Between(total.low + part.low, total.high + part.high)
    return total


def size(profile: Profile) -> Size:
    """Return the company's size class with what it rests on."""
    own = Figures.stated(profile.headcount, profile.turnover_eur, profile.balance_sheet_eur)
    return size_of(own, profile.enterprises, profile.previous_accounts or ())


def _size(profile: Profile) -> dict[str, Fact]:
    sizes = size(profile)
    basis = _AS_AUTONOMOUS if profile.enterprises is None else None
    return {"company_size": OneOf(sizes.classes, basis)} if sizes.known else {}


_AS_AUTONOMOUS = Text(fr="comme entreprise autonome", en="as an autonomous enterprise")
