"""Marks what a search matched in a text, the same for every engine.

The words of a text are reduced as the index reduces them, so what is marked is what was found.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

from aiff_kit.text import Question, Word, is_stop_word, parts_of, terms_of, written_words

# Characters of a fragment before and after the first word that is marked.
_BEFORE, _AFTER = 80, 160
_EDGE = re.compile(r"\S*\s")

Span = tuple[int, int]


class HtmlTextMarker:
    """Marks words with `<mark>`; everything else is escaped for HTML."""

    def whole(self, text: str, question: Question) -> str | None:
        """Return a short text with its matches marked, None where it has none."""
        spans = list(_spans(text, question))
        return _marked(text, spans, 0, len(text)) if spans else None

    def fragment(self, text: str, question: Question) -> str | None:
        """Return the part of a long text around its first match, None where it has none."""
        spans = _spans(text, question)
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


def _spans(text: str, question: Question) -> Iterator[Span]:
    """Find what matches: a compound as a whole, else each of its parts."""
    wanted = frozenset(question.terms)
    for word in written_words(text):
        if is_stop_word(word.whole) and not word.is_capital:
            continue
        if not wanted.isdisjoint(terms_of(Word(word.whole, (word.whole,)))):
            yield word.start, word.end
            continue
        for start, end, part in parts_of(word, text):
            if not is_stop_word(part) and not wanted.isdisjoint(terms_of(Word(part, (part,)))):
                yield start, end


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
