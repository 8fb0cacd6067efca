"""Cells of tables that people open in a spreadsheet.

No cell is ever a formula: a text that a spreadsheet would read as one gets an apostrophe before it,
as OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection). Which separator a
spreadsheet takes is the choice of whoever opens the table, so what stands behind any of them, or
at the beginning of a line, counts as the beginning of a cell. The guard can be undone exactly.
"""

import re

Cell = str | int | float | None
# The last four are the wide forms of the first, which some spreadsheets read alike.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_QUOTES = "[\"']*"
_BEGINS = f"^{_QUOTES}(?=[{_SIGNS}\\t\\r\\n])|(?<=[,;|\\t\\r\\n]){_QUOTES}(?=[{_SIGNS}])"
_UNGUARDED, _GUARDED = re.compile(_BEGINS), re.compile(_BEGINS.replace(_QUOTES, f"{_QUOTES}'"))


def harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula, nor any part of it."""
    return _UNGUARDED.sub(r"\g<0>'", cell) if isinstance(cell, str) else cell


def unguarded(text: str) -> str:
    """Return the text that `harmless` was given; one without a guard is itself."""
    return _GUARDED.sub(lambda guard: guard[0][:-1], text)
