"""The catalogue's vocabularies that answers depend on, taken over by events."""

from collections.abc import Callable
from typing import Protocol

from aiff_contracts.events import Event, VocabularyPublished
from aiff_matching.compute.domain.gpus import GpuTable
from aiff_matching.profiles.application.ports import DueNeeds
from aiff_matching.shared.ports import Inbox, Work

CONSUMER = "matching-vocabularies"
GPU_MODELS = "gpu_models"


class VocabularyCopies(Protocol):
    """The service's own copy of the catalogue's vocabularies."""

    def put(self, published: VocabularyPublished) -> None:
        """Store or replace an edition."""


class LiveGpus(Protocol):
    """The GPU table in memory, as new as the copy of the vocabularies."""

    def at(self, revision: int) -> GpuTable:
        """Return the table of the newest edition that a revision of the catalogue knows."""


class ComputeWork(Work, Protocol):
    """What the use cases of vocabularies see of a transaction."""

    @property
    def vocabularies(self) -> VocabularyCopies:
        """The copies."""

    @property
    def vocabulary_inbox(self) -> Inbox:
        """The editions that were handled."""

    @property
    def watching(self) -> DueNeeds:
        """What is to be judged again."""


OpenComputeWork = Callable[[], ComputeWork]


class VocabularyProjection:
    """Handles editions; one that is not newer than what is known is ignored."""

    def __init__(self, unit_of_work: OpenComputeWork) -> None:
        """Keep what opens a transaction."""
        self._open = unit_of_work

    def handle(self, event: Event) -> None:
        """Take over an edition; what GPUs are worth concerns every stored need."""
        data = event.data
        if not isinstance(data, VocabularyPublished):
            return
        with self._open() as uow:
            if uow.vocabulary_inbox.seen(event):
                return
            uow.vocabularies.put(data)
            if data.name == GPU_MODELS:
                uow.watching.note_all_needs()
            uow.commit()
