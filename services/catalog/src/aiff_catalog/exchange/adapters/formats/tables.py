"""Tables of all offers: CSV (RFC 4180, UTF-8) and XLSX.

No cell is ever a formula: CSV is guarded (`aiff_kit.cells`); in XLSX a text is stored as one, and
guarded only where it would be taken for a guarded one.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from xlsxwriter import Workbook

from aiff_catalog.exchange.adapters.formats.columns import COLUMNS
from aiff_catalog.exchange.adapters.formats.rendering import rendered
from aiff_contracts.offer import OfferDocument
from aiff_kit.cells import Cell, harmless, unguarded

# What a cell of a spreadsheet holds at most (ECMA-376 as Excel implements it).
_LONGEST_CELL = 32_767
_PIECE = 262_144
Row = Mapping[str, Cell]
Rows = Callable[[OfferDocument], Iterable[Row]]


def offer_row(document: OfferDocument) -> Iterable[Row]:
    """Return the one row of an offer."""
    return ({column.name: column.cell(document) for column in COLUMNS},)


OFFER_COLUMNS = tuple(column.name for column in COLUMNS)


class CsvWriter:
    """Writes rows of named columns."""

    def __init__(self, columns: Sequence[str], rows: Rows) -> None:
        """Keep the columns in their order, and what makes rows of an offer."""
        self._columns = columns
        self._rows = rows

    def begin(self) -> bytes:
        """Return the line of names."""
        return self._lines([dict(zip(self._columns, self._columns, strict=True))])

    def add(self, documents: Sequence[bytes]) -> bytes:
        """Return the lines of some offers."""
        return self._lines(chain.from_iterable(rendered(documents, partial(_listed, self._rows))))

    def end(self) -> Iterable[bytes]:
        """Yield nothing."""
        return ()

    def _lines(self, rows: Iterable[Row]) -> bytes:
        lines = io.StringIO(newline="")
        writer = csv.DictWriter(lines, self._columns)
        for row in rows:
            writer.writerow({name: harmless(cell) for name, cell in row.items()})
        return lines.getvalue().encode()


class XlsxWriter:
    """Writes a workbook with one sheet, row by row to the disk; it is sent when it is complete."""

    def __init__(self, columns: Sequence[str], rows: Rows) -> None:
        """Open a file without a name, which goes with the writer."""
        self._columns = columns
        self._rows = rows
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  It is closed by `end`.
        self._book = Workbook(self._file, {"constant_memory": True})
        self._sheet = self._book.add_worksheet("offers")
        self._sheet.freeze_panes(1, 0)
        self._row = 0

    def begin(self) -> bytes:
        """Write the names; nothing can be sent yet."""
        self._write(dict(zip(self._columns, self._columns, strict=True)))
        return b""

    def add(self, documents: Sequence[bytes]) -> bytes:
        """Write some offers; nothing can be sent yet."""
        for rows in rendered(documents, partial(_listed, self._rows)):
            for row in rows:
                self._write(row)
        return b""

    def end(self) -> Iterator[bytes]:
        """Yield the workbook."""
        self._sheet.autofilter(0, 0, max(self._row - 1, 0), len(self._columns) - 1)
        self._book.close()
        self._file.seek(0)
        with self._file:
            while piece := self._file.read(_PIECE):
                yield piece

    def _write(self, row: Row) -> None:
        for place, name in enumerate(self._columns):
            cell = row[name]
            if isinstance(cell, str):
                self._sheet.write_string(self._row, place, _fitting(_plain(cell)))
            elif cell is not None:
                self._sheet.write_number(self._row, place, cell)
        self._row += 1


def _plain(text: str) -> str:
    guarded = harmless(text)
    return text if unguarded(text) == text or not isinstance(guarded, str) else guarded


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _listed(rows: Rows, document: OfferDocument) -> list[Row]:
    return [*rows(document)]
