"""Texts in the language of a page."""

from aiff_portal.ui.domain.formats import Formats
from aiff_portal.ui.domain.language import LANGUAGES, Pair

COLON = {"fr": "\u00a0: ", "en": ": "}


def say(pair: Pair, formats: Formats) -> str:
    """Return the one of two texts that is in the language of the page."""
    return pair[LANGUAGES.index(formats.language)]
