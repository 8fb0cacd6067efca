"""The vocabularies that curators keep."""

from dataclasses import dataclass

from aiff_catalog.main.settings import Settings
from aiff_catalog.main.wiring.base import PASSING, Base
from aiff_catalog.search.application.searching import OfferSearch
from aiff_catalog.search.domain.queries import Synonyms
from aiff_catalog.vocabularies.application.current import (
    Followed,
    Words,
    live_synonyms,
    live_words,
)
from aiff_catalog.vocabularies.application.editing import VocabularyCommands
from aiff_catalog.vocabularies.application.preview import VocabularyPreview


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyParts:
    """What edits vocabularies, what shows the effects of an edit, and the words that hold now."""

    commands: VocabularyCommands
    previews: VocabularyPreview
    words: Followed[Words]


def follow_synonyms(base: Base) -> Followed[Synonyms]:
    """Return the synonyms that hold now, for searches."""
    return live_synonyms(base.open, PASSING)


def wire_vocabularies(base: Base, settings: Settings, search: OfferSearch) -> VocabularyParts:
    """Return the use cases of vocabularies."""
    four_eyes = settings.catalog.four_eyes
    return VocabularyParts(
        commands=VocabularyCommands(base.open, base.clock, four_eyes=four_eyes),
        previews=VocabularyPreview(base.open, search),
        words=live_words(base.open, PASSING),
    )
