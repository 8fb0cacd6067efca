"""What an edition would change, before it is published; nothing is stored."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from aiff_catalog.search.application.embeddings import QueryMeanings
from aiff_catalog.search.application.ports import SearchIndex
from aiff_catalog.search.domain.queries import SearchPage, SearchQuery, Synonyms
from aiff_catalog.vocabularies.application.current import synonyms_of
from aiff_catalog.vocabularies.application.editing import open_name
from aiff_catalog.vocabularies.application.ports import OpenVocabularies
from aiff_catalog.vocabularies.domain.gpu_worth import WorthChange, worth_changes
from aiff_catalog.vocabularies.domain.labels import first_entries
from aiff_catalog.vocabularies.domain.rules import lost_users, require_sound
from aiff_catalog.vocabularies.domain.vocabulary import (
    OPEN,
    CodeUse,
    Entries,
    KeptVocabulary,
    Vocabulary,
    WordList,
)

# Searches that one preview runs, those of the changed entries' own words included.
MOST_SEARCHES = 40
_MOST_CODES, _MOST_SLUGS = 50, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchChange:
    """The first page of a search in two editions; `items` are the offers as lists show them."""

    text: str
    before: SearchPage
    after: SearchPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`lost` are codes in use for which the edition would be refused, with their offers.

    `compared` counts the searches that were run; `searches` are those with another result.
    `used` are changed codes of a list that published offers use.
    """

    name: KeptVocabulary
    lost: Mapping[str, Sequence[str]]
    models: tuple[WorthChange, ...] = ()
    used: tuple[CodeUse, ...] = ()
    compared: int = 0
    searches: tuple[SearchChange, ...] = ()


class VocabularyPreview:
    """Runs what depends on a vocabulary with the edition that holds and with the next one."""

    def __init__(
        self, open_uow: OpenVocabularies, index: SearchIndex, meanings: QueryMeanings
    ) -> None:
        """Keep where to read and what searches go through."""
        self._open_uow = open_uow
        self._index = index
        self._meanings = meanings

    async def of(self, name: str, entries: Entries | None, texts: Sequence[str]) -> Preview:
        """Compare these entries (None: the draft) with the edition that holds.

        Raises VocabularyNotFoundError, NoDraftError, Faults where they cannot be an edition, and
        SearchIndexUnavailableError.
        """
        known = open_name(name)
        found, users = await asyncio.to_thread(self._read, known)
        wanted = found.waiting.entries if entries is None else entries
        require_sound(known, wanted, first_entries(known))
        live = found.live.entries
        if known == "gpu_models":
            return Preview(
                name=known,
                lost=lost_users(known, live, wanted, users),
                models=tuple(worth_changes(live, wanted, users)),
            )
        used = await asyncio.to_thread(self._uses, known, live, wanted)
        asked = [*dict.fromkeys((*texts, *_words(live, wanted)))][:MOST_SEARCHES]
        sides = [_synonyms(known, side) for side in (live, wanted)]
        changes = [await self._searched(text, sides) for text in asked]
        differing = tuple(one for one in changes if one.before.items != one.after.items)
        return Preview(name=known, lost={}, used=used, compared=len(asked), searches=differing)

    def _read(self, name: KeptVocabulary) -> tuple[Vocabulary, Mapping[str, Sequence[str]]]:
        with self._open_uow() as uow:
            return uow.vocabularies.get(name), uow.vocabularies.users(name)

    def _uses(self, name: KeptVocabulary, before: Entries, after: Entries) -> tuple[CodeUse, ...]:
        """Return the changed codes of a list that published offers use."""
        if name in OPEN:
            return ()
        held = frozenset(before)
        codes = [entry.code for entry in after if entry not in held][:_MOST_CODES]
        with self._open_uow() as uow:
            return tuple(uow.vocabularies.uses(cast("WordList", name), codes, _MOST_SLUGS))

    async def _searched(self, text: str, sides: Sequence[Synonyms]) -> SearchChange:
        query = SearchQuery(text=text, meaning=await self._meanings.of(text))
        pages = [await self._index.search(replace(query, synonyms=side)) for side in sides]
        return SearchChange(text=text, before=pages[0], after=pages[1])


def _synonyms(name: KeptVocabulary, entries: Entries) -> Synonyms:
    """Return the synonyms that an edition of one vocabulary alone would make."""
    if name == "search_synonyms":
        return synonyms_of(entries)
    return synonyms_of((), {cast("WordList", name): entries})


def _words(before: Entries, after: Entries) -> Iterator[str]:
    """Return the words of the entries that one side alone has, in this form."""
    for side, other in ((after, before), (before, after)):
        held = frozenset(other)
        for entry in side:
            if entry not in held:
                yield from entry.terms
