"""Which of the two languages of the product a reader gets."""

from typing import Literal

Language = Literal["fr", "en"]
_KNOWN: tuple[Language, ...] = ("fr", "en")


def negotiated_language(asked: str | None, accept_language: str | None) -> Language:
    """Return the language that the address asks for, else the browser's first known one.

    French is the default: the product is a French public service. `accept_language` is read
    with its weights (RFC 9110, section 12.5.4).
    """
    for language in _KNOWN:
        if asked == language:
            return language
    best: tuple[float, Language] = (0.0, "fr")
    for part in (accept_language or "").lower().split(","):
        tag, _, parameter = part.strip().partition(";")
        for language in _KNOWN:
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
