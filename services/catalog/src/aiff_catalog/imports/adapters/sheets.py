"""Partners' workbooks (XLSX), read row by row and never calculated.

A workbook is an archive of XML: its parts are counted and measured before any is unpacked, and
the XML is read by a parser that expands no entity.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from aiff_catalog.imports.adapters.strict_workbooks import opened
from aiff_catalog.imports.adapters.table import FileLimits, ImportTable, require_count, require_size
from aiff_catalog.imports.application.ports import ImportRow
from aiff_catalog.imports.domain.cells import Cell, CellFault, is_blank
from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_catalog.shared.errors import FileRefusedError

_MOST_PARTS = 2_000
# How a workbook writes a character that XML cannot hold, and what looks like such a code; half a
# surrogate pair is none.
_ESCAPED = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
_ZEROS = re.compile("0{2,}")
_LIKE_FORMULAS = ("=", "\uff1d")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b")
# What the library raises for archives and parts that are no workbook's.
_BROKEN = (
    BadZipFile,
    DefusedXmlException,
    InvalidFileException,
    ParseError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)


class SheetFile:
    """A sheet of a workbook whose first row names the columns."""

    def __init__(self, path: Path, mapping: ColumnMapping | None, limits: FileLimits) -> None:
        """Measure the archive and read the names; FileRefusedError or Faults as for any table."""
        require_size(path, limits.file_bytes)
        self._path, self._limits = path, limits
        self._wanted = None if mapping is None else mapping.sheet
        _measure(path, limits)
        first = next(self._read(), None)
        if first is None:
            raise FileRefusedError(1, "the sheet is empty")
        self._table = ImportTable(first[1], mapping, limits)
        self.columns = self._table.columns

    def rows(self) -> Iterator[ImportRow]:
        """Yield the rows; blank ones are passed over."""
        for count, (line, cells, faults) in enumerate(islice(self._read(), 1, None), 1):
            require_count(count, line, self._limits)
            row = self._table.row(line, cells)
            yield row if not faults else _with(row, self._named(faults))

    def column_of(self, pointer: str) -> str | None:
        """Return the column that fills a field."""
        return self._table.column_of(pointer)

    def _named(self, faults: Sequence[tuple[int, str]]) -> Iterator[CellFault]:
        for place, error in faults:
            name = self.columns[place] if place < len(self.columns) else None
            yield CellFault(
                name, "error_value", f"{error} is an error of the workbook; write a value"
            )

    def _read(self) -> Iterator[tuple[int, list[Cell], list[tuple[int, str]]]]:
        """Yield the number of each row that is not blank, its cells, and its error values."""
        line = 1
        try:
            # Links to other workbooks are not followed; formulas stay what they are.
            with (
                opened(self._path) as raw,
                closing(openpyxl.load_workbook(raw, read_only=True, keep_links=False)) as book,
                closing(self._sheet(book).iter_rows()) as lines,
            ):
                for line, cells in enumerate(lines, 1):
                    # Empty rows between the others take time too.
                    require_count(line // 2, line, self._limits)
                    values = [_cell(cell) for cell in cells]
                    errors = _errors(cells)
                    if errors or not all(map(is_blank, values)):
                        yield line, values, errors
        except _BROKEN as error:
            raise FileRefusedError(line, "not a workbook (.xlsx) that can be read") from error

    def _sheet(self, book: Any) -> Any:
        """Return the sheet that is named, else the only one that people see something in."""
        sheets = book.worksheets
        if self._wanted is not None:
            chosen = [sheet for sheet in sheets if sheet.title == self._wanted]
            if not chosen:
                raise FileRefusedError(1, f"no sheet {self._wanted!r}; there are {_named(sheets)}")
        else:
            seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
            chosen = seen if len(seen) == 1 else [sheet for sheet in seen if _says_something(sheet)]
            if len(chosen) > 1:
                message = f"several sheets ({_named(chosen)}); name one as `sheet` in the mapping"
                raise FileRefusedError(1, message)
        sheet = (chosen or sheets)[0]
        _refuse_merged(self._path, sheet._worksheet_path)  # noqa: SLF001  The library has no public name for it.
        # What a sheet says of its own size is not believed.
        sheet.reset_dimensions()
        return sheet


def _named(sheets: Sequence[Any]) -> str:
    return ", ".join(sheet.title for sheet in sheets)


def _says_something(sheet: Any) -> bool:
    sheet.reset_dimensions()
    return any(cell.value is not None for row in sheet.iter_rows() for cell in row)


def _errors(cells: Sequence[Any]) -> list[tuple[int, str]]:
    return [(place, str(one.value)) for place, one in enumerate(cells) if one.data_type == "e"]


def _with(row: ImportRow, faults: Iterator[CellFault]) -> ImportRow:
    return ImportRow(
        line=row.line,
        external_id=row.external_id,
        offer=row.offer,
        cells=row.cells,
        faults=(*faults, *row.faults),
    )


def _measure(path: Path, limits: FileLimits) -> None:
    """Raise FileRefusedError for an archive that unpacks to more than is read.

    The library that unpacks believes these sizes too: it never returns more than they say.
    """
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise FileRefusedError(1, "not a workbook (.xlsx) that can be read") from error
    shared = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    whole = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or whole > limits.unpacked_bytes or shared > limits.shared_bytes:
        message = f"{len(parts)} parts with {whole} bytes; send it in smaller files, or as CSV"
        raise FileRefusedError(1, message)


def _refuse_merged(path: Path, part: str) -> None:
    """Raise FileRefusedError for merged cells: only one of the rows would have their value."""
    with ZipFile(path) as archive, archive.open(part) as xml:
        before = b""
        while piece := xml.read(1_000_000):
            if _MERGED.search(before + piece):
                raise FileRefusedError(1, "merged cells; unmerge them and fill each one")
            before = piece[-100:]


def _cell(cell: Any) -> Cell:
    """Return what a cell holds; a formula as its text, which is refused where it is read."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if cell.data_type == "f":
        return value if isinstance(value, str) else "="
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool | int | float | datetime):
        return _padded(cell, value)
    # Durations and times of day have no field in an offer: as texts, they are refused there.
    return str(value)


def _text(value: str) -> str:
    """Return a text; one that only looks like a formula is guarded, as a table of texts does."""
    written = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
    return f"'{written}" if written.startswith(_LIKE_FORMULAS) else written


def _padded(cell: Any, value: float | datetime) -> Cell:
    """Return a number as people see it where its format is zeros alone: 1000 as 01000."""
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if is_whole and _ZEROS.fullmatch(str(cell.number_format)):
        return f"{value:0{len(cell.number_format)}d}"
    return value
