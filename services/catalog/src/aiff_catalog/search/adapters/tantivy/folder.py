"""Where the index lies: numbered folders, and a small file that names the one in use."""

import os
import shutil
from pathlib import Path

from tantivy import Index

from aiff_catalog.search.adapters.tantivy.schema import schema, with_analyzers
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_kit.ids import new_id

# Raised when the fields of the index, or what is in them, change: an index of another shape
# is not used.
_SHAPE = 7
_POINTER = f"current-{_SHAPE}"


# What tells a file from the one that takes its place.
State = tuple[int, int, int]


class IndexFolder:
    """Opens the index in use, makes new ones, and switches between them in one step."""

    def __init__(self, root: Path) -> None:
        """Keep the folder; it is made when an index is."""
        self._root = root
        self._pointer = root / _POINTER
        self._read: tuple[State, Path] | None = None

    def current(self) -> Path:
        """Return the index in use; SearchIndexUnavailableError where there is none yet."""
        try:
            return self._named()
        except OSError as error:
            message = "the search index has not been built yet"
            raise SearchIndexUnavailableError(message) from error

    def _named(self) -> Path:
        """Read the file again only where it was replaced: each search asks."""
        state, read = state_of(str(self._pointer)), self._read
        if read is None or read[0] != state:
            read = self._read = state, self._root / self._pointer.read_text(encoding="ascii")
        return read[1]

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
        written.replace(self._pointer)

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


def state_of(path: str) -> State:
    """Return the state of a file that is never written in place; OSError where it is gone.

    What replaces it has another number, even where both fall into one tick of the file system's
    clock.
    """
    stat = os.stat(path)  # noqa: PTH116 - a path object costs more than the look at the file.
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def open_index(path: Path) -> Index:
    """Open an index; SearchIndexUnavailableError where it is damaged, gone or of another shape."""
    try:
        index = with_analyzers(Index.open(str(path)))
    except (ValueError, OSError) as error:
        message = f"the search index cannot be opened: {error}"
        raise SearchIndexUnavailableError(message) from error
    return index
