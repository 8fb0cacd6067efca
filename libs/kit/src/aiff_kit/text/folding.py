"""One way to read letters, for all that compares texts: words, vectors, names and marks.

What a reader cannot see or would not think of must not matter: case, accents, composed or
decomposed Unicode, full-width forms and ligatures, soft hyphens, zero-width characters, and the
many apostrophes and hyphens.
"""

import re
import unicodedata

# Soft hyphen, joiners, directions, variation selectors: they change nothing of what is read.
INVISIBLE = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u02b9\u2032\uff07`\u00b4"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SIGNS = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))
# Letters of which Unicode knows no base letter.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i"}
)


def readable(text: str) -> str:
    """Return what is read: composed, without what cannot be seen, with plain signs.

    Case and accents stay. A text that is read already stays as it is.
    """
    if text.isascii():
        return text.replace("`", "'")
    shown = _INVISIBLE.sub("", text).translate(_SIGNS)
    return unicodedata.normalize("NFKC", shown).translate(_SIGNS)


def folded(text: str) -> str:
    """Return what is read without case and accents; folded text stays as it is."""
    if text.isascii():
        return text.replace("`", "'").lower()
    plain = _without_marks(readable(text).casefold())
    return _without_marks(plain.casefold().translate(_LETTERS)).translate(_SIGNS)


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one))
