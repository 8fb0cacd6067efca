"""What all tables have in common, whatever the form of their file: a line of names, rows of cells.

What a spreadsheet leaves around a sheet is passed over: blank rows, columns without a name and
without a value, blanks in names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiff_catalog.imports.application.ports import ImportRow
from aiff_catalog.imports.domain.cells import (
    Cell,
    CellFault,
    identifier_fault,
    identifier_of,
    is_blank,
    never_right,
    shown,
)
from aiff_catalog.imports.domain.column_mapping import (
    LINE,
    REASON,
    ColumnMapping,
    column_name,
    named_by_pointers,
    offer_of,
)
from aiff_catalog.shared.errors import FileRefusedError
from aiff_contracts.spelling.texts import cleaned
from aiff_kit.cells import unguarded


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLimits:
    """What is read at most.

    A JSON array and the texts of a workbook have bounds of their own, for they are in the memory
    as a whole. `unpacked_bytes` are those of a workbook's parts together.
    """

    file_bytes: int = 100_000_000
    array_bytes: int = 20_000_000
    unpacked_bytes: int = 200_000_000
    shared_bytes: int = 40_000_000
    rows: int = 100_000
    columns: int = 500
    row_bytes: int = 1_000_000


class ImportTable:
    """The names of the columns and what they mean."""

    def __init__(
        self, header: Sequence[Cell], mapping: ColumnMapping | None, limits: FileLimits
    ) -> None:
        """Read the names; FileRefusedError or Faults where they cannot be used.

        Without a mapping, columns are called by the pointers of their fields.
        """
        names = header_names(header)
        if len(names) > limits.columns:
            raise FileRefusedError(1, f"{len(names)} columns; at most {limits.columns} are read")
        # A file of errors has guarded every cell once more than the file that it comes from.
        self._is_error_file = {LINE, REASON} <= set(names)
        self.columns: Sequence[str] = list(map(unguarded, names)) if self._is_error_file else names
        self._mapping = mapping or named_by_pointers(self.columns)
        self._mapping.check_header(self.columns)

    def column_of(self, pointer: str) -> str | None:
        """Return the column that fills a field."""
        return self._mapping.column_of(pointer)

    def row(self, line: int, given: Sequence[Cell], *, is_whole: bool = True) -> ImportRow:
        """Return a row; cells that are missing at the end of a whole one were left empty."""
        values = [*given, *[""] * (len(self.columns) - len(given))]
        cells = {
            name: self._sent(cell)
            for name, cell in zip(self.columns, values, strict=False)
            if name and name not in {LINE, REASON}
        }
        never = [fault for name, cell in cells.items() if (fault := never_right(name, cell))]
        meant = {name: _meant(cell) for name, cell in cells.items()}
        identifier = identifier_of(meant.get(self._mapping.identifier, ""))
        offer, faults = offer_of(self._mapping, meant, never)
        faults = [*self._misplaced(values), *faults]
        if not is_whole and len(given) < len(self.columns):
            faults.insert(0, self._of_length(len(given), "was the file cut off?"))
        if wrong := identifier_fault(self._mapping.identifier, identifier):
            faults.append(wrong)
        return ImportRow(
            line=line,
            external_id=identifier or "",
            offer=offer,
            cells={name: shown(cell) for name, cell in cells.items()},
            faults=tuple(faults),
        )

    def _sent(self, cell: Cell) -> Cell:
        return unguarded(cell) if self._is_error_file and isinstance(cell, str) else cell

    def _misplaced(self, values: Sequence[Cell]) -> Sequence[CellFault]:
        """Return what is said where no column has a name."""
        names = [*self.columns, *[""] * (len(values) - len(self.columns))]
        there = [place for place, cell in enumerate(values) if not is_blank(cell)]
        width = max((place + 1 for place in there), default=0)
        if width > len(self.columns):
            return (self._of_length(width, "is a quote missing?"),)
        return tuple(
            CellFault(None, "column_unnamed", f"column {place + 1} has a value and no name")
            for place in there
            if not names[place]
        )

    def _of_length(self, width: int, question: str) -> CellFault:
        detail = f"{width} cells for {len(self.columns)} columns; {question}"
        return CellFault(None, "row_length", detail)


def _meant(cell: Cell) -> Cell:
    """Return a cell without the guard that keeps a spreadsheet from calculating it."""
    return unguarded(cleaned(cell)) if isinstance(cell, str) else cell


def header_names(cells: Sequence[Cell]) -> list[str]:
    """Return the names in the first line, without the blank ones at its end."""
    names = [column_name(shown(cell)) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def require_size(path: Path, most: int) -> None:
    """Raise FileRefusedError for a file that is empty or larger."""
    size = path.stat().st_size
    if size > most:
        raise FileRefusedError(1, f"{size} bytes; at most {most} are read, send it in parts")
    if size == 0:
        raise FileRefusedError(1, "the file is empty")


def require_count(count: int, line: int, limits: FileLimits) -> None:
    """Raise FileRefusedError for a row too many."""
    if count > limits.rows:
        raise FileRefusedError(line, f"more than {limits.rows} rows; send it in parts")
