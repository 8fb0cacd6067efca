"""Where the index lies: numbered folders, and a small file that names the one in use."""

import shutil
from pathlib import Path

from tantivy import Index

from aiff_catalog.search.adapters.tantivy.schema import schema, with_analyzers
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_kit.ids import new_id

# Raised when the fields of the index, or what is in them, change: an index of another shape
# is not used.
_SHAPE = 5
_POINTER = f"current-{_SHAPE}"


class IndexFolder:
    """Opens the index in use, makes new ones, and switches between them in one step."""

    def __init__(self, root: Path) -> None:
        """Keep the folder; it is made when an index is."""
        self._root = root

    def current(self) -> Path:
        """Return the index in use; SearchIndexUnavailableError where there is none yet."""
        try:
            return self._root / (self._root / _POINTER).read_text(encoding="ascii")
        except OSError as error:
            message = "the search index has not been built yet"
            raise SearchIndexUnavailableError(message) from error

    def ensure(self) -> Path:
        """Return the index in use, making an empty one where there is none."""
        try:
            return self.current()
        except SearchIndexUnavailableError:
            fresh = self.create()
            self.switch(fresh)
            return fresh

    def create(self) -> Path:
        """Make an empty index beside the one in use."""
        path = self._root / f"index-{new_id()}"
        path.mkdir(parents=True)
        Index(schema(), str(path))
        return path

    def switch(self, path: Path) -> None:
        """Put an index in use. A reader sees the old one or the new one, never neither."""
        written = self._root / f"{_POINTER}.new"
        written.write_text(path.name, encoding="ascii")
        written.replace(self._root / _POINTER)

    def remove_unused(self) -> None:
        """Delete the indexes that are not in use; open readers keep what they hold."""
        in_use = self._in_use()
        for path in self._root.glob("index-*"):
            if path != in_use:
                shutil.rmtree(path, ignore_errors=True)

    def _in_use(self) -> Path | None:
        try:
            return self.current()
        except SearchIndexUnavailableError:
            return None


def open_index(path: Path) -> Index:
    """Open an index; SearchIndexUnavailableError where it is damaged, gone or of another shape."""
    try:
        index = with_analyzers(Index.open(str(path)))
    except (ValueError, OSError) as error:
        message = f"the search index cannot be opened: {error}"
        raise SearchIndexUnavailableError(message) from error
    return index
