"""What all tables of partners have in common: bounds, a first line of names, rows of cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiff_catalog.imports.application.ports import ImportRow
from aiff_catalog.imports.domain.column_mapping import (
    LINE,
    REASON,
    Cell,
    CellFault,
    ColumnMapping,
    external_id_fault,
    named_by_pointers,
    offer_of,
    shown,
)
from aiff_catalog.shared.errors import FileRefusedError


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


def explained(
    columns: Sequence[str], mapping: ColumnMapping | None, limits: FileLimits
) -> ColumnMapping:
    """Return what the columns mean; FileRefusedError or Faults where they cannot be used.

    Without a mapping, they are called by the pointers of their fields.
    """
    if len(columns) > limits.columns:
        raise FileRefusedError(1, f"{len(columns)} columns; at most {limits.columns} are read")
    used = mapping or named_by_pointers(columns)
    used.check_header(columns)
    return used


def table_row(
    mapping: ColumnMapping, columns: Sequence[str], line: int, values: Sequence[Cell]
) -> ImportRow:
    """Return a row of a table; one of another length than the first line is faulty."""
    named = dict(zip(columns, values, strict=False))
    cells = {name: cell for name, cell in named.items() if name and name not in {LINE, REASON}}
    identifier = shown(cells.get(mapping.identifier, "")).strip()
    offer, faults = offer_of(mapping, cells)
    if len(values) != len(columns):
        detail = f"{len(values)} cells for {len(columns)} columns; is a quote missing?"
        faults.insert(0, CellFault(None, "row_length", detail))
    if wrong := external_id_fault(mapping.identifier, identifier):
        faults.append(wrong)
    texts = {name: shown(cell) for name, cell in cells.items()}
    return ImportRow(
        line=line, external_id=identifier, offer=offer, cells=texts, faults=tuple(faults)
    )


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
