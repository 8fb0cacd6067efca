"""The default carrier: a folder of messages that any mail program opens."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from aiff_gateway.mail.application.ports import Message
from aiff_gateway.mail.domain.outcomes import Outcome, Sent


class OutboxFolder:
    """Keeps each message as one file, named by its letter and readable by its owner only."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        """Keep the folder; it is made with the first message."""
        self._folder = folder

    @contextmanager
    def open(self) -> Iterator["OutboxFolder"]:
        """Make the folder."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield self

    def carry(self, message: Message, handing_over: Callable[[], None]) -> Outcome:
        """Write the file under its name at once and whole; the same one again changes nothing."""
        handing_over()
        path = self._path(message.letter_id)
        made = path.with_suffix(f".{os.getpid()}.part")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(message.content)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
        return Sent()

    def forget(self, letter_ids: Sequence[UUID]) -> None:
        """Delete the files."""
        for letter_id in letter_ids:
            self._path(letter_id).unlink(missing_ok=True)

    def _path(self, letter_id: UUID) -> Path:
        return self._folder / f"{letter_id}.eml"
