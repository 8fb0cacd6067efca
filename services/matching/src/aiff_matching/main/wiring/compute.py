"""What GPUs are worth: the copy of the vocabularies and the table that is made of it."""

from dataclasses import dataclass

from aiff_contracts.events import VOCABULARIES_STATE_TOPIC
from aiff_kit.service import EventConsumer, consumer_of
from aiff_matching.compute.adapters.gpu_table import SqlLiveGpus
from aiff_matching.compute.application import CONSUMER, VocabularyProjection
from aiff_matching.main.wiring.base import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputeParts:
    """The GPU table, and what takes new editions over."""

    gpus: SqlLiveGpus
    vocabularies: VocabularyProjection

    @property
    def consumer(self) -> EventConsumer:
        """Return what takes editions over.

        The last edition of each vocabulary stays in the topic of states, for who comes new.
        """
        handle = self.vocabularies.handle
        return consumer_of("vocabularies", CONSUMER, VOCABULARIES_STATE_TOPIC, handle)


def wire_compute(base: Base) -> ComputeParts:
    """Return the parts of the vocabularies."""
    return ComputeParts(
        gpus=SqlLiveGpus(base.engine), vocabularies=VocabularyProjection(base.unit_of_work)
    )
