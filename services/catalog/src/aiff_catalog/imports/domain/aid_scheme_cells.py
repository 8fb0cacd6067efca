"""The cells of the French table schema for aid schemes, and what is wrong with one."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

# JSON pointers of an offer, each with what a row says there.
Fields = Iterator[tuple[str, Any]]


class CellError(ValueError):
    """A cell that is not what the schema says; `column` names it."""

    def __init__(self, column: str, detail: str) -> None:
        """Keep the column and how to mend it."""
        super().__init__(detail)
        self.column = column


def codes_of(said: Mapping[str, str], column: str) -> list[str]:
    """Return the values of a cell, which stand between bars."""
    return [one.strip() for one in said.get(column, "").split("|") if one.strip()]


def number_of(said: Mapping[str, str], column: str) -> int | None:
    """Return the whole number of a cell, None for an empty one."""
    text = said.get(column)
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise CellError(column, f"{text!r} is not a whole number")
    return int(text)
