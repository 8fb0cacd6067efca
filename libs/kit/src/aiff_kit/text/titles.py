"""What titles say of a question: the marks of a title, and those that a question looks for.

A mark is a word of a title as it stands, a word with how many words its title has (`h100/3`),
or a whole name. Titles begin with a name and go on with what it is (`MareNostrum 5 ACC (BSC AI
Factory, Espagne)`): a word of the first part counts as one of so many words as that part has.
An engine keeps the marks and knows nothing of their making.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiff_kit.text.folding import HYPHENS
from aiff_kit.text.questions import AskedWord
from aiff_kit.text.relevance import IN_SHORT, NAMED, NAMED_WHOLLY, SAME_MODEL, TITLED
from aiff_kit.text.words import Word, words_in, words_of

_PARTS = re.compile(rf"\s[{HYPHENS}\u2014]\s|\s?:\s|,\s|[()]")
# A title counts as long as the next of these; what is longer is not short at all.
_LENGTHS = (1, 2, 3, 4, 6, 9)


@dataclass(frozen=True, slots=True)
class Naming:
    """What titles may have, and what it adds to the relevance of those that do.

    Of each of `choices`, titles must have one; a choice is marks of which all are there.
    """

    choices: tuple[tuple[tuple[str, ...], ...], ...]
    added: float


def marks_of(titles: Sequence[str], slug: str) -> frozenset[str]:
    """Return the marks of something's titles; a slug is one, and is short whatever it says."""
    named = {mark for title in (*titles, slug) for mark in _named(title)}
    shortest: dict[str, int] = {}
    for form, length in sorted(pair for title in titles for pair in _lengths(title)):
        shortest.setdefault(form, length)
    return frozenset(named.union(f"{form}/{length}" for form, length in shortest.items()))


def namings_of(words: Sequence[AskedWord]) -> tuple[Naming, ...]:
    """Return what titles may have of a question's words.

    Each word, more where the title is short; those that are models or the like, of letters and
    digits; all words; and the question as a whole name.
    """
    if not words:
        return ()
    models = [word for word in words if _is_model(word.meant[0].whole)]
    each = [naming for word in words for naming in _of_word(word)]
    all_models = [_all_of(models, SAME_MODEL)] if models else []
    whole = Naming((((_as_name([word.meant[0] for word in words]),),),), NAMED_WHOLLY)
    return (*each, *all_models, _all_of(words, NAMED), whole)


def _of_word(word: AskedWord) -> Iterator[Naming]:
    choice = _choice(word)
    yield Naming((choice,), TITLED * word.share)
    for length in _LENGTHS:
        in_short = tuple([tuple([f"{mark}/{length}" for mark in marks]) for marks in choice])
        yield Naming((in_short,), IN_SHORT / length)


def _all_of(words: Sequence[AskedWord], added: float) -> Naming:
    return Naming(tuple(map(_choice, words)), added)


def _choice(asked: AskedWord) -> tuple[tuple[str, ...], ...]:
    """Return the marks of a word as it stands, or of all of its parts."""
    wholes = [(word.whole,) for word in asked.meant]
    parts = [word.parts for word in asked.meant if word.parts]
    return tuple(dict.fromkeys([*wholes, *parts]))


def _named(title: str) -> Iterator[str]:
    yield from words_in(title)
    yield _as_name(words_of(title))
    yield from map(_as_name, _parts(title))


def _lengths(title: str) -> Iterator[tuple[str, int]]:
    """Return each word with how many its title has, or its part of it where that is the name."""
    for place, part in enumerate(_parts(title)):
        words = len(words_of(title) if place else part)
        length = next((most for most in _LENGTHS if words <= most), None)
        yield from ((form, length) for word in part for form in word.forms if length)


def _parts(title: str) -> list[tuple[Word, ...]]:
    return [part for part in map(words_of, _PARTS.split(title)) if part]


def _as_name(words: Sequence[Word]) -> str:
    """Return words as one mark that no other word is: the whole name of something."""
    return "=" + "".join(word.whole for word in words)


def _is_model(word: str) -> bool:
    return not word.isalpha() and not word.isdigit() and word.isalnum()
