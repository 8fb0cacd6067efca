"""Which of the two languages of the product a reader gets."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
# A text in both languages: (French, English).
Pair = tuple[str, str]


def other_language(language: Language) -> Language:
    """Return the one of the two that this is not."""
    return "en" if language == "fr" else "fr"


def language_of_path(path: str) -> Language | None:
    """Return the language that an address begins with, None where it has none."""
    first = path.lstrip("/").partition("/")[0]
    return next((language for language in LANGUAGES if language == first), None)


def in_language(words: Mapping[str, Pair], language: Language) -> dict[str, str]:
    """Return a table of words in one language."""
    place = LANGUAGES.index(language)
    return {name: pair[place] for name, pair in words.items()}


def negotiated_language(accept_language: str | None) -> Language:
    """Return the first language of a browser that the product knows.

    French is the default: the product is a French public service. `accept_language` is read
    with its weights (RFC 9110, section 12.5.4).
    """
    best: tuple[float, Language] = (0.0, "fr")
    for part in (accept_language or "").lower().split(","):
        tag, _, parameter = part.strip().partition(";")
        for language in LANGUAGES:
            weight = _weight(parameter)
            if tag.split("-")[0] == language and weight > best[0]:
                best = (weight, language)
    return best[1]


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
