"""Partners' files: each is opened by the ending of its name.

A file is bounded before it is read and while it is: bytes, rows, columns, the length of a row.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from aiff_catalog.imports.adapters.csv_files import CsvFile
from aiff_catalog.imports.adapters.object_files import ObjectFile
from aiff_catalog.imports.adapters.sheets import SheetFile
from aiff_catalog.imports.adapters.table import FileLimits
from aiff_catalog.imports.application.ports import ImportFile
from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_catalog.imports.domain.imports import SentFile
from aiff_catalog.shared.errors import FileRefusedError


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
