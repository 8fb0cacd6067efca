"""What curators send and get about vocabularies, as the OpenAPI document shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field, StringConstraints

from aiff_catalog.search.entrypoints.http.schemas import SearchText
from aiff_catalog.shared.http.schemas import Strict
from aiff_catalog.vocabularies.application.preview import MOST_SEARCHES
from aiff_catalog.vocabularies.domain.gpu_worth import WorthChange
from aiff_catalog.vocabularies.domain.rules import MOST_ENTRIES
from aiff_catalog.vocabularies.domain.vocabulary import CodeUse, Draft, KeptVocabulary
from aiff_contracts.offer import Text
from aiff_contracts.vocabulary import VocabularyEntry

VocabularyName = Annotated[
    str,
    Path(
        max_length=40,
        description="gpu_models, search_synonyms, or a list of words: sectors, stages, "
        "territories, instruments, certifications, audiences, kinds.",
    ),
]
EditionNumber = Annotated[int, Path(ge=1, le=2**31 - 1, description="A number of the editions.")]
# A number of the editions, or one of the two texts of the moment.
EditionName = Annotated[str, StringConstraints(pattern="^([1-9][0-9]{0,8}|live|draft)$")]


class DraftContent(Strict):
    """The entries that the next edition is to have, all of them."""

    entries: tuple[VocabularyEntry, ...] = Field(max_length=MOST_ENTRIES)


class PreviewRequest(Strict):
    """What to compare with the edition that holds, and searches that matter to the curator.

    Without `entries` the draft is taken. The words of changed entries are searched for too.
    """

    entries: tuple[VocabularyEntry, ...] | None = Field(None, max_length=MOST_ENTRIES)
    searches: tuple[SearchText, ...] = Field(default=(), max_length=MOST_SEARCHES)


class EditionChoice(Strict):
    """A former edition."""

    edition: int = Field(ge=1, le=2**31 - 1)


class EditionComparison(Strict):
    """Two editions to compare."""

    before: EditionName = Field("live", description="A number, `live` or `draft`.")
    after: EditionName = Field("draft", description="A number, `live` or `draft`.")


class TerritoryParameters(Strict):
    """A place as people write it."""

    q: SearchText = Field(
        min_length=1,
        description="A name or its beginning, a code (COM-33063, FR-IDF, FRK26, 2A) or a postal "
        "code (33000).",
    )
    limit: int = Field(10, ge=1, le=50)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A territory and what it is called."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryView:
    """A territory, what contains it up to its country (the smallest first), its postal codes."""

    code: str
    label: Text
    within: tuple[PlaceName, ...]
    postal_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryList:
    """What was found, the most likely first."""

    items: tuple[TerritoryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVocabulary:
    """The edition that holds."""

    name: KeptVocabulary
    edition: int
    published_at: datetime
    entries: tuple[VocabularyEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorVocabulary:
    """A vocabulary as curators work on it; `version` is for If-Match."""

    name: KeptVocabulary
    version: int
    edition: int
    published_at: datetime
    entries: tuple[VocabularyEntry, ...]
    draft: Draft | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLine:
    """One edition of the history; the first comes with the package and has no author."""

    edition: int
    author: str | None
    approver: str | None
    published_at: datetime
    reason: str | None
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionList:
    """All editions, newest first."""

    items: tuple[EditionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedEntry:
    """An entry that both sides have, with what differs."""

    before: VocabularyEntry
    after: VocabularyEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyDifference:
    """What the second edition adds, leaves out and changes, by code."""

    before: str
    after: str
    added: tuple[VocabularyEntry, ...]
    removed: tuple[VocabularyEntry, ...]
    changed: tuple[ChangedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUsers:
    """A code that published offers use, with their slugs."""

    code: str
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchEffect:
    """A search whose first page would differ: the slugs in order, and how many are found."""

    q: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    total_before: int
    total_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyPreviewView:
    """What the next edition would change.

    `lost` are codes in use that it forgets: with any of them it cannot be published. `models` are
    GPU models in use whose hour is worth another number of H100 SXM hours, by which matching
    ranks and compares prices. `used` are changed codes of a list that published offers use, with
    the first of them. `searches` are those of the `compared` ones with another result.
    """

    name: KeptVocabulary
    lost: tuple[CodeUsers, ...]
    models: tuple[WorthChange, ...]
    used: tuple[CodeUse, ...]
    compared: int
    searches: tuple[SearchEffect, ...]
