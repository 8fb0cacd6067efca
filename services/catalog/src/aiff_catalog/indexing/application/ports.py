"""What keeping copies of the published offers needs of the world, in plain values."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_catalog.offers.application.ports import DocumentStore, OffersUnitOfWork
from aiff_catalog.search.domain.queries import IndexEntry
from aiff_kit.embeddings import EmbeddingStore


class IndexedDocuments(DocumentStore, Protocol):
    """The rendered documents, and what the copies have of them."""

    def versions(self, offer_ids: Collection[UUID]) -> Mapping[UUID, int]:
        """Return the newest versions of those of the offers, published or not, that exist."""

    def publication_states(self) -> Mapping[UUID, tuple[int, bool]]:
        """Return, for each offer that was ever published, its version and whether it still is."""

    def all_ids(self) -> Sequence[UUID]:
        """Return the ids of all published offers."""

    def due(self, now: datetime) -> Sequence[UUID]:
        """Return the offers whose derived status has changed since it was last looked at."""

    def look_again_at(self, entry: IndexEntry, status_until: datetime | None) -> None:
        """Note an offer's derived status of now, and when it changes next."""

    def note_indexed(self, versions: Mapping[UUID, int]) -> None:
        """Note that searches find these versions."""

    def changed_since(self, instant: datetime) -> Sequence[UUID]:
        """Return the offers, published or not, that changed at or after an instant."""


class IndexedEmbeddings(EmbeddingStore, Protocol):
    """The sentence vectors of the published offers, and what the index has of them."""

    def of(self, model: str, offer_ids: Collection[UUID]) -> Mapping[UUID, bytes]:
        """Return the vectors that a model made for those of the offers that have one."""

    def not_indexed(self, limit: int) -> Mapping[UUID, int]:
        """Return offers with a vector that the index lacks, and the version it was made of."""

    def note_indexed(self, versions: Mapping[UUID, int]) -> None:
        """Note that the index has the vectors of these versions."""


class IndexingUnitOfWork(OffersUnitOfWork, Protocol):
    """A transaction over offers, their documents and their sentence vectors."""

    @property
    def documents(self) -> IndexedDocuments:
        """Return the rendered documents."""

    @property
    def embeddings(self) -> IndexedEmbeddings:
        """Return the sentence vectors."""


OpenIndexing = Callable[[], IndexingUnitOfWork]
