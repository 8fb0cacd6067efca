"""Writing to the audit log, reading it, and proving that nobody changed it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from aiff_gateway.audit.domain import Broken, ChainedEntry, Entry, Head, verified
from aiff_gateway.shared.ports import UnitOfWork

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which entries are asked for; None leaves a trait open. `since` is the first instant."""

    kind: str | None = None
    actor: str | None = None
    subject: str | None = None
    organisation: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class AuditLog(Protocol):
    """The log, inside a transaction."""

    def add(self, entry: Entry) -> None:
        """Append an entry: it is there if and only if the transaction commits.

        Writers wait for each other from here to their commit: call it after the changes that it
        tells of, never before them.
        """

    def newest(self, sought: Sought, before: int | None, most: int) -> Sequence[ChainedEntry]:
        """Return entries, newest first; those below a position, or from the end."""

    def after(self, position: int, most: int) -> Sequence[ChainedEntry]:
        """Return entries in order, from the one after a position."""


class AuditUnitOfWork(UnitOfWork, Protocol):
    """A transaction that the log is a part of."""

    @property
    def audit(self) -> AuditLog:
        """The audit log."""


OpenAudit = Callable[[], AuditUnitOfWork]


class AuditQueries:
    """What auditors read."""

    def __init__(self, open_uow: OpenAudit) -> None:
        """Keep what opens a transaction."""
        self._open_uow = open_uow

    def newest(self, sought: Sought, before: int | None, most: int) -> Sequence[ChainedEntry]:
        """Return entries, newest first; those below a position, or from the end."""
        with self._open_uow() as uow:
            return uow.audit.newest(sought, before, most)

    def verify(self, noted: Head | None) -> Head | Broken:
        """Return the head of an intact log, or the first place where it is broken.

        The log grows meanwhile: what is read is what was there when its batch was read, and the
        entries of a batch never change.
        """
        return verified(self._all(), noted)

    def _all(self) -> Iterator[ChainedEntry]:
        position = 0
        while batch := self._batch(position):
            yield from batch
            position = batch[-1].position

    def _batch(self, position: int) -> Sequence[ChainedEntry]:
        with self._open_uow() as uow:
            return uow.audit.after(position, _BATCH)
