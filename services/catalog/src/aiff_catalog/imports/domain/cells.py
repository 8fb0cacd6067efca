"""What a cell of a table says: a text, a number, a day, a truth value, in the way it is written.

Nothing is guessed: a date or a number that is written in another way than the mapping says, and a
formula, are faults of their column.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from aiff_contracts.spelling.texts import cleaned, is_heaped

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
_EXTERNAL_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._:~-]{0,119}$")
_FORMULAS = ("=", "\uff1d")
# A workbook keeps fifteen digits of a number: what a longer one ends with is lost.
_MOST_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in which column; None where it is about the whole row."""

    column: str | None
    code: str
    detail: str


def shown(cell: Cell) -> str:
    """Return a cell as a table of texts writes it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        day = cell.date().isoformat()
        return day if cell.time() == time.min else f"{day}T{cell.time().isoformat()}"
    return cell if isinstance(cell, str) else _digits(cell)


def is_blank(cell: Cell) -> bool:
    """Tell whether nothing can be seen in a cell."""
    return isinstance(cell, str) and not cleaned(cell)


def never_right(column: str, cell: Cell) -> CellFault | None:
    """Return what is wrong with a cell whatever it is for: a formula, or no text."""
    if not isinstance(cell, str):
        return None
    if cell.lstrip().startswith(_FORMULAS):
        return CellFault(column, "formula", "a formula is not evaluated; write its value")
    if is_heaped(cell):
        detail = "more than 30 marks on one letter; remove them"
        return CellFault(column, "not_text", detail)
    if "\0" in cell:
        detail = "a NUL character; is the file in the named encoding?"
        return CellFault(column, "not_text", detail)
    return None


def identifier_of(cell: Cell) -> str | None:
    """Return a partner's identifier: a text, or a whole number that keeps all its digits.

    None where a spreadsheet made something else of it (a day, a truth value, a rounded number).
    """
    if isinstance(cell, str):
        return cleaned(cell)
    if isinstance(cell, bool | datetime) or not -_MOST_EXACT < cell < _MOST_EXACT:
        return None
    return str(int(cell)) if cell == int(cell) else None


def identifier_fault(column: str, given: str | None) -> CellFault | None:
    """Return what is wrong with a partner's identifier."""
    if given is None:
        detail = "a number or a day made of the identifier; give the cell the format of a text"
        return CellFault(column, "external_id_invalid", detail)
    if not given:
        detail = "is missing; every row needs the identifier that the offer has at its partner"
        return CellFault(column, "missing", detail)
    if _EXTERNAL_ID.match(given):
        return None
    detail = "give 1 to 120 letters, digits or . _ : ~ -, beginning with a letter or digit"
    return CellFault(column, "external_id_invalid", detail)


def value_of(wanted: CellType, cell: Cell, separator: str) -> Any:
    """Return what a cell says, or raise ValueError where it is not written as the type wants."""
    if not isinstance(cell, str):
        return _typed(wanted, cell)
    text = cleaned(cell)
    if wanted == "list":
        return [one for part in text.split(separator) if (one := cleaned(part))]
    return _READ[wanted](text)


_POINT = "a number with a point (1234.56) without other separators"
_COMMA = "a number with a comma (1234,56 or 1 234,56)"
WANTED: dict[CellType, str] = {
    "text": "a text; give the cell the format of a text, for a number may have lost zeros",
    "list": "a list",
    "integer": "a whole number in digits alone",
    "number": _POINT,
    "number_comma": _COMMA,
    "amount": _POINT,
    "amount_comma": _COMMA,
    "date": "a date as YYYY-MM-DD",
    "date_dmy": "a date as DD/MM/YYYY",
    "boolean": "true, false, vrai, faux, oui, non, yes or no",
}
# A number that is one has no comma.
_POINTED: dict[CellType, CellType] = {
    "integer": "integer",
    "number": "number",
    "number_comma": "number",
    "amount": "amount",
    "amount_comma": "amount",
}
_TRUTH = dict.fromkeys(("true", "vrai", "oui", "yes"), True) | dict.fromkeys(
    ("false", "faux", "non", "no"), False
)
# French spreadsheets write a number of a thousand and more with one of these between its threes.
_GROUPED = re.compile(r"-?\d{1,3}([ \u00a0\u202f]\d{3})+(,\d{1,9})?", re.ASCII)
_GAPS = str.maketrans("", "", " \u00a0\u202f")


def _matching(pattern: str, text: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise ValueError(text)
    return text


def _pointed(text: str, point: str) -> str:
    if point == "," and _GROUPED.fullmatch(text):
        text = text.translate(_GAPS)
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


def _typed(wanted: CellType, cell: float | datetime) -> Any:
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
