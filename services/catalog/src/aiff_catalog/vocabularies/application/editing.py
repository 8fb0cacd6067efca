"""Curators draft, publish and restore editions of the vocabularies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import TextNotKeptError, VocabularyNotFoundError
from aiff_catalog.shared.ports import SOURCE
from aiff_catalog.vocabularies.application.ports import OpenVocabularies, VocabulariesUnitOfWork
from aiff_catalog.vocabularies.domain import vocabulary as vocabularies
from aiff_catalog.vocabularies.domain.labels import completed, first_entries
from aiff_catalog.vocabularies.domain.rules import require_sound, require_users_known
from aiff_catalog.vocabularies.domain.vocabulary import (
    OPEN,
    WORD_LISTS,
    Draft,
    Edition,
    EditionChanges,
    Entries,
    KeptVocabulary,
    Vocabulary,
)
from aiff_contracts.events import VOCABULARY_PUBLISHED, Event, VocabularyPublished
from aiff_contracts.vocabulary import OpenVocabulary
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id

KEPT: tuple[KeptVocabulary, ...] = (*OPEN, *WORD_LISTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyTarget:
    """Which vocabulary is changed by whom, who read which version (None: any)."""

    name: str
    by: Authorship
    version: int | None = None


def open_name(name: str) -> KeptVocabulary:
    """Return the name, or raise VocabularyNotFoundError."""
    for known in KEPT:
        if known == name:
            return known
    raise VocabularyNotFoundError(name)


class VocabularyCommands:
    """Changes one vocabulary in one transaction.

    All raise VocabularyNotFoundError, StaleVersionError or the error of the transition.
    """

    def __init__(self, open_uow: OpenVocabularies, clock: Clock, *, four_eyes: bool) -> None:
        """Keep where to write, the clock, and whether another curator has to publish."""
        self._open_uow = open_uow
        self._clock = clock
        self._four_eyes = four_eyes

    def read(self, name: str) -> Vocabulary:
        """Return a vocabulary with its draft."""
        with self._open_uow() as uow:
            return uow.vocabularies.get(open_name(name))

    def editions(self, name: str) -> tuple[Edition, ...]:
        """Return all editions, newest first."""
        with self._open_uow() as uow:
            return uow.vocabularies.editions(open_name(name))

    def edition(self, name: str, number: int) -> Edition:
        """Return an edition; TextNotKeptError where there is none of that number."""
        with self._open_uow() as uow:
            return _edition(uow, open_name(name), number)

    def compare(self, name: str, before: str, after: str) -> EditionChanges:
        """Return in what two editions differ: numbers, `live` or `draft`.

        NoDraftError and TextNotKeptError where there is none.
        """
        return vocabularies.changes_between(*(self._entries(name, one) for one in (before, after)))

    def revise(self, target: VocabularyTarget, entries: Entries) -> Vocabulary:
        """Make these entries the draft; Faults where they cannot be an edition."""
        name = open_name(target.name)
        require_sound(name, entries, first_entries(name))
        return self._change(target, lambda _, current: self._drafted(current, entries, target.by))

    def discard(self, target: VocabularyTarget) -> Vocabulary:
        """Throw the draft away."""
        return self._change(target, lambda _, current: vocabularies.discard(current))

    def restore(self, target: VocabularyTarget, number: int) -> Vocabulary:
        """Make a former edition the draft."""

        def restored(uow: VocabulariesUnitOfWork, current: Vocabulary) -> Vocabulary:
            former = _edition(uow, current.name, number)
            entries = completed(current.name, former.entries)
            require_sound(current.name, entries, first_entries(current.name))
            return self._drafted(current, entries, target.by)

        return self._change(target, restored)

    def publish(self, target: VocabularyTarget) -> Vocabulary:
        """Make the draft the edition that holds; CodeInUseError where offers would be lost."""

        def published(uow: VocabulariesUnitOfWork, current: Vocabulary) -> Vocabulary:
            drafted = current.waiting.entries
            users = uow.vocabularies.users(current.name)
            require_users_known(current.name, current.live.entries, drafted, users)
            now, by = self._clock(), target.by
            after = vocabularies.publish(current, by.author, now, four_eyes=self._four_eyes)
            # The other services know the codes of word lists, which stay what they are.
            if after.name not in WORD_LISTS:
                uow.events.append(_event(after, by.request_id))
            return after

        return self._change(target, published)

    def _entries(self, name: str, wanted: str) -> Entries:
        if wanted == "draft":
            return self.read(name).waiting.entries
        if wanted == "live":
            return self.read(name).live.entries
        return self.edition(name, int(wanted)).entries

    def _drafted(self, current: Vocabulary, entries: Entries, by: Authorship) -> Vocabulary:
        told = Draft(entries=(), authors=(by.author,), at=self._clock(), reason=by.reason)
        return vocabularies.revise(current, entries, told)

    def _change(
        self,
        target: VocabularyTarget,
        transition: Callable[[VocabulariesUnitOfWork, Vocabulary], Vocabulary],
    ) -> Vocabulary:
        with self._open_uow() as uow:
            current = uow.vocabularies.get(open_name(target.name))
            vocabularies.require_version(current, target.version)
            changed = transition(uow, current)
            if changed is not current:
                uow.vocabularies.save(current, changed)
                uow.commit()
        return changed


def _edition(uow: VocabulariesUnitOfWork, name: KeptVocabulary, number: int) -> Edition:
    for edition in uow.vocabularies.editions(name):
        if edition.number == number:
            return edition
    raise TextNotKeptError(name, number)


def _event(vocabulary: Vocabulary, request_id: str | None) -> Event:
    live = vocabulary.live
    data = VocabularyPublished(
        name=cast("OpenVocabulary", vocabulary.name),
        edition=live.number,
        published_at=live.at,
        entries=live.entries,
    )
    return Event(
        id=new_id(),
        type=VOCABULARY_PUBLISHED.name,
        source=SOURCE,
        key=vocabulary.name,
        sequence=live.number,
        time=live.at,
        data=data,
        request_id=request_id,
    )
