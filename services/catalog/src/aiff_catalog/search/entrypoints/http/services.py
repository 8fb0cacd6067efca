"""What the routes of searches work with."""

from dataclasses import dataclass

from aiff_catalog.search.application.searching import ReaderSearches
from aiff_catalog.search.application.tables import SearchTables
from aiff_kit.http import CursorSigner


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchServices:
    """The use cases behind searches, their tables and suggestions."""

    searches: ReaderSearches
    tables: SearchTables
    cursors: CursorSigner
