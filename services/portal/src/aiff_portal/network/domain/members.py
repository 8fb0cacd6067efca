"""Who is in the network, by the country of those who answer for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiff_portal.network.domain.europe import Outline, europe
from aiff_portal.ui.domain.formats import Formats

Document = Mapping[str, Any]
# What belongs to no country stands last, as what belongs to all of them.
_UNION = "EU"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the network as a list names it."""

    title: str
    address: str
    provider: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its members; `outline` None where the map does not show it."""

    code: str
    name: str
    members: tuple[Member, ...]
    outline: Outline | None


def countries_of(
    offers: Sequence[Document], organisations: Iterable[Document], formats: Formats, home: str
) -> tuple[Country, ...]:
    """Return the countries that have members, by their names in the language of the page."""
    seats = {one["slug"]: one["country"] for one in organisations}
    found: defaultdict[str, list[Member]] = defaultdict(list)
    for offer in offers:
        provider = offer["providers"][0]
        title = formats.text(offer["title"]) or offer["slug"]
        member = Member(title, f"{home}offers/{offer['slug']}", provider["name"])
        found[seats.get(provider["slug"], _UNION)].append(member)
    made = (_country(code, members, formats) for code, members in found.items())
    return tuple(sorted(made, key=lambda one: (one.code == _UNION, one.name)))


def _country(code: str, members: list[Member], formats: Formats) -> Country:
    name = formats.countries((code,)) or code
    return Country(code, name, tuple(members), europe().countries.get(code))
