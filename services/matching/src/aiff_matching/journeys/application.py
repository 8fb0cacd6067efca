"""Journeys: answered from the catalogue in memory; nothing is stored."""

from dataclasses import replace

from aiff_kit.clock import Clock
from aiff_kit.encoder import Encoder
from aiff_matching.answers.application.embedding import embedding_of
from aiff_matching.answers.domain.matching import (
    Asked,
)
from aiff_matching.compute.application import LiveGpus
from aiff_matching.journeys.domain.journey import journey
from aiff_matching.journeys.domain.steps import Journey
from aiff_matching.offers.application.ports import LiveCatalogue
from aiff_matching.offers.domain.relevance import text_of


class JourneyQueries:
    """Plans journeys; nothing is stored."""

    def __init__(
        self, catalogue: LiveCatalogue, gpus: LiveGpus, encoder: Encoder, clock: Clock
    ) -> None:
        """Keep the catalogue, the GPU table, the encoder and the clock."""
        self._catalogue = catalogue
        self._gpus = gpus
        self._encoder = encoder
        self._clock = clock

    def plan(self, asked: Asked) -> Journey:
        """Return the ordered steps from today to the goal."""
        catalogue = self._catalogue.current()
        read = catalogue.texts.reader.read(text_of(asked.need))
        told = replace(asked, embedding=embedding_of(read.text, self._encoder))
        return journey(told, catalogue, self._gpus.at(catalogue.revision), self._clock())
