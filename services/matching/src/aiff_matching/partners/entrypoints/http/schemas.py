"""The partner side as the interface accepts and shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from annotated_types import MaxLen
from pydantic import BaseModel, ConfigDict, Field

from aiff_contracts.language import Strict
from aiff_contracts.offer import Text
from aiff_matching.answers.entrypoints.http.schemas import ContributionView
from aiff_matching.introductions.entrypoints.http.schemas import ConsentView, WordingView
from aiff_matching.partners.domain.searches import PartnerSearch
from aiff_matching.rules.domain.verdicts import Verdict

MOST_STARTUPS = 50


class FindingParameters(BaseModel):
    """How many start-ups are shown: the first ones; a narrower search shows others."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(default=20, ge=1, le=MOST_STARTUPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundConsentRequest(Strict):
    """Which fields partners may see (`profile.sectors`, `need.title`), in which words agreed."""

    fields: Annotated[tuple[Annotated[str, MaxLen(80)], ...], MaxLen(100)]
    wording: Annotated[str, MaxLen(40)]


@dataclass(frozen=True, slots=True)
class DiscoverabilityView:
    """Whether partners find the start-up, the fields they see, and the words to agree to.

    `consents` is the history, oldest first.
    """

    found: bool
    fields: tuple[str, ...]
    consents: tuple[ConsentView, ...]
    wording: WordingView
    known_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ViewedBy:
    """An organisation to which the start-up was shown."""

    organisation: str
    times: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ViewsView:
    """Who saw the start-up, the last one first."""

    items: tuple[ViewedBy, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """A stored search."""

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime
    search: PartnerSearch


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of searches."""

    items: tuple[SearchView, ...]
    next: str | None
    prev: str | None


@dataclass(frozen=True, slots=True)
class RequirementView:
    """A requirement of the search; `known` is what the start-up says, null: nothing."""

    requirement: str
    sentence: Text
    state: Literal["met", "to_confirm"]
    known: Text | None


@dataclass(frozen=True, slots=True)
class InterestView:
    """The partner's interest in [0, 1] with its parts."""

    score: float
    contributions: tuple[ContributionView, ...]


@dataclass(frozen=True, slots=True)
class OwnSideView:
    """The start-up's side: how the partner's best offer answers its need, from what it shows.

    `score` null: unknown, which is never counted as zero; `sentence` says why.
    """

    score: float | None
    offer: str | None
    verdict: Verdict | None
    sentence: Text


@dataclass(frozen=True, slots=True)
class FoundStartUpView:
    """A start-up that lets itself be found. `profile` and `need` hold what it agreed to show.

    `reciprocal_score` is the harmonic mean of both sides, null where one is unknown; `has_seat`
    says whether it is among the first that the search has seats for, null without seats.
    """

    startup_id: UUID
    need_id: UUID | None
    state: Literal["matching", "to_confirm"]
    profile: dict[str, Any]
    need: dict[str, Any]
    requirements: tuple[RequirementView, ...]
    interest: InterestView
    startup_side: OwnSideView
    reciprocal_score: float | None
    has_seat: bool | None


@dataclass(frozen=True, slots=True)
class FoundView:
    """The answer to a search. `left_out` counts start-ups by the requirement that they fail."""

    items: tuple[FoundStartUpView, ...]
    counts: dict[str, int]
    left_out: dict[str, int]
    weights: dict[str, float]
    evaluated_at: datetime
