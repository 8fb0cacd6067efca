"""Searching: an engine, the database for when it is away, the vectors of questions."""

from dataclasses import dataclass

from aiff_catalog.main.settings import Settings
from aiff_catalog.main.wiring.base import Base
from aiff_catalog.main.wiring.formats import search_tables
from aiff_catalog.main.wiring.search_engine import SearchEngine, open_search_engine
from aiff_catalog.search.adapters.database import SqlPublishedLists
from aiff_catalog.search.adapters.language.marking import HtmlTextMarker
from aiff_catalog.search.application.embeddings import QuestionEmbeddings
from aiff_catalog.search.application.ports import CurrentSynonyms, UnansweredLog
from aiff_catalog.search.application.searching import OfferSearch, ReaderSearches
from aiff_catalog.search.application.tables import SearchTables
from aiff_catalog.search.entrypoints.http.measures import note_search
from aiff_kit.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParts:
    """The use cases of searching. `offers` finds for the web application's event loop."""

    engine: SearchEngine
    questions: QuestionEmbeddings
    lists: SqlPublishedLists
    synonyms: CurrentSynonyms
    clock: Clock
    offers: OfferSearch
    readers: ReaderSearches
    tables: SearchTables

    def beside(self) -> OfferSearch:
        """Return the same for another event loop, to which its connections will belong."""
        index = self.engine.reader()
        return OfferSearch(index, self.lists, self.questions, self.synonyms, self.clock)


def wire_search(
    base: Base, settings: Settings, synonyms: CurrentSynonyms, unanswered: UnansweredLog
) -> SearchParts:
    """Open the engine that the settings name, and search in it."""
    engine = open_search_engine(settings.search, base.clock)
    lists, questions = SqlPublishedLists(base.reader), QuestionEmbeddings(base.encoder)
    offers = OfferSearch(engine.index, lists, questions, synonyms, base.clock)
    return SearchParts(
        engine=engine,
        questions=questions,
        lists=lists,
        synonyms=synonyms,
        clock=base.clock,
        offers=offers,
        readers=ReaderSearches(offers, lists, HtmlTextMarker(), unanswered, note_search),
        tables=SearchTables(offers, lists, search_tables()),
    )
