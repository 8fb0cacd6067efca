"""How a text that somebody sends is cleaned, once, before anything looks at it.

Unicode has several spellings of one word and characters that nobody sees. Two texts that look the
same are made the same here: composed (NFC, Unicode Standard Annex 15) and without blanks at their
ends; a text of invisible characters alone is an empty one.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any

# What editors and web pages leave at the ends of a text: no word begins or ends with one of them.
_UNSEEN_ENDS = "\ufeff\u200b\u2060\u00ad\u180e"
_MOST_MARKS = 30
_DELETE = "\x7f"
# Letters and marks by their class that nobody sees.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_UNSEEN_CLASSES = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def cleaned(text: str) -> str:
    """Return a text composed and without blanks at its ends; empty where nothing can be seen."""
    if text.isascii() and " " < text[:1] < _DELETE and " " < text[-1:] < _DELETE:
        return text
    text = text.strip() if text.isascii() else _trimmed(_composed(text))
    # Nearly every text begins with a character that is seen.
    return text if any(map(_is_seen, text)) else ""


def cleaned_tree(value: Any, kept: frozenset[str] = frozenset()) -> Any:
    """Return a JSON-like value with its texts cleaned; members whose names are `kept` stay.

    Raises ValueError for a text that is heaped with marks.
    """
    if isinstance(value, str):
        if is_heaped(value):
            message = f"a text holds more than {_MOST_MARKS} marks on one letter; remove them"
            raise ValueError(message)
        return cleaned(value)
    if isinstance(value, Mapping):
        return {
            key: inner if key in kept else cleaned_tree(inner, kept) for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)(cleaned_tree(inner, kept) for inner in value)
    return value


def is_heaped(text: str) -> bool:
    """Tell whether so many marks stand on one letter that composing them takes very long.

    No language has more than 30 (Unicode Standard Annex 15, stream-safe text format).
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return False
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS:
            return True
    return False


def _composed(text: str) -> str:
    return text if is_heaped(text) else unicodedata.normalize("NFC", text)


def _trimmed(text: str) -> str:
    before, text = text, text.strip().strip(_UNSEEN_ENDS)
    while text != before:
        before, text = text, text.strip().strip(_UNSEEN_ENDS)
    return text


def _is_seen(character: str) -> bool:
    if character in _BLANK_LETTERS:
        return False
    is_selector = "\ufe00" <= character <= "\ufe0f"
    return not is_selector and unicodedata.category(character) not in _UNSEEN_CLASSES
