"""The refused rows of an import, written into a file."""

from pathlib import Path

from aiff_catalog.imports.application.error_file import ErrorLines
from aiff_catalog.imports.application.ports import ImportFile
from aiff_catalog.imports.application.rows import RowResult


class ErrorFile:
    """Writes the refused rows of a file into another one."""

    def __init__(self, path: Path, source: ImportFile, delimiter: str = ",") -> None:
        """Open the file; what was there is replaced."""
        self._lines = ErrorLines(source.columns, delimiter)
        self._file = path.open("w", encoding="utf-8", newline="")
        self._file.write(self._lines.header())

    def add(self, result: RowResult) -> None:
        """Write one refused row."""
        self._file.write(self._lines.line(result.row.line, result.row.cells, result.faults))

    def close(self) -> None:
        """Make the file complete."""
        self._file.close()
