"""What searching needs of the world: an engine, and the database for when it is away."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_catalog.search.domain.queries import (
    IndexEntry,
    SearchPage,
    SearchQuery,
    Suggestions,
    Synonyms,
)
from aiff_kit.text import Question


class SearchIndex(Protocol):
    """Finds published offers."""

    async def search(self, query: SearchQuery) -> SearchPage:
        """Return a page; SearchIndexUnavailableError where the index is out of reach."""

    async def read(self, text: str) -> Question:
        """Return a text as it is meant where its words are known; the same error as `search`."""

    async def suggest(self, text: str, limit: int) -> Suggestions:
        """Return how a text that is being typed could go on; the same error as `search`."""

    async def close(self) -> None:
        """Close what is open."""


class SearchIndexWriter(Protocol):
    """Keeps the index equal to the published offers."""

    def apply(self, entries: Iterable[IndexEntry], removed: Mapping[UUID, int]) -> None:
        """Put and remove entries in one commit; the same again changes nothing.

        `removed` names the version in which each offer was found to be no longer published.
        SearchIndexUnavailableError where the index is out of reach: try again later.
        """


class FreshIndex(SearchIndexWriter, Protocol):
    """An index that is being built beside the one in use."""

    def switch(self) -> None:
        """Make every reader and writer use this index from now on."""


class PublishedLists(Protocol):
    """What the database alone knows of the published offers; a constant number of statements.

    All raise DatabaseUnavailableError where the database does not answer in time.
    """

    async def listed(self, query: SearchQuery, now: datetime) -> SearchPage:
        """Return published offers by their filters and plain words, without the search index.

        Every word must be in an offer's title, summary or names; the order is by title where
        relevance was asked for, and there are no facets.
        """

    async def suggested(self, text: str, limit: int) -> Suggestions:
        """Return how a text that is being typed could go on, without the search index."""

    async def bodies(self, offer_ids: Sequence[str]) -> Mapping[str, bytes]:
        """Return the documents of those of the offers that are published, by id."""

    async def descriptions(self, offer_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the descriptions, by language, of those of the published offers that have one."""


class CurrentSynonyms(Protocol):
    """The synonyms of the curators that hold now."""

    async def current(self) -> Synonyms:
        """Return them, never waited for long."""


class UnansweredLog(Protocol):
    """Counts what readers looked for in vain."""

    def note(self, text: str) -> None:
        """Count a text for which nothing was found."""


class TextMarker(Protocol):
    """Marks the words of a search in HTML-escaped texts with `<mark>`.

    None where nothing matches.
    """

    def whole(self, text: str, question: Question) -> str | None:
        """Return a short text with its matches marked."""

    def fragment(self, text: str, question: Question) -> str | None:
        """Return the part of a long text around its first match."""
