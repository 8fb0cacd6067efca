"""What the routes of vocabularies work with."""

from dataclasses import dataclass
from typing import Annotated

from aiff_catalog.shared.http.services import provided
from aiff_catalog.vocabularies.application.current import Followed, Words
from aiff_catalog.vocabularies.application.editing import VocabularyCommands
from aiff_catalog.vocabularies.application.preview import VocabularyPreview


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyServices:
    """The use cases behind vocabularies."""

    words: Followed[Words]
    commands: VocabularyCommands
    previews: VocabularyPreview


Vocabularies = Annotated[VocabularyServices, provided(VocabularyServices)]
