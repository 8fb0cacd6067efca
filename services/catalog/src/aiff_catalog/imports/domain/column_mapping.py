"""What the columns of a partner's table mean: which field of an offer, written in which way.

Nothing is guessed: a column that the mapping does not know, a date or a number that is written in
another way than it says, and a formula are faults of their column.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal

from annotated_types import MaxLen, MinLen

from aiff_catalog.imports.domain import aid_schemes
from aiff_contracts.codec import Fault, Faults
from aiff_contracts.language import Strict

CellType = Literal[
    "text",
    "list",
    "integer",
    "number",
    "number_comma",
    "amount",
    "amount_comma",
    "date",
    "date_dmy",
    "boolean",
]
# A cell of a text file is a text; a workbook's own numbers, days and truth values are no guess.
Cell = str | int | float | bool | datetime
Encoding = Literal["utf-8", "utf-16", "cp1252"]
# The two columns that the file of errors adds: they may stay in the mended file.
LINE, REASON = "import_line", "import_reason"
EXTERNAL_ID = "external_id"
_POINTER = re.compile(r"^(/[a-z0-9_]{1,80}){1,8}$")
_EXTERNAL_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._:~-]{0,119}$")
_FORMULAS = ("=", "'=", "\uff1d")
# A spreadsheet's guard before what it would calculate; the catalogue's own CSV writes it too.
_GUARDED = ("'+", "'-", "'@")
_MOST_PLACES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Strict):
    """Where a column goes (JSON pointer in the offer's content) and how its cells are written."""

    to: str
    type: CellType = "text"
    separator: str = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping(Strict):
    """How a partner's tables are read.

    `external_id` is the column of the partner's own identifier. `constants` are fields that are
    the same in every row. `ignored` columns are left out knowingly. `sheet` names the one of a
    workbook that is read, where there are several. `standard` reads the columns of a published
    table schema, which explains itself: then there are no `columns`.
    """

    columns: Mapping[str, Target] = field(default_factory=dict)
    standard: Literal["dispositif-aide"] | None = None
    external_id: str = EXTERNAL_ID
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    encoding: Encoding = "utf-8"
    delimiter: Literal[",", ";", "\t"] = ","
    sheet: Annotated[str, MinLen(1), MaxLen(31)] | None = None

    def __post_init__(self) -> None:
        """Raise Faults for pointers that can lead nowhere, or twice to the same field."""
        places = [
            *((f"/columns/{name}/to", target.to) for name, target in self.columns.items()),
            *((f"/constants/{to}", to) for to in self.constants),
        ]
        filled = [to for _, to in places]
        faults = [fault for where, to in places if (fault := _place_fault(where, to, filled))]
        if self.standard and self.columns:
            detail = "a published standard explains its columns itself; leave them out"
            faults.append(Fault("/columns", "forbidden", detail))
        if faults:
            raise Faults(faults)

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
            if name not in known
        ]
        missing = [name for name in dict.fromkeys((self.identifier, *wanted)) if name not in header]
        faults += [
            Fault(f"/{name}", "column_missing", f"the file has no column {name!r}")
            for name in missing
        ]
        repeated = {name for name in header if header.count(name) > 1}
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
        for name, target in self.columns.items():
            if pointer == target.to or pointer.startswith(f"{target.to}/"):
                return name
        inside = (one for one, target in self.columns.items() if target.to.startswith(pointer))
        return next(inside, None) if pointer else None


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in which column; None where it is about the whole row."""

    column: str | None
    code: str
    detail: str


def named_by_pointers(header: Sequence[str]) -> ColumnMapping:
    """Return the mapping of a table whose columns are called by the pointers of their fields."""
    return ColumnMapping(
        columns={name: Target(to=name) for name in header if name.startswith("/")},
    )


def offer_of(
    mapping: ColumnMapping, cells: Mapping[str, Cell]
) -> tuple[dict[str, Any], list[CellFault]]:
    """Return the content that a row describes, and what cannot be read of it.

    An empty cell says nothing: its field is left out.
    """
    offer: dict[str, Any] = {}
    faults = [fault for name in cells if (fault := _never_right(name, cells[name]))]
    if mapping.standard and not faults:
        faults += _by_standard(offer, mapping, cells)
    for to, value in mapping.constants.items():
        _put(offer, to, value)
    for name, target in mapping.columns.items():
        cell = cells.get(name, "")
        if _is_empty(cell) or any(fault.column == name for fault in faults):
            continue
        try:
            _put(offer, target.to, _value(target, cell))
        except ValueError:
            detail = f"{shown(cell)[:80]!r} is not {_WANTED[target.type]}"
            faults.append(CellFault(name, f"not_{target.type}", detail))
    return _with_lists(offer), faults


def _by_standard(
    offer: dict[str, Any], mapping: ColumnMapping, cells: Mapping[str, Cell]
) -> Iterator[CellFault]:
    texts = {name: _unguarded(shown(cell).strip()) for name, cell in cells.items()}
    try:
        for to, value in aid_schemes.fields_of(texts, mapping.constants):
            _put(offer, to, value)
    except aid_schemes.CellError as error:
        yield CellFault(error.column, "not_the_standard_s", str(error))


def shown(cell: Cell) -> str:
    """Return a cell as a table of texts writes it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        day = cell.date().isoformat()
        return day if cell.time() == time.min else f"{day}T{cell.time().isoformat()}"
    return cell if isinstance(cell, str) else _digits(cell)


def external_id_fault(column: str, given: str) -> CellFault | None:
    """Return what is wrong with a partner's identifier."""
    if _EXTERNAL_ID.match(given):
        return None
    detail = "give 1 to 120 letters, digits or . _ : ~ -, beginning with a letter or digit"
    return CellFault(column, "external_id_invalid", detail)


_POINT = "a number with a point (1234.56) without other separators"
_COMMA = "a number with a comma (1234,56) without other separators"
_WANTED: dict[CellType, str] = {
    "text": "a text; give the cell the format of a text, for a number may have lost zeros",
    "list": "a list",
    "integer": "a whole number in digits alone",
    "number": _POINT,
    "number_comma": _COMMA,
    "amount": _POINT,
    "amount_comma": _COMMA,
    "date": "a date as YYYY-MM-DD",
    "date_dmy": "a date as DD/MM/YYYY",
    "boolean": "true, false, oui or non",
}
# A number that is one has no comma.
_POINTED: dict[CellType, CellType] = {
    "integer": "integer",
    "number": "number",
    "number_comma": "number",
    "amount": "amount",
    "amount_comma": "amount",
}
_TRUTH = {"true": True, "oui": True, "false": False, "non": False}


def _is_empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _never_right(name: str, cell: Cell) -> CellFault | None:
    if not isinstance(cell, str):
        return None
    if cell.lstrip().startswith(_FORMULAS):
        return CellFault(name, "formula", "a formula is not evaluated; write its value")
    if "\0" in cell:
        return CellFault(name, "not_text", "a NUL character; is the file in the named encoding?")
    return None


def _matching(pattern: str, text: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise ValueError(text)
    return text


def _pointed(text: str, point: str) -> str:
    return _matching(rf"-?\d{{1,15}}([{point}]\d{{1,9}})?", text).replace(point, ".")


def _day(text: str, pattern: str, written: str) -> str:
    # Instants without a zone are meant: a day has none.
    return datetime.strptime(_matching(pattern, text), written).date().isoformat()  # noqa: DTZ007


def _truth(text: str) -> bool:
    if text.lower() not in _TRUTH:
        raise ValueError(text)
    return _TRUTH[text.lower()]


_READ: dict[CellType, Callable[[str], Any]] = {
    "text": str,
    "integer": lambda text: int(_matching(r"-?\d{1,15}", text)),
    "number": lambda text: float(_pointed(text, ".")),
    "number_comma": lambda text: float(_pointed(text, ",")),
    # An amount of money stays the text that it is: no binary fraction is exact.
    "amount": lambda text: _pointed(text, "."),
    "amount_comma": lambda text: _pointed(text, ","),
    "date": lambda text: date.fromisoformat(_matching(r"\d{4}-\d\d-\d\d", text)).isoformat(),
    "date_dmy": lambda text: _day(text, r"\d\d/\d\d/\d{4}", "%d/%m/%Y"),
    "boolean": _truth,
}


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith(_GUARDED) else text


def _value(target: Target, cell: Cell) -> Any:
    if not isinstance(cell, str):
        return _typed(target.type, cell)
    text = _unguarded(cell.strip())
    if target.type == "list":
        return [part.strip() for part in text.split(target.separator) if part.strip()]
    return _READ[target.type](text)


def _typed(wanted: CellType, cell: Cell) -> Any:
    """Return a workbook's own value where it is one of the wanted kind, or raise ValueError."""
    match wanted:
        case "boolean" if isinstance(cell, bool):
            return cell
        case "date" | "date_dmy" if isinstance(cell, datetime) and cell.time() == time.min:
            return cell.date().isoformat()
        case _ if wanted in _POINTED and not isinstance(cell, bool | datetime):
            return _READ[_POINTED[wanted]](shown(cell))
    raise ValueError(cell)


def _digits(number: float) -> str:
    """Return a number without exponent, with the fifteen digits that a workbook keeps."""
    plain = f"{Decimal(format(number, '.15g')):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


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


def _place_fault(where: str, to: str, filled: Sequence[str]) -> Fault | None:
    if not _POINTER.match(to) or any(int(number) >= _MOST_PLACES for number in _numbers(to)):
        return Fault(where, "pointer_invalid", f"{to!r} is no JSON pointer to a field")
    if filled.count(to) > 1 or any(one.startswith(f"{to}/") for one in filled):
        return Fault(where, "pointer_repeated", f"{to} is filled twice")
    return None


def _numbers(pointer: str) -> list[str]:
    return [one for one in pointer.split("/") if one.isdigit()]
