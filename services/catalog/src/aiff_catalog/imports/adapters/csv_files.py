"""Partners' tables of text (RFC 4180), read row by row, as spreadsheets write them."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from aiff_catalog.imports.adapters.encodings import encoding_of
from aiff_catalog.imports.adapters.lines import BoundedLines
from aiff_catalog.imports.adapters.table import (
    FileLimits,
    ImportTable,
    header_names,
    require_count,
    require_size,
)
from aiff_catalog.imports.application.ports import ImportRow
from aiff_catalog.imports.domain.cells import is_blank
from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_catalog.shared.errors import FileRefusedError

# The reader has the same limit, which another library may have moved for the whole process.
_LONGEST_CELL = 131_072
_DELIMITERS = (",", ";", "\t", "|")
# The line by which spreadsheets tell each other what separates the cells.
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?[,;\t|]*\r?\n?', re.IGNORECASE)
_WORKBOOK = b"PK\x03\x04"


class CsvFile:
    """A table whose first line names the columns."""

    def __init__(self, path: Path, mapping: ColumnMapping | None, limits: FileLimits) -> None:
        """Read the names; FileRefusedError or Faults where they cannot be used."""
        require_size(path, limits.file_bytes)
        _require_text(path)
        self._path, self._limits = path, limits
        given = mapping or ColumnMapping()
        self._encoding = encoding_of(path, given.encoding)
        self._delimiter = self._told() or self._found(given)
        self._table = ImportTable(next(self._read(self._delimiter))[1], mapping, limits)
        self.columns = self._table.columns

    def rows(self) -> Iterator[ImportRow]:
        """Yield the rows; blank ones are passed over."""
        rows = islice(self._read(self._delimiter), 1, None)
        for count, (line, values, is_whole) in enumerate(rows, 1):
            require_count(count, line, self._limits)
            yield self._table.row(line, values, is_whole=is_whole)

    def column_of(self, pointer: str) -> str | None:
        """Return the column that fills a field."""
        return self._table.column_of(pointer)

    def _told(self) -> str | None:
        """Return the separator that the file itself names."""
        with self._path.open(encoding=self._encoding, errors="replace", newline="") as text:
            told = _SEPARATOR_LINE.fullmatch(text.readline(20))
        return told[1] if told else None

    def _found(self, given: ColumnMapping) -> str:
        """Return the separator by which the names are those of the mapping, else the mapping's.

        A spreadsheet writes the separator of its country, whatever it read.
        """
        for delimiter in dict.fromkeys((given.delimiter, *_DELIMITERS)):
            try:
                first = next(self._read(delimiter))[1]
            except FileRefusedError:
                continue
            if given.identifier in header_names(first):
                return delimiter
        return given.delimiter

    def _read(self, delimiter: str) -> Iterator[tuple[int, Sequence[str], bool]]:
        """Yield the line on which each row begins, its cells, and whether its last line ends.

        Blank rows are passed over.
        """
        begun, is_empty = 1, True
        with self._path.open(encoding=self._encoding, newline="") as text:
            lines = BoundedLines(text, self._limits.row_bytes)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            try:
                for cells in reader:
                    line, begun = begun, reader.line_num + 1
                    if _is_separator_line(line, cells, delimiter) or all(map(is_blank, cells)):
                        continue
                    if max(map(len, cells)) > _LONGEST_CELL:
                        raise FileRefusedError(line, "not CSV: field larger than field limit")
                    is_empty = False
                    yield line, cells, lines.is_whole
            except UnicodeError as error:
                message = f"not {self._encoding}; name its encoding in the mapping"
                raise FileRefusedError(begun, message) from error
            except csv.Error as error:
                raise FileRefusedError(begun, f"not CSV: {error}") from error
        if is_empty:
            raise FileRefusedError(1, "the file is empty")


def _is_separator_line(line: int, cells: Sequence[str], delimiter: str) -> bool:
    return line == 1 and bool(_SEPARATOR_LINE.fullmatch(delimiter.join(cells)))


def _require_text(path: Path) -> None:
    with path.open("rb") as raw:
        if raw.read(len(_WORKBOOK)) == _WORKBOOK:
            detail = "this is a workbook (.xlsx), not CSV; send it as one"
            raise FileRefusedError(1, detail)
