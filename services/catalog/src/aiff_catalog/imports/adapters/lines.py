"""The lines of a text file, none longer than a bound."""

from collections.abc import Iterator
from typing import IO

from aiff_catalog.shared.errors import FileRefusedError


class BoundedLines:
    """Yields the lines; one that never ends is not read into the memory.

    `is_whole` tells whether the newest line had its end: the last one of a file that was cut off
    has none.
    """

    def __init__(self, text: IO[str], most: int) -> None:
        """Keep where to read, and how long a line may be."""
        self._text, self._most = text, most
        self._line = 0
        self.is_whole = True

    def __iter__(self) -> Iterator[str]:
        """Return itself: a file is read once."""
        return self

    def __next__(self) -> str:
        """Return the next line; FileRefusedError where it is too long."""
        part = self._text.readline(self._most + 1)
        if not part:
            raise StopIteration
        self._line += 1
        if len(part) > self._most:
            detail = f"longer than {self._most} bytes; is a line end or a quote missing?"
            raise FileRefusedError(self._line, detail)
        self.is_whole = part.endswith(("\n", "\r"))
        return part
