"""What searches accept and answer, as the OpenAPI document shows it."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, field_validator
from pydantic_core.core_schema import ValidationInfo

from aiff_catalog.search.domain.bounds import Bounds
from aiff_catalog.search.domain.queries import (
    FILTERS,
    FacetCount,
    FilterName,
    SearchQuery,
    Sort,
    SuggestionKind,
)
from aiff_catalog.shared.http.schemas import ProviderSlug, Strict, without_nul
from aiff_contracts.offer import (
    Audience,
    IntakeStatus,
    Kind,
    Moment,
    Stage,
    Text,
)
from aiff_contracts.offer.funding import Dilution, Instrument
from aiff_contracts.offer.pricing import PriceBasis
from aiff_contracts.sectors import stored_sectors
from aiff_contracts.territory import canonical

_LONGEST_TEXT = 200
_MOST_VALUES = 50
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _sector(value: str) -> str:
    return value if value == "unknown" else stored_sectors((value,))[0]


def _region(value: str) -> str:
    return value if value == "unknown" else canonical(value)


def _day(value: object) -> object:
    """Refuse the numbers that would pass for days: they count seconds since 1970."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        message = "give a day as 2026-12-31"
        raise ValueError(message)
    return value


Many = Field(default=(), max_length=_MOST_VALUES)
Unknown = Literal["unknown"]
TableFormat = Literal["json", "csv", "xlsx"]
Sector = Annotated[str, AfterValidator(_sector)]
Region = Annotated[str, AfterValidator(_region)]
Language = Annotated[str, StringConstraints(pattern="^([a-z]{2}|unknown)$")]
GpuModel = Annotated[
    str, StringConstraints(min_length=2, max_length=60, to_upper=True), AfterValidator(without_nul)
]
Day = Annotated[date, BeforeValidator(_day), Field(ge=date(1970, 1, 1), le=date(2200, 12, 31))]
SearchText = Annotated[
    str, StringConstraints(max_length=_LONGEST_TEXT), AfterValidator(without_nul)
]


class SearchParameters(Strict):
    """A search: words, filters whose values are alternatives, and how to show the result.

    `unknown` as a value asks for offers that do not state the fact.
    """

    q: SearchText = Field("", description="Words to look for, in French or in English.")
    kind: tuple[Kind, ...] = Many
    sector: tuple[Sector, ...] = Many
    stage: tuple[Stage | Unknown, ...] = Many
    audience: tuple[Audience | Unknown, ...] = Many
    region: tuple[Region, ...] = Field(
        default=(),
        max_length=_MOST_VALUES,
        description="Territory codes: FR-IDF, REG-11, DEP-75, COM-75056, FR, EU. Offers for what "
        "contains the territory and for what lies inside it are found too.",
    )
    status: tuple[IntakeStatus, ...] = Many
    instrument: tuple[Instrument, ...] = Many
    dilution: tuple[Dilution, ...] = Many
    language: tuple[Language, ...] = Many
    provider: tuple[ProviderSlug, ...] = Many
    gpu_model: tuple[GpuModel, ...] = Many
    stack: tuple[Literal["cuda", "rocm", "oneapi"], ...] = Many
    price_basis: tuple[PriceBasis, ...] = Many
    gpu_memory_min: float | None = Field(
        None, ge=1, le=100_000, description="GB per device, as a job sees it."
    )
    amount_min: float | None = Field(
        None,
        ge=0,
        le=1e12,
        description="Euros: funding of which a single component can bring as much.",
    )
    published_since: Day | None = Field(
        None, description="First published on this day of Paris or later."
    )
    deadline_after: Day | None = Field(
        None,
        description="The next deadline can still be met on this day of Paris, which is included. "
        "Offers that take applications at any time are found too.",
    )
    deadline_before: Day | None = Field(
        None, description="The next deadline falls on this day of Paris or earlier."
    )
    include_unknown: bool = Field(
        default=False,
        description="Find also offers that do not state what a bound (`gpu_memory_min`, "
        "`amount_min`, `deadline_after`, `deadline_before`) asks for. Without it they are left "
        "out, and counted as `unknown_count`.",
    )
    sort: Sort = "relevance"
    facets: tuple[FilterName, ...] = Field(
        default=(), max_length=len(FILTERS), description="Filters whose values are counted."
    )
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=500)
    highlight: bool = Field(
        default=False,
        description="Add to each offer its texts as HTML, with the words that matched in <mark>.",
    )
    count: bool = Field(default=False, description="Add the numbers of matches to the answer.")
    format: TableFormat | None = Field(
        None, description="`csv` or `xlsx`: a table of all that is found; goes before `Accept`."
    )

    def query(self, offset: int) -> SearchQuery:
        """Return the search from this place of its result."""
        return SearchQuery(
            text=self.q,
            filters={name: values for name in FILTERS if (values := getattr(self, name))},
            bounds=self._bounds(),
            sort=self.sort,
            facets=tuple(dict.fromkeys(self.facets)),
            offset=offset,
            limit=self.limit,
        )

    def bound(self) -> list[object]:
        """Return what a cursor of this search is tied to: whatever changes the order of hits."""
        filters = [[name, sorted(getattr(self, name))] for name in FILTERS]
        return [self.q, filters, [str(one) for one in self._stated_bounds().values()], self.sort]

    @field_validator("deadline_before")
    @classmethod
    def _ends_after_it_begins(cls, value: date | None, info: ValidationInfo) -> date | None:
        after = info.data.get("deadline_after")
        if value is not None and after is not None and value < after:
            message = "the day is before deadline_after; exchange or correct the two"
            raise ValueError(message)
        return value

    def _bounds(self) -> Bounds:
        return Bounds(**self._stated_bounds())

    def _stated_bounds(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(Bounds)}


class SuggestionParameters(Strict):
    """A text as far as it has been typed."""

    q: SearchText = Field(min_length=1, description="The beginning of a name or of a title.")
    limit: int = Field(8, ge=1, le=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOrganisation:
    """An organisation in a list."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSummary:
    """A published offer in a list; null is unknown.

    `close` tells that the offer has too little of what was asked for to count as found, and is
    shown as the nearest there is.
    `highlight` is there where it was asked for: by text (title, summary, a fragment of the
    description) and language, escaped for HTML, with the words that matched in `<mark>`. A text
    without such a word is left out.
    """

    id: UUID
    slug: str
    kind: Kind
    version: int
    updated_at: datetime
    title: Text
    summary: Text
    providers: tuple[NamedOrganisation, ...]
    audience: tuple[Audience, ...] | None
    sectors: tuple[str, ...] | None
    stages: tuple[Stage, ...] | None
    territories: tuple[str, ...] | None
    languages: tuple[str, ...] | None
    url: str | None
    price_basis: PriceBasis
    highlights: dict[str, Any]
    intake_status: IntakeStatus
    next_deadline: Moment | None
    close: bool
    highlight: (
        dict[Literal["title", "summary", "description"], dict[Literal["fr", "en"], str]] | None
    ) = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage:
    """A page of a search.

    `approximate` tells that a word is not known and similar ones were taken.
    `degraded` tells that the search engine is out of reach and the database answered: by plain
    words, ordered by title, and with empty facets.
    `meaning` tells whether offers were found and ordered by what the text means too, whatever its
    language; false: by its words alone, the encoder or the offers' vectors being away; null: the
    text has no meaning of its own (no text, a number, the name of a machine).
    `count` is at most 10,000 and counts what was found in either way; `close_count` counts the
    offers that are close only, which stand among the others by their relevance, with `close`
    set. `unknown_count` counts the offers that do not state what a bound asks for: those that
    were left out for it alone, or with `include_unknown` those that were let in. All three are
    there where they were asked for, like `facets`, each of which counts what was found, without
    its own filter.
    """

    items: tuple[OfferSummary, ...]
    next: str | None
    prev: str | None
    approximate: bool
    degraded: bool
    meaning: bool | None
    count: int | None = None
    close_count: int | None = None
    unknown_count: int | None = None
    facets: dict[FilterName, tuple[FacetCount, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSuggestion:
    """How a text that is being typed could go on, in both languages.

    `value` is what to use then: the slug of an `offer`; for the filter `provider` a slug; for
    the filter `gpu_model` a model; for a `term` the words to search for with `q`.
    """

    kind: SuggestionKind
    value: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionPage:
    """The best few ways to go on, best first.

    `approximate` tells that nothing begins as typed and what is one letter away was taken.
    `degraded` tells that the search engine is out of reach and the database answered.
    """

    items: tuple[OfferSuggestion, ...]
    approximate: bool
    degraded: bool
