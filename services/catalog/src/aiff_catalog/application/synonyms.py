"""The synonyms that hold now, for searches: read again every second, never waited for long."""

import asyncio
from contextlib import suppress
from time import monotonic

import structlog

from aiff_catalog.application.changing import OpenUnitOfWork
from aiff_catalog.application.search import NO_SYNONYMS, Synonyms
from aiff_catalog.domain.vocabulary import Entries
from aiff_contracts.vocabulary import OpenVocabulary

_NAME: OpenVocabulary = "search_synonyms"
_KEPT_SECONDS = 1.0
_PATIENCE_SECONDS = 0.25
_log = structlog.get_logger(__name__)


def synonyms_of(entries: Entries) -> Synonyms:
    """Return the groups of words that an edition's entries make."""
    return Synonyms(tuple(entry.terms for entry in entries)) if entries else NO_SYNONYMS


class LiveSynonyms:
    """Follows the published edition. A database that is away leaves the last one in force."""

    def __init__(self, open_uow: OpenUnitOfWork, passing: tuple[type[Exception], ...]) -> None:
        """Keep where to read, and which faults are the surroundings'."""
        self._open_uow = open_uow
        self._passing = passing
        self._edition = 0
        self._synonyms = NO_SYNONYMS
        self._until = 0.0
        self._reading: asyncio.Future[None] | None = None

    async def current(self) -> Synonyms:
        """Return the synonyms, at most a second behind while the database answers."""
        if monotonic() >= self._until and (self._reading is None or self._reading.done()):
            self._until = monotonic() + _KEPT_SECONDS
            self._reading = asyncio.ensure_future(asyncio.to_thread(self._read))
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._reading), _PATIENCE_SECONDS)
        return self._synonyms

    def _read(self) -> None:
        try:
            with self._open_uow() as uow:
                edition = uow.vocabularies.edition_number(_NAME)
                if edition != self._edition:
                    self._synonyms = synonyms_of(uow.vocabularies.get(_NAME).live.entries)
                    self._edition = edition
        except self._passing as error:
            _log.warning("searching with the last known synonyms", reason=type(error).__name__)
