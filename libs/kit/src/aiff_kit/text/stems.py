"""The French and the English analysis of a word.

Each word is reduced by the Snowball algorithms of both languages, because a question does not say
in which language it is and offers are written in both.
"""

from functools import lru_cache

import Stemmer

_MOST_REMEMBERED = 100_000


# The algorithms remember words of their own unless told not to: here they are remembered once.
_NOTHING = 0


@lru_cache(_MOST_REMEMBERED)
def stems_of(word: str) -> tuple[str, str]:
    """Return the French and the English stem of a folded word.

    The algorithms work on an object that only one thread may use, hence a new one each time.
    """
    french: str = Stemmer.Stemmer("french", _NOTHING).stemWord(word)
    english: str = Stemmer.Stemmer("english", _NOTHING).stemWord(word)
    return french, english
