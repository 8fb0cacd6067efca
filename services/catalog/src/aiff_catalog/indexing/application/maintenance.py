"""The index as a whole: built anew beside the one in use, and built where it was lost."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from aiff_catalog.indexing.application.indexing import rebuild
from aiff_catalog.indexing.application.ports import OpenIndexing
from aiff_catalog.search.application.ports import FreshIndex
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_kit.clock import Clock


class IndexMaintenance:
    """Builds the index from the data; events that were handled once do not come again."""

    def __init__(
        self,
        open_uow: OpenIndexing,
        fresh: Callable[[], AbstractContextManager[FreshIndex]],
        count: Callable[[], int],
        clock: Clock,
        model: str,
    ) -> None:
        """Keep where to read, what makes a new index, what counts the one in use, the clock."""
        self._open_uow = open_uow
        self._fresh = fresh
        self._count = count
        self._clock = clock
        self._model = model

    def rebuild(self, moving: Callable[[], None] = lambda: None) -> int:
        """Build the index anew beside the one in use, switch, and return the offers in it.

        `moving` is called after each batch.
        """
        with self._fresh() as fresh:
            return rebuild(self._open_uow, fresh, self._clock, self._model, moving)

    def ensure(self, moving: Callable[[], None]) -> None:
        """Build the index where there is none."""
        try:
            self._count()
        except SearchIndexUnavailableError:
            self.rebuild(moving)
