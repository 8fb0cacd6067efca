"""The search index on tantivy: a library in the process, files on the disk."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from tantivy import Index, IndexWriter, Query, Searcher

from aiff_catalog.search.adapters.language.suggestions import (
    MOST_NAMES,
    MOST_OFFERS,
    name_pattern,
    suggestions,
)
from aiff_catalog.search.adapters.tantivy.folder import (
    IndexFolder,
    State,
    open_index,
    state_of,
)
from aiff_catalog.search.adapters.tantivy.query import QueryBuilder
from aiff_catalog.search.adapters.tantivy.schema import document_of
from aiff_catalog.search.adapters.tantivy.snapshot import Hits, Snapshot
from aiff_catalog.search.adapters.tantivy.vectors import VectorFile
from aiff_catalog.search.domain.queries import (
    IndexEntry,
    SearchPage,
    SearchQuery,
    Suggestions,
    with_closeness,
)
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_catalog.shared.schedule import period_at, with_status
from aiff_kit.clock import Clock
from aiff_kit.text import Question, asked_words

_HEAP_BYTES = 20_000_000
# A whole catalogue at once: fewer and larger segments, which are not merged again and again.
_FRESH_HEAP_BYTES = 200_000_000


class TantivySearchIndex:
    """The reading side; it sees another process's commits at the next search."""

    def __init__(self, folder: IndexFolder, clock: Clock) -> None:
        """Keep where the index lies; nothing is opened yet."""
        self._folder = folder
        self._clock = clock
        self._opened: Snapshot | None = None

    async def search(self, query: SearchQuery) -> SearchPage:
        """Return a page of what is found, and of what is close."""
        opened = self._fresh()
        hits = opened.page(query)
        return SearchPage(
            items=tuple(self._items(opened, hits)),
            total=hits.total,
            close=len(hits.wanted.close),
            facets=hits.facets,
            approximate=hits.wanted.question.is_corrected and bool(hits.addresses),
            meaning=hits.wanted.nearness is not None and hits.wanted.nearness.is_known,
            question=hits.wanted.question,
        )

    async def read(self, text: str) -> Question:
        """Return a text as it is meant where the words of the index are known."""
        return self._fresh().reader.read(text)

    async def suggest(self, text: str, limit: int) -> Suggestions:
        """Return how a text could go on, or one that is a letter away where none does."""
        found = self._suggest(text, limit, wrong_letter=False)
        return found if found.items else self._suggest(text, limit, wrong_letter=True)

    def _suggest(self, text: str, limit: int, *, wrong_letter: bool) -> Suggestions:
        opened = self._fresh()
        beginning = opened.queries.beginning(text, wrong_letter=wrong_letter)
        names = _names(opened.searcher, beginning, None if wrong_letter else text)
        hits = opened.searcher.search(beginning, MOST_OFFERS, count=False).hits
        cards = (opened.searcher.doc(address)["card"][0] for _, address in hits)
        return suggestions(text, names, cards, limit, wrong_letter=wrong_letter)

    def count(self) -> int:
        """Return the number of offers in the index."""
        return int(self._fresh().searcher.num_docs)

    async def close(self) -> None:
        """Let go of the files."""
        self._opened = None

    def _fresh(self) -> Snapshot:
        """Return the index with its newest commit: two looks at files tell whether it changed."""
        path = self._folder.current()
        committed = _committed(path)
        opened = self._opened
        if opened is not None and opened.path == path:
            if opened.committed == committed:
                return opened
            opened.index.reload()
            self._opened = _snapshot(path, committed, opened.index, opened.vectors)
        else:
            self._opened = _snapshot(path, committed, open_index(path), VectorFile(path))
        self._opened.vectors.refresh()
        return self._opened

    def _items(self, opened: Snapshot, hits: Hits) -> Iterator[bytes]:
        now = self._clock()
        for stored, is_close in opened.shown(hits):
            item = with_status(stored.card, period_at(stored.schedule, now))
            yield with_closeness(item, is_close=is_close)


class TantivyIndexWriter:
    """The writing side; the engine lets one process at a time hold it."""

    def __init__(self, folder: IndexFolder) -> None:
        """Keep where the index lies; the writer is opened with the first change."""
        self._folder = folder
        self._path: Path | None = None
        self._writer: IndexWriter | None = None

    def apply(self, entries: Iterable[IndexEntry], removed: Mapping[UUID, int]) -> None:
        """Put and remove entries in one commit.

        A rebuild may switch to another index meanwhile: then the same is done there too.
        """
        put, gone = tuple(entries), tuple(removed)
        while True:
            path = self._folder.ensure()
            writer = self._writer_of(path)
            _change(writer, put, gone)
            self._vectors.change(put, gone)
            _commit(writer)
            if self._folder.current() == path:
                return

    def close(self) -> None:
        """Let other processes write."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None
            self._path = None

    def _writer_of(self, path: Path) -> IndexWriter:
        if self._writer is None or self._path != path:
            self.close()
            self._writer, self._vectors = _open_writer(path), VectorFile(path)
            self._path = path
        return self._writer


class FreshTantivyIndex:
    """An index that is built beside the one in use, then put in its place."""

    def __init__(self, folder: IndexFolder) -> None:
        """Keep where it will lie."""
        self._folder = folder
        self._in_use = False

    def __enter__(self) -> Self:
        """Make it and hold its writer, so that no other process writes before it is complete."""
        self._path = self._folder.create()
        self._writer = _open_writer(self._path, _FRESH_HEAP_BYTES)
        self._vectors = VectorFile(self._path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the writer and delete what is no longer in use."""
        self._writer.wait_merging_threads()
        del self._writer
        self._folder.remove_unused()

    def apply(self, entries: Iterable[IndexEntry], removed: Mapping[UUID, int]) -> None:
        """Put and remove entries, in one commit once readers see it; before, nothing waits."""
        put = tuple(entries)
        _change(self._writer, put, tuple(removed))
        self._vectors.change(put, removed)
        if self._in_use:
            _commit(self._writer)

    def switch(self) -> None:
        """Make every reader and writer use this index, whole, from now on."""
        _commit(self._writer)
        self._folder.switch(self._path)
        self._in_use = True


def _snapshot(path: Path, committed: State, index: Index, vectors: VectorFile) -> Snapshot:
    searcher = index.searcher()
    queries = QueryBuilder(index.schema, searcher)
    return Snapshot(path, committed, index, searcher, queries, vectors)


def _committed(path: Path) -> State:
    """Return what tells one commit from the next."""
    try:
        return state_of(f"{path}/meta.json")
    except OSError as error:
        message = "the search index is gone; rebuild it"
        raise SearchIndexUnavailableError(message) from error


def _open_writer(path: Path, heap_bytes: int = _HEAP_BYTES) -> IndexWriter:
    try:
        return open_index(path).writer(heap_bytes, 1)
    except ValueError as error:
        message = f"the search index cannot be written now: {error}"
        raise SearchIndexUnavailableError(message) from error


def _change(
    writer: IndexWriter, entries: tuple[IndexEntry, ...], removed: tuple[UUID, ...]
) -> None:
    with _taken():
        for offer_id in (*removed, *(entry.offer_id for entry in entries)):
            writer.delete_documents_by_term("id", str(offer_id))
        for entry in entries:
            writer.add_document(document_of(entry))


def _commit(writer: IndexWriter) -> None:
    with _taken():
        writer.commit()


@contextmanager
def _taken() -> Iterator[None]:
    """Tell what the library raises in the words of the port."""
    try:
        yield
    except (ValueError, OSError) as error:
        message = f"the search index did not take the change: {error}"
        raise SearchIndexUnavailableError(message) from error


def _names(searcher: Searcher, matching: Query, text: str | None) -> Iterator[str]:
    """Return the names of the offers that match, most frequent first; `text` narrows them."""
    terms: dict[str, Any] = {"field": "called", "size": MOST_NAMES}
    if text is not None and asked_words(text):
        terms["include"] = name_pattern(text)
    answer = searcher.aggregate(matching, {"names": {"terms": terms}})
    return (bucket["key"] for bucket in answer["names"]["buckets"])
