"""All territories above the communes, and the other codes that lead to them."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiff_contracts.territory.tables import (
    ASSOCIATED,
    COLLECTIVITIES,
    ENGLISH,
    FORMER_REGIONS,
    MEMBERS,
    NUTS3_OF_REGIONS,
    OFFICIAL,
    OTHER_NAMES,
    OVERSEAS_COUNTRIES,
    PARTS_OF_COUNTRIES,
    REGIONS,
)

GROUPS = ("WORLD", "EU-ASSOCIATED", "EU")
METROPOLIS = "DEP-69M"
_ALPHA2 = 2


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory: its canonical code, its names and the code of what contains it.

    `aliases` are the other codes by which lists of places offer it.
    """

    code: str
    label_fr: str
    parent: str | None
    aliases: tuple[str, ...] = ()
    english: str | None = None

    @property
    def label_en(self) -> str:
        """The English name."""
        return self.english or ENGLISH.get(self.code, self.label_fr)


def _all() -> Iterator[Territory]:
    yield Territory("WORLD", "Monde", None)
    yield Territory("EU-ASSOCIATED", "UE et pays associés", "WORLD")
    yield Territory("EU", "Union européenne", "EU-ASSOCIATED", ("UE",))
    for group in ("EU", "EU-ASSOCIATED", "WORLD"):
        for code, row in OFFICIAL["countries"].items():
            if code not in _IN_FRANCE and _group_of(code) == group:
                yield _country(code, row)
    yield from _inside_france()


def _country(code: str, row: dict[str, list[str]]) -> Territory:
    french, english = row["names"]
    parent = PARTS_OF_COUNTRIES.get(code) or _group_of(code)
    return Territory(code, french, parent, ("PAYS-99100",) if code == "FR" else (), english)


def _group_of(country: str) -> str:
    if country in MEMBERS or country in PARTS_OF_COUNTRIES:
        return "EU"
    return "EU-ASSOCIATED" if country in ASSOCIATED | OVERSEAS_COUNTRIES else "WORLD"


def _inside_france() -> Iterator[Territory]:
    for number, (iso, nuts, _) in REGIONS.items():
        yield Territory(f"REG-{number}", OFFICIAL["regions"][number], "FR", (iso, nuts))
    for number, (name, region, *_) in FORMER_REGIONS.items():
        yield Territory(f"REG-{number}", name, f"REG-{region}")
    nuts3 = {department: code for department, _, code in _nuts3()}
    for number, (name, region) in OFFICIAL["departments"].items():
        if region is None:
            iso = COLLECTIVITIES[number][0]
            yield Territory(f"DEP-{number}", name, "FR", (f"FR-{iso}", iso))
        else:
            names = tuple(filter(None, (_iso_of(number), nuts3.get(number))))
            yield Territory(f"DEP-{number}", name, f"REG-{region}", names)
    yield Territory(METROPOLIS, "Métropole de Lyon", "DEP-69", ("FR-69M",))
    for insee, name in OFFICIAL["communes"].items():
        yield Territory(f"COM-{insee}", name, f"DEP-{insee[:2]}")


def _iso_of(department: str) -> str | None:
    """Overseas departments share their ISO code with their region, which keeps it."""
    return None if department.startswith("97") else f"FR-{department}"


def _nuts3() -> Iterator[tuple[str, str, str]]:
    """Yield the departments of the mainland with their NUTS code of 2013 and the one in force."""
    former = ((old, new, listed) for *_, old, new, listed in FORMER_REGIONS.values())
    for old, new, listed in (*NUTS3_OF_REGIONS, *former):
        for place, department in enumerate(listed.split(), 1):
            yield department, f"{old}{place}", f"{new}{place}"


def _other_codes() -> Iterator[tuple[str, str]]:
    """Yield other codes with the one that they lead to."""
    for entry in TERRITORIES.values():
        yield from ((alias, entry.code) for alias in entry.aliases)
    for code, row in OFFICIAL["countries"].items():
        if code not in _IN_FRANCE:
            yield from ((other, code) for other in row["others"])
    for number, (_, _, others) in REGIONS.items():
        yield from ((other, f"REG-{number}") for other in others)
    for number, codes in COLLECTIVITIES.items():
        yield from ((other, f"DEP-{number}") for other in (*codes, f"REG-{number}"))
    for number, (_, _, *former, _) in FORMER_REGIONS.items():
        yield from ((other, f"REG-{number}") for other in former)
    for department, old, new in _nuts3():
        yield from ((other, f"DEP-{department}") for other in (old, new))
    yield from OTHER_NAMES.items()


# Territories of France that are countries of ISO 3166-1: a place inside France, not beside it.
_IN_FRANCE = frozenset(
    code
    for codes in (*COLLECTIVITIES.values(), *(others for _, _, others in REGIONS.values()))
    for code in codes
    if len(code) == _ALPHA2
)
# Every code of a country in ISO 3166-1, in force or former; PAYS- and other sets have their own.
COUNTRY_CODES = frozenset(
    other for code, row in OFFICIAL["countries"].items() for other in (code, *row["others"])
)
TERRITORIES: dict[str, Territory] = {entry.code: entry for entry in _all()}
OTHER_CODES: dict[str, str] = dict(_other_codes())
# What contains a territory beside its parent: a region that was, as old texts still name it.
FORMERLY_IN: dict[str, str] = {
    f"DEP-{department}": f"REG-{number}"
    for number, (*_, listed) in FORMER_REGIONS.items()
    for department in listed.split()
}
