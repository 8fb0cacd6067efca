"""Marks what a search matched in a text, the same for every engine.

The words of a text are reduced as the index reduces them, so what is marked is what was found.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from tantivy import TextAnalyzer

from aiff_catalog.search.adapters.language.suggestions import (
    SHORTEST_WRONG,
    is_one_letter_away,
)
from aiff_catalog.search.adapters.language.words import (
    Word,
    analyzers,
    compound_parts,
    folded,
    words_of,
    written_words,
)

# Characters of a fragment before and after the first word that is marked.
_BEFORE, _AFTER = 80, 160
_EDGE = re.compile(r"\S*\s")
_REMEMBERED = 20_000

Span = tuple[int, int]


class HtmlTextMarker:
    """Marks words with `<mark>`; everything else is escaped for HTML."""

    def __init__(self) -> None:
        """Prepare the analysers."""
        self._analyzers: dict[str, TextAnalyzer] = analyzers()
        self._forms = lru_cache(_REMEMBERED)(self._forms_of)

    def whole(self, text: str, language: str, query: str, *, similar: bool) -> str | None:
        """Return a short text with its matches marked, None where it has none."""
        spans = list(self._spans(text, language, query, similar=similar))
        return _marked(text, spans, 0, len(text)) if spans else None

    def fragment(self, text: str, language: str, query: str, *, similar: bool) -> str | None:
        """Return the part of a long text around its first match, None where it has none."""
        spans = self._spans(text, language, query, similar=similar)
        first = next(spans, None)
        if first is None:
            return None
        start, end = _window(text, first)
        inside = [first]
        for span in spans:
            if span[1] > end:
                break
            inside.append(span)
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return before + _marked(text, inside, start, end) + after

    def _spans(self, text: str, language: str, query: str, *, similar: bool) -> Iterator[Span]:
        """Find what matches: a compound as a whole, else each of its parts."""
        asked = words_of(query)
        wanted = frozenset(form for word in asked for form in self._asked(word, language))
        for start, written in written_words(text):
            parts = compound_parts(written)
            if folded("".join(part for _, part in parts)) in wanted:
                yield start, start + len(written)
                continue
            for place, part in parts:
                forms = self._forms(part, language)
                if not forms.isdisjoint(wanted) or (similar and _is_near(forms, asked)):
                    yield start + place, start + place + len(part)

    def _asked(self, word: Word, language: str) -> Iterator[str]:
        yield word.whole
        for part in (word.whole, *word.parts):
            yield from self._analyzers[language].analyze(part)

    def _forms_of(self, written: str, language: str) -> frozenset[str]:
        """Return a word as it stands, folded, and reduced; nothing for one that says nothing."""
        word = folded(written)
        stems = self._analyzers[language].analyze(word)
        return frozenset((word, *stems)) if stems else frozenset()


def _is_near(forms: frozenset[str], asked: Sequence[Word]) -> bool:
    long = [word.whole for word in asked if len(word.whole) >= SHORTEST_WRONG]
    return any(is_one_letter_away(one, form) for one in long for form in forms)


def _window(text: str, first: Span) -> Span:
    """Return where a fragment begins and ends, between words."""
    start, end = max(first[0] - _BEFORE, 0), min(first[1] + _AFTER, len(text))
    if start:
        edge = _EDGE.match(text, start, first[0])
        start = edge.end() if edge else first[0]
    if end < len(text):
        end = max(text.rfind(" ", first[1], end), first[1])
    return start, end


def _marked(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    parts, place = [], start
    for begins, ends in spans:
        parts += [escape(text[place:begins]), "<mark>", escape(text[begins:ends]), "</mark>"]
        place = ends
    return "".join((*parts, escape(text[place:end])))
