"""The words of curators that hold now: read again every second, never waited for long."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Generic, TypeVar

import structlog

from aiff_catalog.search.domain.queries import NO_SYNONYMS, Synonyms
from aiff_catalog.vocabularies.application.ports import OpenVocabularies, VocabulariesUnitOfWork
from aiff_catalog.vocabularies.domain.labels import first_words
from aiff_catalog.vocabularies.domain.spellings import Spellings, spellings_of
from aiff_catalog.vocabularies.domain.vocabulary import WORD_LISTS, Entries, WordList

Words = dict[WordList, Entries]
Editions = tuple[int, ...]
T = TypeVar("T")
_KEPT_SECONDS = 1.0
_PATIENCE_SECONDS = 0.25
_log = structlog.get_logger(__name__)


class Followed(Generic[T]):
    """Something that follows from published editions, made anew when one of them changes.

    A database that is away leaves the last one in force.
    """

    def __init__(
        self,
        open_uow: OpenVocabularies,
        passing: tuple[type[Exception], ...],
        make: Callable[[VocabulariesUnitOfWork], T],
        first: T,
    ) -> None:
        """Keep where to read, which faults are the surroundings', how it is made, and the first."""
        self._open_uow = open_uow
        self._passing = passing
        self._make = make
        self._editions: Editions = ()
        self._made = first
        self._until = 0.0
        self._reading: asyncio.Future[None] | None = None

    async def current(self) -> T:
        """Return it, at most a second behind while the database answers."""
        if monotonic() >= self._until and (self._reading is None or self._reading.done()):
            self._until = monotonic() + _KEPT_SECONDS
            self._reading = asyncio.ensure_future(asyncio.to_thread(self._read))
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._reading), _PATIENCE_SECONDS)
        return self._made

    def _read(self) -> None:
        try:
            with self._open_uow() as uow:
                editions = uow.vocabularies.edition_numbers()
                if editions != self._editions:
                    self._made, self._editions = self._make(uow), editions
        except self._passing as error:
            _log.warning("going on with the last known words", reason=type(error).__name__)


def synonyms_of(entries: Entries, words: Words | None = None) -> Synonyms:
    """Return the groups of words that mean the same.

    Those of the synonyms' entries, and for each code of a list the aliases that curators gave it.
    A word that is a synonym already belongs to that group alone.
    """
    groups = [entry.terms for entry in entries]
    taken = {term.casefold() for group in groups for term in group}
    for name, own in (words or {}).items():
        before = {entry.code: entry.aliases for entry in first_words(name)}
        for entry in own:
            given = {term.casefold() for term in entry.terms}
            if entry.aliases != before[entry.code] and not taken & given:
                groups.append(entry.terms)
                taken |= given
    return Synonyms(tuple(groups)) if groups else NO_SYNONYMS


def words_of(uow: VocabulariesUnitOfWork) -> Words:
    """Return the editions that hold of the lists which curators changed."""
    changed: Words = {}
    for name in WORD_LISTS:
        if uow.vocabularies.edition_number(name) > 1:
            changed[name] = uow.vocabularies.get(name).live.entries
    return changed


def spellings_now(open_uow: OpenVocabularies) -> Spellings:
    """Return the spellings of all lists as they are in the editions that hold."""
    with open_uow() as uow:
        changed = words_of(uow)
    return {name: spellings_of(name, changed.get(name) or first_words(name)) for name in WORD_LISTS}


def live_synonyms(
    open_uow: OpenVocabularies, passing: tuple[type[Exception], ...]
) -> Followed[Synonyms]:
    """Return the synonyms that hold now, for searches."""

    def made(uow: VocabulariesUnitOfWork) -> Synonyms:
        return synonyms_of(uow.vocabularies.get("search_synonyms").live.entries, words_of(uow))

    return Followed(open_uow, passing, made, NO_SYNONYMS)


def live_words(open_uow: OpenVocabularies, passing: tuple[type[Exception], ...]) -> Followed[Words]:
    """Return the lists that curators changed, for forms and filters."""
    return Followed(open_uow, passing, words_of, {})
