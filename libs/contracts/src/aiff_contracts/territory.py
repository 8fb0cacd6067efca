"""Territories as a hierarchy: Union > country > region > department > commune.

Codes follow the French official geography (INSEE COG) with its level prefix (`REG-11`,
`DEP-75`, `COM-75056`) inside France and ISO 3166-1 for countries; `EU` is the Union. The ISO
3166-2 codes (`FR-IDF`) and NUTS codes (`FR1`, `FR101`) are accepted as other names. A region
contains its departments, a country its regions, the Union its members: an offer for the
whole is an offer for the part.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiff_contracts.territory_tables import (
    ASSOCIATED,
    COMMUNES,
    DEPARTMENTS,
    ENGLISH,
    MEMBERS,
    NUTS3,
    OTHER_COUNTRIES,
    REGIONS,
)


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory: its canonical code, its French name and the code of what contains it."""

    code: str
    label_fr: str
    parent: str | None
    aliases: tuple[str, ...] = ()

    @property
    def label_en(self) -> str:
        """The English name."""
        return ENGLISH.get(self.code, self.label_fr)


def _all() -> Iterator[Territory]:
    yield Territory("WORLD", "Monde", None)
    yield Territory("EU-ASSOCIATED", "UE et pays associés", "WORLD")
    yield Territory("EU", "Union européenne", "EU-ASSOCIATED", ("UE",))
    for code, name in MEMBERS.items():
        yield Territory(code, name, "EU", ("PAYS-99100",) if code == "FR" else ())
    for code, name in ASSOCIATED.items():
        yield Territory(code, name, "EU-ASSOCIATED")
    for code, name in OTHER_COUNTRIES.items():
        yield Territory(code, name, "WORLD")
    for number, (name, iso, nuts) in REGIONS.items():
        yield Territory(f"REG-{number}", name, "FR", (iso, nuts))
    for number, (name, region) in DEPARTMENTS.items():
        names = tuple(filter(None, (_iso_of(number), NUTS3.get(number))))
        yield Territory(f"DEP-{number}", name, f"REG-{region}", names)
    for insee, (name, department) in COMMUNES.items():
        yield Territory(f"COM-{insee}", name, f"DEP-{department}")


def _iso_of(department: str) -> str | None:
    """Overseas departments share their ISO code with their region, which keeps it."""
    return None if department.startswith("97") else f"FR-{department}"


TERRITORIES: dict[str, Territory] = {entry.code: entry for entry in _all()}
_ALIASES: dict[str, str] = {
    alias: entry.code for entry in TERRITORIES.values() for alias in entry.aliases
}
_COMMUNE = re.compile(r"COM-(97[1-6]|2[AB]|\d{2})\d{2,3}")


def canonical(code: str) -> str:
    """Return the canonical code of a territory; ValueError where no table knows it.

    Any well-formed commune code is accepted: its department follows from its first digits.
    """
    folded = code.strip().upper()
    if folded in TERRITORIES:
        return folded
    if folded in _ALIASES:
        return _ALIASES[folded]
    if _COMMUNE.fullmatch(folded) and len(folded) == len("COM-75056"):
        return folded
    message = f"unknown territory {code!r}: use EU, a country (FR), REG-11, DEP-75, COM-75056"
    raise ValueError(message)


def parent_of(code: str) -> str | None:
    """Return the canonical code of the smallest territory that contains this one."""
    known = TERRITORIES.get(code)
    if known is not None:
        return known.parent
    matched = _COMMUNE.fullmatch(code)
    return f"DEP-{matched.group(1)}" if matched else None


def ancestry(code: str) -> tuple[str, ...]:
    """Return the canonical code and all that contain it, smallest first."""
    codes: list[str] = []
    current: str | None = canonical(code)
    while current is not None:
        codes.append(current)
        current = parent_of(current)
    return tuple(codes)


def contains(outer: str, inner: str) -> bool:
    """Tell whether `inner` lies in `outer` (a territory contains itself)."""
    return canonical(outer) in ancestry(inner)


def name_of(code: str) -> tuple[str, str]:
    """Return a territory's French and English name, its code where the table has no name.

    ValueError where no table knows the code.
    """
    known = TERRITORIES.get(canonical(code))
    return (known.label_fr, known.label_en) if known else (code, code)


def names_of(codes: Iterable[str]) -> tuple[str, str]:
    """Return the French and the English enumeration of territories."""
    names = [name_of(code) for code in codes]
    return ", ".join(french for french, _ in names), ", ".join(english for _, english in names)
