"""What the columns of a partner's table mean: which field of an offer, written in which way.

Nothing is guessed: a column that the mapping does not know refuses the file. Names of columns are
compared as people see them: composed, without the blanks that a cell has around and between words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from annotated_types import MaxLen, MinLen

from aiff_catalog.imports.domain import aid_schemes
from aiff_catalog.imports.domain.aid_scheme_cells import CellError
from aiff_catalog.imports.domain.aid_scheme_limits import over_limits
from aiff_catalog.imports.domain.cells import (
    WANTED,
    Cell,
    CellFault,
    CellType,
    is_blank,
    shown,
    value_of,
)
from aiff_contracts.codec import Fault, Faults, pointers_above
from aiff_contracts.language import Strict
from aiff_contracts.spelling.texts import cleaned

Encoding = Literal["utf-8", "utf-16", "cp1252"]
# The two columns that the file of errors adds: they may stay in the mended file.
LINE, REASON = "import_line", "import_reason"
EXTERNAL_ID = "external_id"
_POINTER = re.compile(r"^(/[a-z0-9_]{1,80}){1,8}$")
_MOST_PLACES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Strict):
    """Where a column goes (JSON pointer in the offer's content) and how its cells are written."""

    to: str
    type: CellType = "text"
    separator: str = "|"


Targets = Target | Annotated[tuple[Target, ...], MinLen(1), MaxLen(20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping(Strict):
    """How a partner's tables are read.

    `external_id` is the column of the partner's own identifier. A column fills one field or
    several. `constants` are fields that are the same in every row. `ignored` columns are left out
    knowingly. `encoding` is that of text files whose bytes do not tell it. `sheet` names the one
    of a workbook that is read, where there are several. `standard` reads the columns of a
    published table schema, which explains itself: then there are no `columns`.
    """

    columns: Mapping[str, Targets] = field(default_factory=dict)
    standard: Literal["dispositif-aide"] | None = None
    external_id: str = EXTERNAL_ID
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    encoding: Encoding = "utf-8"
    delimiter: Literal[",", ";", "\t"] = ","
    sheet: Annotated[str, MinLen(1), MaxLen(31)] | None = None

    def __post_init__(self) -> None:
        """Raise Faults for names that are one, and pointers that lead nowhere or are repeated."""
        faults = [*self._named(), *self._placed()]
        if self.standard and self.columns:
            detail = "a published standard explains its columns itself; leave them out"
            faults.append(Fault("/columns", "forbidden", detail))
        if faults:
            raise Faults(faults)

    def _named(self) -> Iterator[Fault]:
        """Keep the names of columns as they are compared, and yield those that come twice."""
        names = [column_name(name) for name in self.columns]
        times = Counter(names)
        for given, name in zip(self.columns, names, strict=True):
            if times[name] > 1:
                yield Fault(f"/columns/{given}", "column_repeated", f"{name!r} comes twice")
        named = dict(zip(names, self.columns.values(), strict=True))
        object.__setattr__(self, "columns", named)
        object.__setattr__(self, "external_id", column_name(self.external_id))
        object.__setattr__(self, "ignored", tuple(map(column_name, self.ignored)))

    def _placed(self) -> Iterator[Fault]:
        places = [
            *((f"/columns/{name}/to", target.to) for name, target in self.targets()),
            *((f"/constants/{to}", to) for to in self.constants),
        ]
        filled = Counter(to for _, to in places)
        above = {outer for to in filled for outer in pointers_above(to)}
        for where, to in places:
            if fault := _place_fault(where, to, is_repeated=filled[to] > 1 or to in above):
                yield fault

    def targets(self) -> Iterator[tuple[str, Target]]:
        """Yield each field that a column fills, with the column's name."""
        for name, target in self.columns.items():
            for one in (target,) if isinstance(target, Target) else target:
                yield name, one

    @property
    def identifier(self) -> str:
        """Return the column of the partner's own identifier."""
        return aid_schemes.IDENTIFIER if self.standard else self.external_id

    def check_header(self, header: Sequence[str]) -> None:
        """Raise Faults for columns that are missing, repeated or not explained."""
        explained = aid_schemes.COLUMNS if self.standard else self.columns
        wanted = aid_schemes.REQUIRED if self.standard else self.columns
        known = {self.identifier, *explained, *self.ignored, LINE, REASON}
        faults = [
            Fault(f"/{name}", "column_unknown", f"the column {name!r} is not in the mapping")
            for name in header
            if name and name not in known
        ]
        missing = [name for name in dict.fromkeys((self.identifier, *wanted)) if name not in header]
        faults += [
            Fault(f"/{name}", "column_missing", f"the file has no column {name!r}")
            for name in missing
        ]
        repeated = {name for name in header if name and header.count(name) > 1}
        faults += [
            Fault(f"/{name}", "column_repeated", f"the column {name!r} comes twice")
            for name in sorted(repeated)
        ]
        if faults:
            raise Faults(faults)

    def column_of(self, pointer: str) -> str | None:
        """Return the column that fills a field, or fills what is in or around it."""
        if self.standard:
            return aid_schemes.column_of(pointer)
        for name, target in self.targets():
            if pointer == target.to or pointer.startswith(f"{target.to}/"):
                return name
        inside = (one for one, target in self.targets() if target.to.startswith(pointer))
        return next(inside, None) if pointer else None


def column_name(given: str) -> str:
    """Return the name of a column as it is compared."""
    return " ".join(cleaned(given).split())


def named_by_pointers(header: Sequence[str]) -> ColumnMapping:
    """Return the mapping of a table whose columns are called by the pointers of their fields."""
    return ColumnMapping(
        columns={name: Target(to=name) for name in header if name.startswith("/")},
    )


def offer_of(
    mapping: ColumnMapping, cells: Mapping[str, Cell], known: Sequence[CellFault] = ()
) -> tuple[dict[str, Any], list[CellFault]]:
    """Return the content that a row describes, and what cannot be read of it.

    An empty cell says nothing: its field is left out. Cells of which a fault is known already are
    not read.
    """
    offer: dict[str, Any] = {}
    faults = list(known)
    if mapping.standard and not faults:
        # Two parts may read one cell.
        faults += dict.fromkeys(_by_standard(offer, mapping, cells))
    for to, value in mapping.constants.items():
        _put(offer, to, value)
    faulty = {fault.column for fault in faults}
    faults += _by_columns(offer, mapping, {n: cell for n, cell in cells.items() if n not in faulty})
    return _with_lists(offer), faults


def _by_columns(
    offer: dict[str, Any], mapping: ColumnMapping, cells: Mapping[str, Cell]
) -> Iterator[CellFault]:
    for name, target in mapping.targets():
        cell = cells.get(name, "")
        if is_blank(cell):
            continue
        try:
            _put(offer, target.to, value_of(target.type, cell, target.separator))
        except ValueError:
            detail = f"{shown(cell)[:80]!r} is not {WANTED[target.type]}"
            yield CellFault(name, f"not_{target.type}", detail)


def _by_standard(
    offer: dict[str, Any], mapping: ColumnMapping, cells: Mapping[str, Cell]
) -> Iterator[CellFault]:
    texts = {name: cleaned(shown(cell)) for name, cell in cells.items()}
    yield from over_limits(texts)
    for part in aid_schemes.parts_of(texts, mapping.constants):
        try:
            for to, value in part:
                _put(offer, to, value)
        except CellError as error:
            yield CellFault(error.column, "not_the_standard_s", str(error))


def _put(offer: dict[str, Any], to: str, value: Any) -> None:
    *way, last = to.split("/")[1:]
    place = offer
    for step in way:
        place = place.setdefault(step, {})
    place[last] = value


def _with_lists(value: Any) -> Any:
    """Return objects whose keys are all numbers as lists, in the order of the numbers."""
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(one) for key, one in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


def _place_fault(where: str, to: str, *, is_repeated: bool) -> Fault | None:
    if not _POINTER.match(to) or any(int(number) >= _MOST_PLACES for number in _numbers(to)):
        return Fault(where, "pointer_invalid", f"{to!r} is no JSON pointer to a field")
    if is_repeated:
        return Fault(where, "pointer_repeated", f"{to} is filled twice")
    return None


def _numbers(pointer: str) -> list[str]:
    return [one for one in pointer.split("/") if one.isdigit()]
