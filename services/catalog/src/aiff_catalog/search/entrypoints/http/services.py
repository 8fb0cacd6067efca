"""What the routes of searches work with."""

from dataclasses import dataclass
from typing import Annotated

from aiff_catalog.search.application.embeddings import QueryMeanings
from aiff_catalog.search.application.ports import (
    CurrentSynonyms,
    PublishedLists,
    SearchIndex,
    TextMarker,
    UnansweredLog,
)
from aiff_catalog.shared.http.services import provided
from aiff_kit.clock import Clock
from aiff_kit.http import CursorSigner


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchServices:
    """The use cases and ports behind searches."""

    index: SearchIndex
    lists: PublishedLists
    marker: TextMarker
    questions: QueryMeanings
    synonyms: CurrentSynonyms
    unanswered: UnansweredLog
    cursors: CursorSigner
    clock: Clock


Searching = Annotated[SearchServices, provided(SearchServices)]
