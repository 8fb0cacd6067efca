"""The communes in force and the municipal arrondissements, read when first asked for.

The table has 35,000 lines: it is read once a process, in some 50 ms, where a commune is named.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_OVERSEAS = ("97", "98")
_NAME, _INHABITANTS, _WITHIN, _POSTAL, _FORMER, _FORMER_NAMES = range(6)


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune in force or a municipal arrondissement, by its INSEE code without a prefix.

    `within` is the code of a city or of the Lyon metropolis where it lies in one; `inhabitants`
    is None where none are counted.
    """

    insee: str
    name: str
    inhabitants: int | None
    within: str
    postal_codes: tuple[str, ...]
    former_codes: tuple[str, ...]

    @property
    def department(self) -> str:
        """The code of the department or overseas collectivity, which the first digits tell."""
        return f"DEP-{self.insee[: 3 if self.insee.startswith(_OVERSEAS) else 2]}"

    @property
    def parent(self) -> str:
        """The code of the city of an arrondissement, else of the department."""
        return f"COM-{self.within}" if self.is_arrondissement else self.department

    @property
    def is_arrondissement(self) -> bool:
        """Tell whether it is a part of Paris, Lyon or Marseille."""
        return self.within.isdigit()

    @property
    def in_metropolis(self) -> bool:
        """Tell whether it lies in the Lyon metropolis."""
        return bool(self.within) and not self.is_arrondissement


def commune(insee: str) -> Commune | None:
    """Return a commune in force or an arrondissement, None where the number is none."""
    line = _lines().get(insee)
    return None if line is None else _read(insee, line)


@cache
def in_force_for() -> Mapping[str, str]:
    """Return for each former INSEE code the code of the commune in force that it is in."""
    return {old: insee for insee, line in _lines().items() for old in _cell(line, _FORMER).split()}


# La Poste gives these to nobody, and people write them for the whole city.
_WHOLE_CITIES = {"75000": ("75056",), "69000": ("69123",), "13000": ("13055",)}


@cache
def by_postal_code() -> Mapping[str, tuple[str, ...]]:
    """Return for each postal code the INSEE codes that it serves.

    Where an arrondissement has the code, its city, which has the codes of all, is left out.
    """
    served: defaultdict[str, list[str]] = defaultdict(list)
    cities: defaultdict[str, set[str]] = defaultdict(set)
    for insee, line in _lines().items():
        for code in _cell(line, _POSTAL).split():
            served[code].append(insee)
            cities[code].add(_cell(line, _WITHIN))
    parts = {
        code: tuple(insee for insee in found if insee not in cities[code])
        for code, found in served.items()
    }
    return _WHOLE_CITIES | parts


def named() -> Iterator[tuple[str, str, int, str]]:
    """Yield every name: the INSEE code, the name, the inhabitants, the former names (by `|`)."""
    for insee, line in _lines().items():
        counted = _cell(line, _INHABITANTS)
        yield insee, _cell(line, _NAME), int(counted or 0), _cell(line, _FORMER_NAMES)


def _cell(line: str, place: int) -> str:
    """Return one cell of a line; empty ones at its end are not written."""
    cells = line.split("\t", place + 1)
    return cells[place] if place < len(cells) else ""


@cache
def _lines() -> Mapping[str, str]:
    text = files("aiff_contracts").joinpath("territory/communes.tsv").read_text(encoding="utf-8")
    split = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return {insee: rest for insee, _, rest in split}


def _read(insee: str, line: str) -> Commune:
    counted = _cell(line, _INHABITANTS)
    return Commune(
        insee,
        _cell(line, _NAME),
        int(counted) if counted else None,
        _cell(line, _WITHIN),
        tuple(_cell(line, _POSTAL).split()),
        tuple(_cell(line, _FORMER).split()),
    )
