"""NDJSON: one stored document a line."""

from collections.abc import Iterable, Sequence


class NdjsonWriter:
    """Writes the documents as they are stored; JSON text holds no line end of its own."""

    def begin(self) -> bytes:
        """Return nothing."""
        return b""

    def add(self, documents: Sequence[bytes]) -> bytes:
        """Return one line an offer."""
        return b"".join(body + b"\n" for body in documents)

    def end(self) -> Iterable[bytes]:
        """Yield nothing."""
        return ()
