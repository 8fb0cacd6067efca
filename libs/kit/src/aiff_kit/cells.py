"""Cells of tables that people open in a spreadsheet.

No cell is ever a formula: a text that a spreadsheet would read as one gets an apostrophe before it,
as OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection).
"""

Cell = str | int | float | None
# The last four are the wide forms of the first, which some spreadsheets read alike.
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.startswith(_FORMULA_BEGINS):
        return f"'{cell}"
    return cell
