"""Partners' files of text, read row by row: CSV (RFC 4180), NDJSON and JSON.

A file is bounded before it is read and while it is: bytes, rows, columns, the length of a row.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import orjson

from aiff_catalog.imports.adapters.sheets import SheetFile
from aiff_catalog.imports.adapters.table import (
    FileLimits,
    explained,
    require_count,
    require_size,
    table_row,
)
from aiff_catalog.imports.application.ports import ImportFile, ImportRow
from aiff_catalog.imports.domain.column_mapping import (
    EXTERNAL_ID,
    LINE,
    REASON,
    CellFault,
    ColumnMapping,
    external_id_fault,
)
from aiff_catalog.imports.domain.imports import SentFile
from aiff_catalog.shared.errors import FileRefusedError

_OBJECT_KEYS = {EXTERNAL_ID, "offer"}
# The reader has the same limit, which another library may have moved for the whole process.
_LONGEST_CELL = 131_072


class CsvFile:
    """A table whose first line names the columns."""

    def __init__(self, path: Path, mapping: ColumnMapping | None, limits: FileLimits) -> None:
        """Read the names; FileRefusedError or Faults where they cannot be used.

        Without a mapping, the columns are called by the pointers of their fields.
        """
        require_size(path, limits.file_bytes)
        self._path, self._limits = path, limits
        self._given = mapping or ColumnMapping(columns={})
        self.columns: Sequence[str] = next(self._read())[1]
        self._mapping = explained(self.columns, mapping, limits)

    def rows(self) -> Iterator[ImportRow]:
        """Yield the rows; a row of another length than the first line is faulty."""
        for count, (line, values) in enumerate(islice(self._read(), 1, None), 1):
            require_count(count, line, self._limits)
            yield table_row(self._mapping, self.columns, line, values)

    def column_of(self, pointer: str) -> str | None:
        """Return the column that fills a field."""
        return self._mapping.column_of(pointer)

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line on which each row begins, and its cells; empty lines are passed over."""
        # A byte order mark of UTF-8 says nothing that the name of the encoding does not.
        encoding = "utf-8-sig" if self._given.encoding == "utf-8" else self._given.encoding
        begun = 1
        with self._path.open(encoding=encoding, newline="") as text:
            reader = csv.reader(
                _bounded(text, self._limits.row_bytes), delimiter=self._given.delimiter, strict=True
            )
            try:
                for cells in reader:
                    line, begun = begun, reader.line_num + 1
                    if max(map(len, cells), default=0) > _LONGEST_CELL:
                        raise FileRefusedError(line, "not CSV: field larger than field limit")
                    if cells or line == 1:
                        yield line, cells
                if begun == 1:
                    raise FileRefusedError(1, "the file is empty")
            except UnicodeError as error:
                message = f"not {self._given.encoding}; name its encoding in the mapping"
                raise FileRefusedError(begun, message) from error
            except csv.Error as error:
                raise FileRefusedError(begun, f"not CSV: {error}") from error


class ObjectFile:
    """Objects `{"external_id", "offer"}`: one a line (NDJSON), or all in one JSON array."""

    columns: Sequence[str] = ()

    def __init__(self, path: Path, limits: FileLimits) -> None:
        """Measure the file; FileRefusedError where it is too large."""
        lined = path.suffix.lower() == ".ndjson"
        require_size(path, limits.file_bytes if lined else limits.array_bytes)
        self._path, self._limits = path, limits
        self._read: Callable[[], Iterator[tuple[int, Any]]] = self._lines if lined else self._array

    def rows(self) -> Iterator[ImportRow]:
        """Yield the objects; what is none is a faulty row."""
        for count, (line, value) in enumerate(self._read(), 1):
            require_count(count, line, self._limits)
            yield value if isinstance(value, ImportRow) else _object_row(line, value)

    def column_of(self, pointer: str) -> str | None:
        """Return where in the row's object a field is."""
        return f"/offer{pointer}"

    def _lines(self) -> Iterator[tuple[int, Any]]:
        line = 0
        with self._path.open("rb") as lines:
            while raw := lines.readline(self._limits.row_bytes + 1):
                line += 1
                if len(raw) > self._limits.row_bytes:
                    raise _too_long(line, self._limits.row_bytes)
                if raw.strip():
                    yield line, _parsed(line, raw)

    def _array(self) -> Iterator[tuple[int, Any]]:
        try:
            values = orjson.loads(self._path.read_bytes())
        except orjson.JSONDecodeError as error:
            raise FileRefusedError(error.lineno, f"not JSON: {error.msg}") from error
        if not isinstance(values, list):
            raise FileRefusedError(1, 'not an array of {"external_id", "offer"}')
        yield from enumerate(values, 1)


def open_import(path: Path, mapping: ColumnMapping | None, limits: FileLimits) -> ImportFile:
    """Open a file by the ending of its name; FileRefusedError where that is none of the known."""
    ending = path.suffix.lower()
    if ending in {".csv", ".xlsx"}:
        return (CsvFile if ending == ".csv" else SheetFile)(path, mapping, limits)
    if ending not in {".json", ".ndjson"}:
        raise FileRefusedError(1, "the name must end in .csv, .xlsx, .json or .ndjson")
    if mapping is not None:
        raise FileRefusedError(1, "a mapping is for tables; objects name their fields themselves")
    return ObjectFile(path, limits)


class TemporaryFiles:
    """Puts an uploaded file into a temporary folder while its rows are read."""

    def __init__(self, limits: FileLimits) -> None:
        """Keep how much is read at most."""
        self._limits = limits

    @contextmanager
    def open(self, file: SentFile, pieces: Iterable[bytes]) -> Iterator[ImportFile]:
        """Open a file made of pieces; FileRefusedError or Faults where it cannot be used."""
        with TemporaryDirectory(prefix="aiff-import-") as folder:
            path = Path(folder) / f"import.{file.format}"
            with path.open("wb") as stored:
                stored.writelines(pieces)
            yield open_import(path, file.mapping, self._limits)


def _parsed(line: int, raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        shown = {"unreadable": raw.decode(errors="replace")}
        return _faulty(line, shown, CellFault(None, "json_invalid", f"not JSON: {error.msg}"))


def _object_row(line: int, value: Any) -> ImportRow:
    if not isinstance(value, dict):
        fault = CellFault(None, "not_an_object", 'write {"external_id": ..., "offer": {...}}')
        return _faulty(line, {"unreadable": value}, fault)
    said = {key: inner for key, inner in value.items() if key not in {LINE, REASON}}
    identifier, offer = said.get(EXTERNAL_ID), said.get("offer")
    faults = [
        CellFault(f"/{key}", "key_unknown", "leave it out") for key in said.keys() - _OBJECT_KEYS
    ]
    if wrong := external_id_fault(
        f"/{EXTERNAL_ID}", identifier if isinstance(identifier, str) else ""
    ):
        faults.append(wrong)
    if not isinstance(offer, dict):
        faults.append(CellFault("/offer", "not_an_object", "give the content of the offer"))
    return ImportRow(
        line=line,
        external_id=str(identifier),
        offer=offer if isinstance(offer, dict) else {},
        cells=said,
        faults=tuple(faults),
    )


def _faulty(line: int, cells: Mapping[str, Any], fault: CellFault) -> ImportRow:
    return ImportRow(line=line, external_id="", offer={}, cells=cells, faults=(fault,))


def _bounded(text: IO[str], most: int) -> Iterator[str]:
    """Yield the lines; a line that never ends is not read into the memory."""
    line = 0
    while part := text.readline(most + 1):
        line += 1
        if len(part) > most:
            raise _too_long(line, most)
        yield part


def _too_long(line: int, most: int) -> FileRefusedError:
    return FileRefusedError(line, f"longer than {most} bytes; is a line end or a quote missing?")
