"""The file of what was refused: the same columns or objects, with the line and why.

Mended, it is imported as it is: the two columns that it adds are passed over.
"""

import csv
from pathlib import Path
from typing import Any

import orjson

from aiff_catalog.application.cells import harmless
from aiff_catalog.application.importing import ImportFile, RowResult
from aiff_catalog.domain.column_mapping import LINE, REASON


class ErrorFile:
    """Writes the refused rows of a file, in its own form: CSV with UTF-8, or NDJSON."""

    def __init__(self, path: Path, source: ImportFile, delimiter: str = ",") -> None:
        """Open the file; what was there is replaced."""
        columns = [name for name in source.columns if name not in {LINE, REASON}]
        self._file = path.open("w", encoding="utf-8", newline="")
        self._table = None
        if columns:
            self._table = csv.DictWriter(self._file, [*columns, LINE, REASON], delimiter=delimiter)
            self._table.writeheader()

    def add(self, result: RowResult) -> None:
        """Write one refused row."""
        reason = "; ".join(f"{one.column or 'row'}: {one.detail}" for one in result.faults)
        row: dict[str, Any] = {**result.row.cells, LINE: result.row.line, REASON: reason}
        if self._table is None:
            self._file.write(orjson.dumps(row).decode() + "\n")
        else:
            self._table.writerow({name: harmless(cell) for name, cell in row.items()})

    def close(self) -> None:
        """Make the file complete."""
        self._file.close()
