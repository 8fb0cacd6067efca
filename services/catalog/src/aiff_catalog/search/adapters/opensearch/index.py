"""The search index on OpenSearch: an alias that readers and writers use, and indexes behind it."""

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from opensearchpy import AsyncOpenSearch, OpenSearch

from aiff_catalog.search.adapters.language.nearness import nearness, without_each
from aiff_catalog.search.adapters.language.suggestions import suggestions
from aiff_catalog.search.adapters.opensearch.bulk import write
from aiff_catalog.search.adapters.opensearch.circuit_breaker import CircuitBreaker
from aiff_catalog.search.adapters.opensearch.client import guarded, unavailable
from aiff_catalog.search.adapters.opensearch.query import (
    FOUND,
    WantedHits,
    best_body,
    close_ids,
    cosine_of,
    facets_of,
    nearest_body,
    search_body,
    spellings_body,
    suggestions_body,
)
from aiff_catalog.search.adapters.opensearch.schema import SHAPE, index_template, spelling_of
from aiff_catalog.search.domain.queries import (
    IndexEntry,
    SearchPage,
    SearchQuery,
    Suggestions,
    with_closeness,
)
from aiff_catalog.shared.schedule import load_schedule, period_at, with_status
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id
from aiff_kit.text import Lexicon, Question, QuestionReader

# The engine takes each batch with one thread; more at once would slow down those who search.
_BATCHES_AT_ONCE = 2
# Words of new offers are taken for misspelled ones no longer than that.
_KNOWN_FOR_SECONDS = 5.0
# Nobody searches an index that is being filled, and what is lost of it is filled in again.
_WHILE_FILLED = {"index.refresh_interval": "-1", "index.translog.durability": "async"}
_IN_USE = {"index.refresh_interval": "1s", "index.translog.durability": "request"}


def alias_of(name: str) -> str:
    """Return the alias of the index in use; an index of another shape has another one."""
    return f"{name}-{SHAPE}"


class OpenSearchIndex:
    """The reading side."""

    def __init__(
        self, client: AsyncOpenSearch, alias: str, clock: Clock, breaker: CircuitBreaker
    ) -> None:
        """Keep the parts; nothing is connected yet."""
        self._client = client
        self._alias = alias
        self._clock = clock
        self._breaker = breaker
        self._reader, self._read_again_at = QuestionReader(Lexicon(())), 0.0

    async def search(self, query: SearchQuery) -> SearchPage:
        """Return a page of what is found, and of what is close."""
        question = query.question or await self.read(query.text)
        wanted = WantedHits(query, question)
        if query.text.strip():
            wanted = await self._compared(wanted)
        answer = await self._ask(search_body(wanted))
        if wanted.close and query.sort != "relevance" and _found(answer):
            # In another order than that of relevance what is close would stand anywhere.
            wanted = replace(wanted, close=())
            answer = await self._ask(search_body(wanted))
        return self._page(wanted, answer)

    async def read(self, text: str) -> Question:
        """Return a text as it is meant where the words of the index are known."""
        return (await self._known_words()).read(text)

    async def _known_words(self) -> QuestionReader:
        """Return what reads questions; words of new offers are known some seconds later."""
        now = time.monotonic()
        if now >= self._read_again_at:
            buckets = (await self._ask(spellings_body()))["aggregations"]["spellings"]["buckets"]
            terms = [(*spelling_of(bucket["key"]), bucket["doc_count"]) for bucket in buckets]
            self._reader = QuestionReader(Lexicon(terms))
            self._read_again_at = now + _KNOWN_FOR_SECONDS
        return self._reader

    async def _compared(self, wanted: WantedHits) -> WantedHits:
        """Return the search with what its meaning adds and with what is close to it."""
        answer, cosines = await asyncio.gather(
            self._ask(best_body(wanted)), self._cosines(wanted.query)
        )
        hits = answer["hits"]["hits"]
        near = nearness(cosines, hits[0]["_score"] if hits else None)
        shown = wanted.query.shows_close
        close = close_ids([one["_id"] for one in hits], near) if shown else ()
        return replace(wanted, nearness=near, close=close)

    async def _cosines(self, query: SearchQuery) -> dict[str, float]:
        """Return the nearest of the offers that pass, each counted filter left out once."""
        meaning = query.vector
        if meaning is None:
            return {}
        bodies = [nearest_body(query, meaning, without) for without in without_each(query)]
        answers = await asyncio.gather(*(self._ask(body) for body in bodies))
        hits = (hit for answer in answers for hit in answer["hits"]["hits"])
        return {hit["_id"]: cosine_of(hit["_score"]) for hit in hits}

    def _page(self, wanted: WantedHits, answer: Mapping[str, Any]) -> SearchPage:
        hits, found, near = answer["hits"]["hits"], _found(answer), wanted.nearness
        return SearchPage(
            items=tuple(self._item(hit, is_ranked=near is not None) for hit in hits),
            total=found,
            close=_total(answer) - found,
            facets=facets_of(wanted.query, answer.get("aggregations", {})),
            approximate=wanted.question.is_corrected and bool(hits),
            meaning=near is not None and near.is_known,
            question=wanted.question,
        )

    async def suggest(self, text: str, limit: int) -> Suggestions:
        """Return how a text could go on, or one that is a letter away where none does."""
        found = await self._suggest(text, limit, wrong_letter=False)
        return found if found.items else await self._suggest(text, limit, wrong_letter=True)

    async def close(self) -> None:
        """Close the connections; they end a turn of the loop later, which may be its last."""
        await self._client.close()
        await asyncio.sleep(0)

    async def _suggest(self, text: str, limit: int, *, wrong_letter: bool) -> Suggestions:
        answer = await self._ask(suggestions_body(text, wrong_letter=wrong_letter))
        names = (bucket["key"] for bucket in answer["aggregations"]["names"]["buckets"])
        cards = (hit["_source"]["card"].encode() for hit in answer["hits"]["hits"])
        return suggestions(text, names, cards, limit, wrong_letter=wrong_letter)

    async def _ask(self, body: dict[str, Any]) -> Any:
        # Half an answer would pass for a whole one.
        whole = {"allow_partial_search_results": "false"}
        return await guarded(
            self._breaker,
            lambda: self._client.search(index=self._alias, body=body, params=whole),
        )

    def _item(self, hit: Mapping[str, Any], *, is_ranked: bool) -> bytes:
        source = hit["_source"]
        schedule = load_schedule(source["schedule"].encode())
        item = with_status(source["card"].encode(), period_at(schedule, self._clock()))
        is_close = is_ranked and FOUND not in hit.get("matched_queries", ())
        return with_closeness(item, is_close=is_close)


class OpenSearchIndexWriter:
    """The writing side; any number of processes may write, the newest version wins."""

    def __init__(self, client: OpenSearch, alias: str) -> None:
        """Keep the client and the alias."""
        self._client = client
        self._alias = alias

    def apply(self, entries: Iterable[IndexEntry], removed: Mapping[UUID, int]) -> None:
        """Put and remove entries; when this returns, searches find them so."""
        write(self._client, self._alias, entries, removed, refresh=True)


class FreshOpenSearchIndex:
    """An index that is built beside the one in use, then put behind the alias in its place.

    While the engine takes two batches, the caller prepares the next.
    """

    def __init__(self, client: OpenSearch, alias: str) -> None:
        """Choose its name."""
        self._client = client
        self._alias = alias
        self._name = f"{alias}-{new_id()}"
        self._in_use = False
        self._sender = ThreadPoolExecutor(_BATCHES_AT_ONCE, "opensearch-bulk")
        self._sent: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        """Make it, from the template of this version of the code."""
        with unavailable():
            template = index_template(f"{self._alias}-*")
            self._client.indices.put_index_template(name=self._alias, body=template)
            self._client.indices.create(index=self._name, body={"settings": _WHILE_FILLED})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Delete the indexes that are not in use, this one where it was not finished."""
        self._sender.shutdown()
        if error is None:
            with unavailable():
                self._remove_unused()

    def apply(self, entries: Iterable[IndexEntry], removed: Mapping[UUID, int]) -> None:
        """Put and remove entries; before the switch nobody searches here, so nothing waits.

        Until then, what the engine says of a batch is raised by a later call.
        """
        self._await_sent(_BATCHES_AT_ONCE - 1)
        self._sent.append(self._sender.submit(self._write, tuple(entries), removed))
        if self._in_use:
            self._await_sent()

    def switch(self) -> None:
        """Make every reader and writer use this index from now on, all at the same moment."""
        self._await_sent()
        others = {"index": f"{self._alias}-*", "alias": self._alias, "must_exist": False}
        actions = [{"remove": others}, {"add": {"index": self._name, "alias": self._alias}}]
        with unavailable():
            self._client.indices.put_settings(index=self._name, body=_IN_USE)
            self._client.indices.flush(index=self._name)
            self._client.indices.refresh(index=self._name)
            self._client.indices.update_aliases(body={"actions": actions})
        self._in_use = True

    def _write(self, entries: tuple[IndexEntry, ...], removed: Mapping[UUID, int]) -> None:
        write(self._client, self._name, entries, removed, refresh=self._in_use)

    def _await_sent(self, left: int = 0) -> None:
        """Wait until no more than so many batches are on their way."""
        while len(self._sent) > left:
            self._sent.popleft().result()

    def _remove_unused(self) -> None:
        aliases = self._client.indices.get_alias(index=f"{self._alias}-*")
        unused = [name for name, facts in aliases.items() if self._alias not in facts["aliases"]]
        if unused:
            self._client.indices.delete(
                index=",".join(unused), params={"ignore_unavailable": "true"}
            )


def count(client: OpenSearch, alias: str) -> int:
    """Return the number of offers in the index in use."""
    with unavailable():
        return int(client.count(index=alias)["count"])


def _found(answer: Mapping[str, Any]) -> int:
    """Return how many are found; where none may be close, all hits are."""
    counted = answer.get("aggregations", {}).get(FOUND)
    return _total(answer) if counted is None else min(counted["doc_count"], _total(answer))


def _total(answer: Mapping[str, Any]) -> int:
    return int(answer["hits"]["total"]["value"])
