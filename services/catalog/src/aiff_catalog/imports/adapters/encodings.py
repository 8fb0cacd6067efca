"""In which encoding a text file is: its bytes decide, and what was said of it comes last."""

import codecs
from pathlib import Path

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE = 1_000_000


def encoding_of(path: Path, said: str) -> str:
    """Return the encoding of a file: that of its mark, UTF-8 where it is that, else what is said.

    A text in another encoding that has letters beyond ASCII is no valid UTF-8, but for words that
    nobody writes; so a file that the product itself wrote is read right, whatever is said.
    """
    with path.open("rb") as raw:
        start = raw.read(_PIECE)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if wide := _wide(start):
        return wide
    return "utf-8" if _is_utf8(path) else said


def _wide(start: bytes) -> str | None:
    """Return UTF-16 without a mark: every other byte of a text is zero, as in no other encoding."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 4 < len(start) or min(even, odd):
        return None
    return "utf-16-be" if even else "utf-16-le"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as raw:
            while piece := raw.read(_PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
