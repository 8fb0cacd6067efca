"""The French and the English analysis of a word.

Each word is reduced by the Snowball algorithms of both languages, because a question does not say
in which language it is and offers are written in both.
"""

from functools import lru_cache

import snowballstemmer

_MOST_REMEMBERED = 100_000


@lru_cache(_MOST_REMEMBERED)
def stems_of(word: str) -> tuple[str, str]:
    """Return the French and the English stem of a folded word.

    The algorithms work on an object that only one thread may use, hence a new one each time.
    """
    french = snowballstemmer.stemmer("french").stemWord(word)
    english = snowballstemmer.stemmer("english").stemWord(word)
    return french, english
