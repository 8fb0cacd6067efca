"""What the use cases of vocabularies need of the world, in plain values."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from aiff_catalog.shared.ports import EventLog, UnitOfWork
from aiff_catalog.vocabularies.domain.vocabulary import (
    CodeUse,
    Edition,
    KeptVocabulary,
    Vocabulary,
    WordList,
)


class VocabularyRepository(Protocol):
    """The vocabularies that curators keep, inside a unit of work."""

    def get(self, name: KeptVocabulary) -> Vocabulary:
        """Return a vocabulary with its draft."""

    def edition_number(self, name: KeptVocabulary) -> int:
        """Return the number of the edition that holds."""

    def edition_numbers(self) -> tuple[int, ...]:
        """Return what changes with each publication, in one statement."""

    def editions(self, name: KeptVocabulary) -> tuple[Edition, ...]:
        """Return all editions, newest first."""

    def uses(self, name: WordList, codes: Sequence[str], most: int) -> Sequence[CodeUse]:
        """Return which of the codes published offers use: how many do, and the first of them."""

    def users(self, name: KeptVocabulary) -> Mapping[str, Sequence[str]]:
        """Return the codes that published offers use, each with their slugs."""

    def save(self, before: Vocabulary, after: Vocabulary) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""


class VocabulariesUnitOfWork(UnitOfWork, Protocol):
    """A transaction over the vocabularies that curators keep."""

    @property
    def vocabularies(self) -> VocabularyRepository:
        """Return the vocabularies."""

    @property
    def events(self) -> EventLog:
        """Return where events are added."""


OpenVocabularies = Callable[[], VocabulariesUnitOfWork]
