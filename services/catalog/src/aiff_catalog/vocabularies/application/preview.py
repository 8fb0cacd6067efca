"""What an edition would change, before it is published; nothing is stored."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from aiff_catalog.search.application.searching import OfferSearch, SearchRequest
from aiff_catalog.search.domain.queries import SearchPage, SearchQuery, Synonyms
from aiff_catalog.vocabularies.application.current import Words, synonyms_of, words_of
from aiff_catalog.vocabularies.application.editing import open_name
from aiff_catalog.vocabularies.application.ports import OpenVocabularies
from aiff_catalog.vocabularies.domain.gpu_worth import WorthChange, worth_changes
from aiff_catalog.vocabularies.domain.labels import first_entries
from aiff_catalog.vocabularies.domain.rules import lost_users, require_sound
from aiff_catalog.vocabularies.domain.vocabulary import (
    OPEN,
    WORD_LISTS,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What holds now: the vocabulary with its users, and all that synonyms are made of."""

    vocabulary: Vocabulary
    users: Mapping[str, Sequence[str]]
    synonyms: Entries
    words: Words


class VocabularyPreview:
    """Runs what depends on a vocabulary with the edition that holds and with the next one.

    Searches are those of readers, with the synonyms that they would have then.
    """

    def __init__(self, open_uow: OpenVocabularies, search: OfferSearch) -> None:
        """Keep where to read and what searches go through."""
        self._open_uow = open_uow
        self._search = search

    async def of(self, name: str, entries: Entries | None, texts: Sequence[str]) -> Preview:
        """Compare these entries (None: the draft) with the edition that holds.

        Raises VocabularyNotFoundError, NoDraftError, and Faults where they cannot be an edition.
        """
        known = open_name(name)
        held = await asyncio.to_thread(self._read, known)
        wanted = held.vocabulary.waiting.entries if entries is None else entries
        require_sound(known, wanted, first_entries(known))
        live = held.vocabulary.live.entries
        if known == "gpu_models":
            return Preview(
                name=known,
                lost=lost_users(known, live, wanted, held.users),
                models=tuple(worth_changes(live, wanted, held.users)),
            )
        used = await asyncio.to_thread(self._uses, known, live, wanted)
        asked = [*dict.fromkeys((*texts, *_words(live, wanted)))][:MOST_SEARCHES]
        sides = [_synonyms(held, known, side) for side in (live, wanted)]
        changes = [await self._searched(text, sides) for text in asked]
        differing = tuple(change for change in changes if change.before.items != change.after.items)
        return Preview(name=known, lost={}, used=used, compared=len(asked), searches=differing)

    def _read(self, name: KeptVocabulary) -> _Held:
        with self._open_uow() as uow:
            return _Held(
                vocabulary=uow.vocabularies.get(name),
                users=uow.vocabularies.users(name),
                synonyms=uow.vocabularies.get("search_synonyms").live.entries,
                words=words_of(uow),
            )

    def _uses(self, name: KeptVocabulary, before: Entries, after: Entries) -> tuple[CodeUse, ...]:
        """Return the changed codes of a list that published offers use."""
        if name in OPEN:
            return ()
        held = frozenset(before)
        codes = [entry.code for entry in after if entry not in held][:_MOST_CODES]
        with self._open_uow() as uow:
            return tuple(uow.vocabularies.uses(cast("WordList", name), codes, _MOST_SLUGS))

    async def _searched(self, text: str, sides: Sequence[Synonyms]) -> SearchChange:
        query = SearchQuery(text=text, shows_close=False)
        pages = [
            await self._search.page(SearchRequest(query=query, synonyms=side)) for side in sides
        ]
        return SearchChange(text=text, before=pages[0], after=pages[1])


def _synonyms(held: _Held, name: KeptVocabulary, entries: Entries) -> Synonyms:
    """Return the synonyms that readers would have with these entries of one vocabulary."""
    if name == "search_synonyms":
        return synonyms_of(entries, held.words)
    given = {**held.words, cast("WordList", name): entries}
    # Which list comes first decides of a word that two of them give.
    return synonyms_of(held.synonyms, {one: given[one] for one in WORD_LISTS if one in given})


def _words(before: Entries, after: Entries) -> Iterator[str]:
    """Return the words of the entries that one side alone has, in this form."""
    for side, other in ((after, before), (before, after)):
        held = frozenset(other)
        for entry in side:
            if entry not in held:
                yield from entry.terms
