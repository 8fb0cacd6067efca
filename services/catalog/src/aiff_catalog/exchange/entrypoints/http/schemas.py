"""What the exchange with other systems accepts and answers, for the OpenAPI document."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from aiff_catalog.offers.domain.offer import LiveState
from aiff_catalog.shared.http.schemas import Strict
from aiff_contracts.offer import OfferDocument, Text


class ChangeParameters(Strict):
    """From where to go on, and how much to tell at once."""

    since: str | None = Field(
        None, max_length=500, description="`next` of the last answer, or the cursor of a dump."
    )
    limit: int = Field(100, ge=1, le=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderChange:
    """The last change of an offer for readers; `offer` is null where it is out of sight.

    A change with a `version` that is not above the one that is held says nothing new.
    """

    change: Literal["published", "withdrawn"]
    id: UUID
    slug: str
    version: int
    state: LiveState
    reason: str | None
    at: datetime
    offer: OfferDocument | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """Changes, oldest first. `next` is where to go on, at once where `has_more` says so."""

    items: tuple[ReaderChange, ...]
    next: str
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportEntry:
    """A dump; `conforms_to` is the address of the standard that it follows, where there is one."""

    name: str
    href: str
    media_type: str
    title: Text
    conforms_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportList:
    """The dumps."""

    items: tuple[ExportEntry, ...]
