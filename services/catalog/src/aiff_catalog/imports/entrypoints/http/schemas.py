"""Imports and mappings, as the OpenAPI document shows them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints

from aiff_catalog.imports.domain.cells import CellFault
from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_catalog.imports.domain.imports import (
    Counts,
    ImportFormat,
    ImportState,
    Refusal,
    RowOutcome,
)
from aiff_catalog.shared.http.schemas import PageParameters, ProviderSlug, Strict, without_nul

_SOURCE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SourceName = Annotated[str, StringConstraints(pattern=_SOURCE, max_length=80)]
SourceInPath = Annotated[
    str,
    Path(pattern=_SOURCE, max_length=80, description="What the partner calls the files."),
]
ImportInPath = Annotated[UUID, Path(description="The identifier of the import.")]
FileName = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(without_nul)
]


class UploadParameters(Strict):
    """Whose file the body is, and how it is read."""

    partner: ProviderSlug = Field(description="The partner's organisation, by slug.")
    source: SourceName | None = Field(
        None,
        description="The mapping that explains the columns of a table; without one, columns are "
        "called by the JSON pointers of their fields (/title/fr).",
    )
    name: FileName | None = Field(None, description="The name of the file, for people.")


class ImportsParameters(PageParameters):
    """Which imports are listed."""

    partner: ProviderSlug | None = None


class RowsParameters(PageParameters):
    """Which rows are listed."""

    limit: int = Field(100, ge=1, le=500)
    result: RowOutcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many rows of the present step are done; `rows` is null until the file was read once."""

    done: int
    rows: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """An import.

    `foreseen` counts what the preview found, `outcome` what was done. `refusal` says why the file
    as a whole cannot be used. `size` is in bytes, `digest` the SHA-256 of the file.
    """

    id: UUID
    partner: str
    source: str | None
    format: ImportFormat
    name: str | None
    size: int
    digest: str
    state: ImportState
    version: int
    progress: Progress
    foreseen: Counts
    outcome: Counts
    refusal: Refusal | None
    uploaded_by: str
    uploaded_at: datetime
    previewed_at: datetime | None
    applied_by: str | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """A page of imports, the newest first."""

    items: tuple[ImportView, ...]
    next: str | None
    prev: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row: what the preview found, what was done, and why it was refused."""

    line: int
    external_id: str
    foreseen: RowOutcome | None
    outcome: RowOutcome | None
    faults: tuple[CellFault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage:
    """A page of rows, in the order of their lines."""

    items: tuple[RowView, ...]
    next: str | None
    prev: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingView:
    """What the columns of a partner's files of one source mean."""

    partner: str
    source: str
    version: int
    updated_at: datetime
    author: str
    mapping: ColumnMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingList:
    """All mappings of a partner."""

    items: tuple[MappingView, ...]


FORMATS: dict[str, ImportFormat] = {
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/x-ndjson": "ndjson",
    "application/json": "json",
}
