"""Words: the French and the English analysis of a text.

Each word is reduced to its stem by the Snowball algorithms of both languages, because a question
does not say in which language it is and offers are written in both. Case and accents are folded,
elided articles and very common words left out.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['\u2019]")
_STOP_WORDS = (
    "a about all also an and any are as at au aucun aussi aux avec avoir be been but by can ce "
    "ces cet cette comme comment dans de des do does du elle en est et etre for from had has "
    "have how i if il ils in into is it its je la le les leur leurs mais mes mon more nos notre "
    "nous of on or ou our par pas plus pour pouvez quel quelle qui que sa se ses si son sont "
    "sous sur that the their them there these they this to tous tout toute toutes un une up us "
    "vos votre vous was we what which who will with would you your besoin cherche need want "
    "looking "
)
_STOP = frozenset(_STOP_WORDS.split())
_MOST_REMEMBERED = 100_000


def stems(text: str) -> list[str]:
    """Return the stems of a text's telling words: for each word a French and an English one."""
    composed = unicodedata.normalize("NFKC", text.lower()).replace("œ", "oe")
    words = _WORD.findall(_ELIDED.sub(" ", composed))
    return [stem for word in words if len(word) > 1 for stem in _stems(word)]


@lru_cache(_MOST_REMEMBERED)
def _stems(word: str) -> tuple[str, ...]:
    """Stem before folding, for the French algorithm reads accents.

    The algorithms work on an object that only one thread may use, hence a new one each time.
    """
    if _folded(word) in _STOP:
        return ()
    french = snowballstemmer.stemmer("french").stemWord(word)
    english = snowballstemmer.stemmer("english").stemWord(word)
    return f"fr:{_folded(french)}", f"en:{_folded(english)}"


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
