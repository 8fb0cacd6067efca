"""Lists that the database makes by itself, for the time in which the search index is away.

Each published offer keeps its filter values as one text, ` kind:funding region:FR `, and its words
as another. A search becomes one statement over these two; it reads the whole table, which is
right for a few minutes and wrong for every day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson

from aiff_catalog.search.adapters.language.suggestions import (
    MOST_OFFERS,
    names_of_card,
    stored,
    suggestions,
)
from aiff_catalog.search.domain.queries import (
    ANY,
    UNRESTRICTED,
    FilterName,
    IndexEntry,
    SearchPage,
    SearchQuery,
    Sort,
    Suggestions,
    with_closeness,
)
from aiff_catalog.search.domain.territories import around
from aiff_catalog.shared.reading import DatabaseReader
from aiff_catalog.shared.schedule import load_schedule, period_at, with_status
from aiff_kit.text import Lexicon, QuestionReader, asked_words, words_in

_ESCAPED = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_SELECT = "SELECT summary, schedule, count(*) OVER () FROM offer_document"
# The database knows no spellings: words are looked for as they are typed.
_NO_WORDS_KNOWN = QuestionReader(Lexicon(()))
_ORDERS: Mapping[Sort, str] = {
    "relevance": "title_order, offer_id",
    "title": "title_order, offer_id",
    "-updated_at": "updated_at DESC, offer_id",
    "deadline": "deadline IS NULL, deadline, offer_id",
}


def listed_columns(entry: IndexEntry) -> dict[str, Any]:
    """Return the columns of an entry that lists are made of."""
    shown = (*entry.texts.titles, *entry.texts.summaries)
    words = sorted(entry.texts.called().union(*map(words_in, shown)))
    return {
        "title_order": entry.title_order,
        "words": " ".join(words).replace("\x00", ""),
        "gpu_memory": entry.gpu_memory,
        "amount": entry.amount,
        "published_at": entry.published_at,
        **derived_columns(entry),
    }


def derived_columns(entry: IndexEntry) -> dict[str, Any]:
    """Return the columns that follow from the clock."""
    return {
        "status": entry.terms["status"][0],
        "deadline": entry.deadline,
        "terms": "".join(f" {term}" for term in _terms(entry)) + " ",
    }


class SqlPublishedLists:
    """Makes lists and suggestions while the search index is away, and reads descriptions."""

    def __init__(self, reader: DatabaseReader) -> None:
        """Keep what reads rows."""
        self._reader = reader

    async def listed(self, query: SearchQuery, now: datetime) -> SearchPage:
        """Return published offers without the search index, with one statement."""
        statement, values = listing(query)
        return listed_page(await self._reader.rows(statement, *values), query, now)

    async def suggested(self, text: str, limit: int) -> Suggestions:
        """Return how a text could go on without the search index, with one statement."""
        statement, values = beginning(text)
        return suggestions_of(await self._reader.rows(statement, *values), text, limit)

    async def bodies(self, offer_ids: Sequence[str]) -> Mapping[str, bytes]:
        """Return the documents of published offers, with one statement."""
        if not offer_ids:
            return {}
        rows = await self._reader.rows(_bodies_statement(len(offer_ids)), *offer_ids)
        return {str(offer_id): bytes(body) for offer_id, body in rows}

    async def descriptions(self, offer_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the descriptions of published offers, with one statement."""
        return _descriptions((await self.bodies(offer_ids)).items())


def listing(query: SearchQuery) -> tuple[str, list[Any]]:
    """Return the statement of a search and its values, numbered `?1`, `?2` and so on.

    What a reader types only ever becomes a value.
    """
    values: list[Any] = []

    def bound(value: Any) -> str:
        values.append(value)
        return f"?{len(values)}"

    def like(column: str, text: str) -> str:
        pattern = bound(f"%{text.translate(_ESCAPED)}%")
        return f"{column} LIKE {pattern} ESCAPE '\\'"

    conditions = [like("words", word) for word in _words(query.text)]
    for name, wanted in query.filters.items():
        if name == "status":
            conditions.append(f"status IN ({', '.join(bound(value) for value in wanted)})")
        elif wanted:
            terms = [like("terms", f" {term} ") for term in _wanted(name, wanted)]
            conditions.append(f"({' OR '.join(terms)})")
    for one in query.bounds.ranges():
        ends = ((">=", one.least), ("<=", one.most))
        inside = [f"{one.name} {sign} {bound(end)}" for sign, end in ends if end is not None]
        passing = [" AND ".join(inside)]
        if query.bounds.include_unknown:
            passing.append(like("terms", f" unstated:{one.name} "))
        conditions.append(f"({' OR '.join(passing)})")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    place = f"LIMIT {bound(query.limit)} OFFSET {bound(query.offset)}"
    return f"{_SELECT}{where} ORDER BY {_ORDERS[query.sort]} {place}", values


def listed_page(rows: Sequence[Any], query: SearchQuery, now: datetime) -> SearchPage:
    """Return the page that the statement's rows are."""
    items = (with_status(row[0], period_at(load_schedule(row[1]), now)) for row in rows)
    return SearchPage(
        items=tuple(with_closeness(item, is_close=False) for item in items),
        total=rows[0][2] if rows else 0,
        facets=dict.fromkeys(query.facets, ()),
        degraded=True,
        question=_NO_WORDS_KNOWN.read(query.text),
    )


def beginning(text: str) -> tuple[str, list[Any]]:
    """Return the statement of offers with all that was typed in their words, and its values."""
    parts = [part for word in asked_words(text) for part in word.parts]
    values: list[Any] = [f"%{part.translate(_ESCAPED)}%" for part in parts]
    like = [f"words LIKE ?{number} ESCAPE '\\'" for number in range(1, len(parts) + 1)]
    where = " AND ".join(like) or "FALSE"
    ordered = f"ORDER BY title_order, offer_id LIMIT {MOST_OFFERS}"
    return f"SELECT summary FROM offer_document WHERE {where} {ordered}", values  # noqa: S608


def suggestions_of(rows: Sequence[Any], text: str, limit: int) -> Suggestions:
    """Return the suggestions that the statement's rows are."""
    cards = [bytes(row[0]) for row in rows]
    names = Counter(stored(name) for card in cards for name in names_of_card(orjson.loads(card)))
    made = suggestions(text, (name for name, _ in names.most_common()), cards, limit)
    return replace(made, degraded=True)


def _terms(entry: IndexEntry) -> Iterable[str]:
    named = [*entry.terms.items(), ("inside", entry.inside), ("gpu_name", entry.gpu_names)]
    named.append(("unstated", entry.unstated))
    for name, values in named:
        if name != "status":
            yield from (f"{name}:{value}" for value in values)


def _wanted(name: FilterName, values: Sequence[str]) -> Iterable[str]:
    """Return the terms of which an offer needs one."""
    if name == "region":
        surrounding = dict.fromkeys(outer for code in values for outer in around(code))
        yield from (f"region:{code}" for code in surrounding)
        yield from (f"inside:{code}" for code in values)
    elif name == "gpu_model":
        yield from (f"gpu_name:{value}" for value in values)
    else:
        unrestricted = (ANY,) if name in UNRESTRICTED else ()
        yield from (f"{name}:{value}" for value in (*values, *unrestricted))


def _words(text: str) -> Iterable[str]:
    """Return what must be there; a text without any word finds nothing, as in the index."""
    if not text.strip():
        return ()
    words = asked_words(text)
    return [part for word in words for part in word.parts] if words else [text.strip()]


def _bodies_statement(count: int) -> str:
    """Return the statement that reads so many documents."""
    places = ", ".join(f"?{number}" for number in range(1, count + 1))
    return f"SELECT offer_id, body FROM offer_document WHERE offer_id IN ({places})"  # noqa: S608


def _descriptions(rows: Iterable[tuple[str, bytes]]) -> dict[str, dict[str, str]]:
    """Return the descriptions of documents, by id and language."""
    texts = {offer_id: orjson.loads(body).get("description") for offer_id, body in rows}
    return {offer_id: text for offer_id, text in texts.items() if text}
