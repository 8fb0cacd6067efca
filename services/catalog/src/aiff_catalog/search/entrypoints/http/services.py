"""What the routes of searches work with."""

from dataclasses import dataclass

from aiff_catalog.search.application.searching import ReaderSearches
from aiff_kit.http import CursorSigner


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchServices:
    """The use case behind searches and suggestions."""

    searches: ReaderSearches
    cursors: CursorSigner
