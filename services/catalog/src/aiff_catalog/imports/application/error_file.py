"""The file of what was refused: the same columns or objects, with the line and why.

Mended, it is imported as it is: the two columns that it adds are passed over.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from aiff_catalog.imports.application.ports import KeptRow
from aiff_catalog.imports.domain.cells import CellFault
from aiff_catalog.imports.domain.column_mapping import LINE, REASON
from aiff_kit.cells import harmless


class ErrorLines:
    """Writes refused rows in the form of their file: CSV with UTF-8, or NDJSON."""

    def __init__(
        self,
        columns: Sequence[str],
        delimiter: str = ",",
        said: Callable[[str], str] = str,
    ) -> None:
        """Keep the columns of a table; none where rows are objects."""
        self._columns = [name for name in columns if name and name not in {LINE, REASON}]
        self._delimiter = delimiter
        self._said = said

    @property
    def is_table(self) -> bool:
        """Tell whether what is written is CSV."""
        return bool(self._columns)

    def header(self) -> str:
        """Return the first line; none of objects."""
        names = [*self._columns, LINE, REASON]
        return self._csv({name: harmless(name) for name in names}) if self._columns else ""

    def line(self, line: int, cells: Mapping[str, Any], faults: Sequence[CellFault]) -> str:
        """Return a refused row."""
        reason = "; ".join(
            f"{fault.column or 'row'}: {self._said(fault.detail)}" for fault in faults
        )
        row: dict[str, Any] = {**cells, LINE: line, REASON: reason}
        if self._columns:
            return self._csv({name: harmless(cell) for name, cell in row.items()})
        return orjson.dumps(row).decode() + "\n"

    def _csv(self, row: Mapping[str, Any]) -> str:
        written = io.StringIO(newline="")
        names = [*self._columns, LINE, REASON]
        csv.DictWriter(written, names, delimiter=self._delimiter).writerow(row)
        return written.getvalue()


def written_lines(lines: ErrorLines, rows: Iterable[KeptRow]) -> Iterator[bytes]:
    """Yield the file of refused rows that are kept."""
    yield lines.header().encode()
    for row in rows:
        yield lines.line(row.line, row.cells or {}, row.faults).encode()
