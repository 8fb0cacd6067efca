"""The words of a text, for what is indexed, asked and marked alike, in French and in English.

An apostrophe of an elided article parts words, so « l'IA » is `ia`. A compound is kept as one
word and in its parts, so that `jeanzay`, `jean zay` and `Jean-Zay` find each other. Signs that
carry meaning stay (`c++`, `c#`, `.net`, `r&d`), initialisms lose their points, and a stop word
in capitals is a word (`IT`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aiff_kit.text.folding import APOSTROPHES, HYPHENS, INVISIBLE, folded, readable

_LONGEST = 60
_REMEMBERED = 100_000
# A text in capitals throughout says nothing by them; a name of few words does.
_FEW = 3
# In capitals too these begin sentences more often than they name something.
_NEVER_NAMES = frozenset("aioy")
# Function words that say nothing in either language, and what every question and every listing
# holds. "ai" is missing on purpose: it is artificial intelligence.
# fmt: off
STOP_WORDS = frozenset((
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "au", "aucun",
    "aussi", "aux", "avec", "avoir", "be", "been", "besoin", "but", "by", "c", "can", "ce",
    "ces", "cet", "cette", "cherche", "comme", "comment", "could", "d", "dans", "de", "des",
    "did", "do", "does", "du", "elle", "en", "est", "et", "etre", "existe", "existetil",
    "faut", "find", "for", "from", "get", "give", "had", "has", "have", "he", "how", "i",
    "if", "il", "ils", "in", "into", "is", "it", "its", "j", "je", "l", "la", "le", "les",
    "leur", "leurs", "looking", "m", "mais", "me", "mes", "mon", "more", "my", "n", "need",
    "nos", "notre", "nous", "of", "offer", "offers", "offre", "offres", "on", "or", "ou",
    "our", "par", "pas", "peut", "peux", "plus", "pour", "pouvez", "puis", "puisje", "qu",
    "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "s", "sa", "se", "ses",
    "should", "si", "son", "sont", "sous", "sur", "t", "that", "the", "their", "them",
    "there", "these", "they", "this", "to", "tous", "tout", "toute", "toutes", "trouver",
    "un", "une", "us", "veux", "vos", "votre", "voudrais", "voulons", "vous", "want",
    "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "would",
    "y", "you", "your",
))
# fmt: on
_LETTER = "[^\\W_]"
_MARKS = f"\u0300-\u036f{INVISIBLE}"
_WORD = f"{_LETTER}(?:{_LETTER}|[{_MARKS}])*"
_SINGLE = rf"[^\W\d_][{_MARKS}]*"
_BEGINS, _ENDS = rf"(?<!{_LETTER})", rf"(?!{_LETTER})"
_JOINT = f"[{HYPHENS}{APOSTROPHES}./:@&\\[\\]_]"
_FOUND = re.compile(
    rf"""
    (?P<elided>{_BEGINS}j[{APOSTROPHES}]ai{_ENDS}|{_BEGINS}(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[{APOSTROPHES}](?={_LETTER}))
    |(?P<dotted>{_BEGINS}\.net{_ENDS})
    |(?P<initials>{_BEGINS}(?:{_SINGLE}\.){{2,}}(?:{_SINGLE}{_ENDS})?)
    |(?P<joined>{_BEGINS}{_SINGLE}\ ?&\ ?{_SINGLE}{_ENDS})
    |(?P<signed>{_BEGINS}(?:{_SINGLE}(?:\+\+|\#)|{_WORD}(?:\+\+?)){_ENDS})
    |(?P<amount>{_BEGINS}\d+\s?(?:go|gb|tb|(?-i:To)){_ENDS})
    |(?P<word>{_WORD}(?:{_JOINT}{_WORD})*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Between spaces: what is read together, so that nothing of it depends on what is around.
_CHUNK = re.compile(
    rf"{_BEGINS}\d+\ (?:(?i:go|gb|tb)|To){_ENDS}|{_BEGINS}{_SINGLE}\ &\ {_SINGLE}{_ENDS}|\S+"
)
_PART = re.compile(_WORD)
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$", re.IGNORECASE)
# What is mostly written by its initials, and how it is written out.
_WRITTEN_OUT = {
    ("recherche", "et", "developpement"): "r&d",
    ("recherche", "et", "de", "developpement"): "r&d",
    ("research", "and", "development"): "r&d",
    ("intelligence", "artificielle"): "ai",
    ("artificial", "intelligence"): "ai",
}
_FIRST_WRITTEN = frozenset(words[0] for words in _WRITTEN_OUT)
# The same initials in the other language.
_TRANSLATED = {"ia": "ai"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is compared: folded, with its parts where it is a compound.

    `start` and `end` are its place in the text that it was found in; `is_capital` tells that it
    was written in capitals.
    """

    whole: str
    parts: tuple[str, ...]
    start: int = 0
    end: int = 0
    is_capital: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the word as a whole and then its parts, each once."""
        return tuple(dict.fromkeys((self.whole, *self.parts)))

    def moved(self, by: int) -> "Word":
        """Return the word so many characters further on."""
        if not by:
            return self
        return Word(self.whole, self.parts, self.start + by, self.end + by, self.is_capital)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text that say something, in their order."""
    return _telling(text, _words(readable(text)))


def asked_words(text: str) -> tuple[Word, ...]:
    """Return the words of a question once each: those that say nothing only where all do."""
    found = [*written_words(readable(text))]
    found += _initials(found)
    words = _telling(text, found) or tuple(found)
    once: dict[str, Word] = {}
    for word in words:
        once.setdefault(word.whole, word)
    return tuple(once.values())


def words_in(text: str) -> tuple[str, ...]:
    """Return every word of a text once, folded: compounds as one word and in their parts."""
    return tuple(dict.fromkeys(form for word in _words(readable(text)) for form in word.forms))


def written_words(text: str) -> Iterator[Word]:
    """Return each word with its place in the text as it is written."""
    for chunk in _CHUNK.finditer(text):
        for word in _words_of_chunk(chunk.group()):
            yield word.moved(chunk.start())


def parts_of(word: Word, text: str) -> Iterator[tuple[int, int, str]]:
    """Return the parts of a compound that stands in a text, with their places, folded."""
    if word.parts != (word.whole,):
        for part in _PART.finditer(text, word.start, word.end):
            yield part.start(), part.end(), folded(part.group())


def is_stop_word(word: str) -> bool:
    """Tell whether a folded word says nothing by itself."""
    return word in STOP_WORDS


def spellings_in(text: str) -> Iterator[tuple[str, str]]:
    """Return the words of a text and their parts, folded, each with how it is written there."""
    for chunk in _CHUNK.findall(readable(text)):
        yield from _spellings_of_chunk(chunk)


def _telling(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    shouted = len(words) > _FEW and text.isupper()
    return tuple(
        word
        for word in words
        if word.whole not in STOP_WORDS
        or (word.is_capital and not shouted and word.whole not in _NEVER_NAMES)
    )


def _words(text: str) -> list[Word]:
    found = [word for chunk in _CHUNK.findall(text) for word in _words_of_chunk(chunk)]
    return found + _initials(found)


def _initials(words: Sequence[Word]) -> list[Word]:
    """Return the initials of what is written out."""
    wholes = [word.whole for word in words]
    if _FIRST_WRITTEN.isdisjoint(wholes):
        return []
    return [
        Word(initials, (initials,))
        for place, whole in enumerate(wholes)
        if whole in _FIRST_WRITTEN
        for written, initials in _WRITTEN_OUT.items()
        if tuple(wholes[place : place + len(written)]) == written
    ]


@lru_cache(_REMEMBERED)
def _words_of_chunk(chunk: str) -> tuple[Word, ...]:
    found = (match for match in _FOUND.finditer(chunk) if match.lastgroup != "elided")
    return tuple(_word(match.group(), match.lastgroup or "", match.start()) for match in found)


@lru_cache(_REMEMBERED)
def _spellings_of_chunk(chunk: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for word in _words_of_chunk(chunk):
        written = chunk[word.start : word.end]
        found.append((word.whole, written))
        if word.parts != (word.whole,):
            found += [(folded(part), part) for part in _PART.findall(written)]
    return tuple(pair for pair in found if not pair[1].count(" "))


def _word(found: str, kind: str, start: int) -> Word:
    written = _POSSESSIVE.sub("", found)
    plain = folded(written)
    parts = tuple(part[:_LONGEST] for part in _PART.findall(plain)) or (plain[:_LONGEST],)
    whole = "".join(parts)[:_LONGEST]
    if kind == "joined":
        whole = "&".join(parts)
    elif kind in {"dotted", "signed"}:
        whole = plain[:_LONGEST]
    elif kind == "amount":
        whole = f"{whole[:-2]}{'tb' if whole[-2] == 't' else 'gb'}"
    # C++ is not C, and an initialism not its letters; BRAIN++ is found as Brain too.
    if kind in {"joined", "dotted", "amount", "initials"} or (
        kind == "signed" and len(parts[0]) == 1
    ):
        parts = (whole,)
    if whole in _TRANSLATED:
        parts = (_TRANSLATED[whole],)
    return Word(whole, parts, start, start + len(written), written.isupper())
