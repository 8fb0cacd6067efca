"""How words are made from text, for the index and for what a reader types, in two languages.

Accents and case never matter, so `entrainement` finds « entraînement ». An apostrophe parts
words, so « l'IA » is `ia`. A compound is also kept as one word, so `startups` finds « start-up ».
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_LONGEST_WORD = 60
# Function words that say nothing in either language. "ai" and "or" are missing on purpose: the
# one is artificial intelligence, the other is gold.
# fmt: off
STOP_WORDS = [
    "a", "an", "and", "are", "as", "at", "au", "aux", "avec", "by", "c", "ce", "ces", "cette",
    "comment", "d", "dans", "de", "des", "do", "does", "du", "elle", "en", "est", "et",
    "etre", "for", "from", "he", "how", "i", "ils", "in", "is", "it", "its", "j", "je", "l",
    "la", "le", "les", "leur", "leurs", "m", "me", "mes", "mon", "n", "nos", "notre", "nous",
    "of", "on", "ou", "our", "par", "pas", "pour", "qu", "que", "quel", "quelle", "quelles",
    "quels", "qui", "s", "sa", "se", "ses", "si", "son", "sont", "sur", "t", "that", "the",
    "their", "there", "they", "this", "to", "un", "une", "vos", "votre", "vous", "was", "we",
    "what", "which", "who", "will", "with", "y", "you", "your",
]
# fmt: on
_STOPPED = frozenset(STOP_WORDS)
# The hyphen of the keyboard, the typographic ones, and the dash that some write for them.
_HYPHENS = "[-\u2010\u2011\u2013]"
_WORD = re.compile(rf"[^\W_]+(?:{_HYPHENS}[^\W_]+)*")
# It begins where a word begins and never gives back what it took: a long text is read once.
_COMPOUND = re.compile(rf"(?<![^\W_])[^\W_]++(?:{_HYPHENS}[^\W_]++)+")
_PLAIN_WORD = re.compile(r"[^\W_]+")
_HYPHEN = re.compile(_HYPHENS)


@dataclass(frozen=True, slots=True)
class Word:
    """One word that a reader typed: folded, with its parts where it is a compound."""

    whole: str
    parts: tuple[str, ...]


def analyzers() -> dict[str, TextAnalyzer]:
    """Return the analysers by name: `fr` and `en` reduce words to stems, `plain` only folds."""
    return {
        "fr": _folding().filter(Filter.stemmer("french")).build(),
        "en": _folding().filter(Filter.stemmer("english")).build(),
        "plain": _folding().build(),
    }


def indexed(text: str) -> str:
    """Return a text with its compounds added as single words.

    Only what holds a hyphen is looked at closely: this runs over every text of every offer.
    """
    plain = text.replace("\u2010", "-").replace("\u2011", "-").replace("\u2013", "-")
    if "-" not in plain:
        return text
    hyphened = " ".join(word for word in plain.split() if "-" in word)
    return " ".join(
        (text, *(compound.replace("-", "") for compound in _COMPOUND.findall(hyphened)))
    )


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of what a reader typed; words that say nothing only where all do."""
    words = tuple(dict.fromkeys(_words(text)))
    telling = tuple(word for word in words if word.whole not in _STOPPED)
    return telling or words


def written_words(text: str) -> Iterator[tuple[int, str]]:
    """Return each word as it is written, compounds whole, with the place where it begins."""
    return ((word.start(), word.group()) for word in _WORD.finditer(text))


def compound_parts(word: str) -> list[tuple[int, str]]:
    """Return the parts of a written word with their places in it; a simple word is its own."""
    return [(part.start(), part.group()) for part in _PLAIN_WORD.finditer(word)]


def words_in(text: str) -> tuple[str, ...]:
    """Return each word of a text once, folded: compounds as one word and in their parts."""
    return tuple(dict.fromkeys(_PLAIN_WORD.findall(folded(indexed(text)))))


def folded(text: str) -> str:
    """Return the text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def _words(text: str) -> Iterator[Word]:
    for word in _WORD.findall(folded(text)):
        parts = tuple(_HYPHEN.split(word))
        yield Word("".join(parts)[:_LONGEST_WORD], parts)


def _folding() -> TextAnalyzerBuilder:
    """Fold before stemming: the same word with and without its accents gets the same stem."""
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(_LONGEST_WORD + 1))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
        .filter(Filter.custom_stopword(STOP_WORDS))
    )
