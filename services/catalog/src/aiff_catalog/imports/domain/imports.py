"""An import: a partner's file is uploaded, looked through row by row, and applied on order.

previewing -> previewed -> applying -> applied
previewing -> refused (the file as a whole cannot be used)
previewing, previewed -> cancelled
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import IllegalTransitionError, StaleVersionError

ImportState = Literal["previewing", "previewed", "applying", "applied", "refused", "cancelled"]
ImportFormat = Literal["csv", "xlsx", "ndjson", "json"]
RowOutcome = Literal["created", "updated", "unchanged", "refused"]
# The states in which a worker has something to do, and those in which the file is still needed.
WORKING: tuple[ImportState, ...] = ("previewing", "applying")
OPEN: tuple[ImportState, ...] = ("previewing", "previewed", "applying")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows came out how."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        """Return how many rows were looked at."""
        return self.created + self.updated + self.unchanged + self.refused

    def plus(self, more: "Counts") -> "Counts":
        """Return the sum."""
        return Counts(
            created=self.created + more.created,
            updated=self.updated + more.updated,
            unchanged=self.unchanged + more.unchanged,
            refused=self.refused + more.refused,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as it was sent: `name` is for people, `digest` the SHA-256 of its bytes.

    `source` names the partner's mapping that explained the columns; `mapping` is what it said
    then, so that the preview and what follows it read the same.
    """

    partner: str
    format: ImportFormat
    name: str | None
    size: int
    digest: str
    source: str | None = None
    mapping: ColumnMapping | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a file as a whole cannot be used: from which line on, and how to mend it."""

    line: int
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """The aggregate; `version` counts every change, progress too.

    `rows` is None until the file was read once. `columns` are those of a table. `foreseen` is
    what the preview found, `outcome` what was done; the rows of the latter were looked at anew.
    """

    id: UUID
    file: SentFile
    state: ImportState = "previewing"
    version: int = 1
    rows: int | None = None
    columns: tuple[str, ...] = ()
    foreseen: Counts = Counts()
    outcome: Counts = Counts()
    refusal: Refusal | None = None
    uploaded_by: Authorship
    uploaded_at: datetime
    previewed_at: datetime | None = None
    applied_by: Authorship | None = None
    finished_at: datetime | None = None

    @property
    def done(self) -> int:
        """Return how many rows the present state has gone through."""
        return (self.outcome if self.applied_by else self.foreseen).total

    @property
    def by(self) -> Authorship:
        """Return in whose name rows are looked at now."""
        return self.applied_by or self.uploaded_by


def require_version(current: Import, version: int | None) -> None:
    """Raise StaleVersionError unless the change was made against the newest version."""
    if version is not None and version != current.version:
        raise StaleVersionError(version, current.version)


def read_once(current: Import, rows: int, columns: Sequence[str]) -> Import:
    """Return the import of a file that was read: how many rows it has, and which columns."""
    _require(current, "read", WORKING)
    return _next(replace(current, rows=rows, columns=tuple(columns)))


def advanced(current: Import, counted: Counts) -> Import:
    """Return the import after some more rows."""
    _require(current, "go on", WORKING)
    if current.state == "applying":
        return _next(replace(current, outcome=current.outcome.plus(counted)))
    return _next(replace(current, foreseen=current.foreseen.plus(counted)))


def read_through(current: Import, at: datetime) -> Import:
    """Return the import after its last row: previewed, or applied."""
    _require(current, "end", WORKING)
    if current.state == "applying":
        return _next(replace(current, state="applied", finished_at=at))
    return _next(replace(current, state="previewed", previewed_at=at))


def ordered(current: Import, by: Authorship) -> Import:
    """Return the import as somebody who read its preview orders it."""
    _require(current, "apply", ("previewed",))
    return _next(replace(current, state="applying", applied_by=by))


def refused(current: Import, refusal: Refusal, at: datetime) -> Import:
    """Return the import of a file that cannot be used."""
    _require(current, "refuse", WORKING)
    return _next(replace(current, state="refused", refusal=refusal, finished_at=at))


def cancelled(current: Import, at: datetime) -> Import:
    """Return the import as given up, before any of it was written."""
    _require(current, "cancel", ("previewing", "previewed"))
    return _next(replace(current, state="cancelled", finished_at=at))


def _next(changed: Import) -> Import:
    return replace(changed, version=changed.version + 1)


def _require(current: Import, step: str, possible: tuple[ImportState, ...]) -> None:
    if current.state not in possible:
        raise IllegalTransitionError(step, current.state, possible)
