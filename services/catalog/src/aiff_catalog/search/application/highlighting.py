"""Showing a reader why an offer was found."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from aiff_catalog.search.application.ports import PublishedLists, TextMarker
from aiff_catalog.search.domain.queries import SearchPage
from aiff_catalog.shared.errors import DatabaseUnavailableError
from aiff_kit.text import Question

LANGUAGES = ("fr", "en")


async def highlighted(
    page: SearchPage, lists: PublishedLists, marker: TextMarker
) -> tuple[bytes, ...]:
    """Return the page's items, each with a member `highlight`: its texts with the words marked.

    Titles and summaries are marked as a whole, descriptions in a fragment. A text without a
    match is left out, as are descriptions while the database is away.
    """
    cards = [orjson.loads(item) for item in page.items]
    try:
        descriptions = await lists.descriptions([card["id"] for card in cards])
    except DatabaseUnavailableError:
        descriptions = {}
    items = []
    for item, card in zip(page.items, cards, strict=True):
        texts = {**card, "description": descriptions.get(card["id"])}
        marks = dict(_marks(texts, page.question, marker))
        items.append(b'%b,"highlight":%b}' % (item[:-1], orjson.dumps(marks)))
    return tuple(items)


def _marks(
    texts: Mapping[str, Any], question: Question, marker: TextMarker
) -> Iterator[tuple[str, dict[str, str]]]:
    for name in ("title", "summary", "description"):
        mark = marker.fragment if name == "description" else marker.whole
        marks = {
            language: marked
            for language in LANGUAGES
            if texts[name] and (marked := mark(texts[name][language], question))
        }
        if marks:
            yield name, marks
