"""Plain tables for a terminal, also for one that is a file."""

from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return the rows under their heads, in columns as wide as their longest cell.

    What a terminal would take for a command of its own is shown as text.
    """
    cells = [tuple(heads), *(tuple(_shown(value) for value in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    return "\n".join(lines if rows else [*lines, "(none)"])


def _shown(value: object) -> str:
    if value is None:
        return "-"
    text = str(value)
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")
