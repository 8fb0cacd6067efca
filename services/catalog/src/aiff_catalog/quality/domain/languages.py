"""Which language a sentence is in, by the little words that no sentence goes without.

Names keep their language: what stands in quotation marks counts for nothing, and a title is a
name. A sentence is in the wrong language only where the little words of that language are several
and outnumber those of its own.
"""

import re
from collections.abc import Iterator

from aiff_contracts.offer import Text

# Words of one language that the other does not have, in any sense.
_FRENCH_WORDS = """
le la les des du de une un et est sont dans pour avec sur aux par qui que dont cette ces vous
votre vos nous notre leur leurs ne pas plus sans entre chez ou où être avoir peut doit au en se
il elle ils elles lorsque afin ainsi
"""
_FRENCH = frozenset(_FRENCH_WORDS.split())
_ENGLISH_WORDS = """
the of and to for with is are in by that this these your you from at it be not which who their
has have been was were will can must should than when where while into its if
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ELIDED = re.compile(r"\b(?:l|d|qu|n|s|c|j|m)['\u2019](?=[a-zà-ÿ])")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|`[^`]*`|\([^)]*\)|https?://\S+")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_WORD = re.compile(r"[a-zà-ÿœ]+", re.IGNORECASE)
_LEAST = 3


def foreign(text: Text) -> Iterator[str]:
    """Yield the language ("fr", "en") whose text holds a sentence of the other language."""
    if any(_is_in(sentence, _FRENCH, _ENGLISH) for sentence in _sentences(text.en)):
        yield "en"
    if any(_is_in(sentence, _ENGLISH, _FRENCH) for sentence in _sentences(text.fr)):
        yield "fr"


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(_QUOTED.sub(" ", text))


def _is_in(sentence: str, wrong: frozenset[str], own: frozenset[str]) -> bool:
    """Tell whether little words of the wrong language are several, and more than its own."""
    words = _small_words(sentence)
    strange = [word for word in words if word in wrong]
    elided = len(_ELIDED.findall(sentence)) if wrong is _FRENCH else 0
    native = sum(word in own for word in words)
    if len(set(strange)) + min(elided, 1) < _LEAST:
        return False
    return len(strange) + elided > native


def _small_words(sentence: str) -> list[str]:
    """Return the words that are no part of a name: within a sentence a name has a capital."""
    found = _WORD.findall(sentence)
    return [word.casefold() for place, word in enumerate(found) if word.islower() or place == 0]
