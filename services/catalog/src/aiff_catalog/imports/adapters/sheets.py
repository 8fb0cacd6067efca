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

from aiff_catalog.imports.adapters.table import (
    FileLimits,
    explained,
    require_count,
    require_size,
    table_row,
)
from aiff_catalog.imports.application.ports import ImportRow
from aiff_catalog.imports.domain.column_mapping import Cell, CellFault, ColumnMapping, shown
from aiff_catalog.shared.errors import FileRefusedError

_MOST_PARTS = 2_000
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
        self.columns: Sequence[str] = [shown(cell).strip() for cell in first[1]]
        self._mapping = explained(self.columns, mapping, limits)

    def rows(self) -> Iterator[ImportRow]:
        """Yield the rows; empty ones are passed over."""
        width = len(self.columns)
        for count, (line, cells, faults) in enumerate(islice(self._read(), 1, None), 1):
            require_count(count, line, self._limits)
            # A row ends with its last cell: what is missing at its end was left empty.
            padded = [*cells, *[""] * (width - len(cells))]
            row = table_row(self._mapping, self.columns, line, padded)
            yield row if not faults else _with(row, self._named(faults))

    def column_of(self, pointer: str) -> str | None:
        """Return the column that fills a field."""
        return self._mapping.column_of(pointer)

    def _named(self, faults: Sequence[tuple[int, str]]) -> Iterator[CellFault]:
        for place, error in faults:
            name = self.columns[place] if place < len(self.columns) else None
            yield CellFault(
                name, "error_value", f"{error} is an error of the workbook; write a value"
            )

    def _read(self) -> Iterator[tuple[int, list[Cell], list[tuple[int, str]]]]:
        """Yield the number of each row that is not empty, its cells, and its error values."""
        line = 1
        try:
            # Links to other workbooks are not followed; formulas stay what they are.
            with (
                self._path.open("rb") as raw,
                closing(openpyxl.load_workbook(raw, read_only=True, keep_links=False)) as book,
                closing(self._sheet(book).iter_rows()) as lines,
            ):
                for line, cells in enumerate(lines, 1):
                    # Empty rows between the others take time too.
                    require_count(line // 2, line, self._limits)
                    values = _trimmed([_cell(cell) for cell in cells])
                    if values:
                        yield line, values, _errors(cells)
        except _BROKEN as error:
            raise FileRefusedError(line, "not a workbook (.xlsx) that can be read") from error

    def _sheet(self, book: Any) -> Any:
        names = [sheet.title for sheet in book.worksheets]
        if self._wanted is None and len(names) != 1:
            message = f"several sheets ({', '.join(names)}); name one as `sheet` in the mapping"
            raise FileRefusedError(1, message)
        if self._wanted is not None and self._wanted not in names:
            raise FileRefusedError(1, f"no sheet {self._wanted!r}; there are {', '.join(names)}")
        sheet = book.worksheets[0 if self._wanted is None else names.index(self._wanted)]
        _refuse_merged(self._path, sheet._worksheet_path)  # noqa: SLF001  The library has no public name for it.
        # What a sheet says of its own size is not believed.
        sheet.reset_dimensions()
        return sheet


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
    if cell.data_type == "f" and not isinstance(value, str):
        return "="
    if isinstance(value, str | bool | int | float | datetime):
        return value
    # Durations and times of day have no field in an offer: as texts, they are refused there.
    return str(value)


def _trimmed(values: list[Cell]) -> list[Cell]:
    while values and values[-1] == "":
        values.pop()
    return values
