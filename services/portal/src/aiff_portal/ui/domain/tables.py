"""Rows under columns, as every page shows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table: None in a cell is not published; `note` says how to read it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    note: str = ""
