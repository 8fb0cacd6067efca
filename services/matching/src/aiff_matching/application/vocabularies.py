"""The catalogue's vocabularies that answers depend on, taken over by events."""

from aiff_contracts.events import Event, VocabularyPublished
from aiff_matching.application.ports import OpenUnitOfWork

CONSUMER = "matching-vocabularies"
GPU_MODELS = "gpu_models"


class VocabularyProjection:
    """Handles editions; one that is not newer than what is known is ignored."""

    def __init__(self, unit_of_work: OpenUnitOfWork) -> None:
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
