"""What the use cases of introductions need of the outside, in plain values."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_matching.introductions.domain.introductions import Introduction
from aiff_matching.offers.domain.ratings import RatingSum
from aiff_matching.profiles.application.ports import Needs, StartUps
from aiff_matching.shared.ports import Events, Work


class Introductions(Protocol):
    """Requests for introductions, each seen only by its owner, its provider, and from the tray."""

    def of_tenant(self, introduction_id: UUID, tenant: str) -> Introduction:
        """Return a request of the tenant, or raise IntroductionNotFoundError."""

    def of_provider(self, introduction_id: UUID, provider: str) -> Introduction:
        """Return a request to the provider, or raise IntroductionNotFoundError."""

    def unresolved(self, introduction_id: UUID) -> Introduction:
        """Return a request that is in the curators' tray, or raise IntroductionNotFoundError."""

    def page_of_tenant(self, tenant: str, after: str, limit: int) -> Sequence[Introduction]:
        """Return the tenant's requests whose id comes after, oldest first."""

    def page_of_provider(self, provider: str, after: str, limit: int) -> Sequence[Introduction]:
        """Return the requests to a provider whose id comes after, oldest first."""

    def page_of_unresolved(self, after: str, limit: int) -> Sequence[Introduction]:
        """Return the requests in the tray whose id comes after, oldest first."""

    def asked_for(self, need_id: UUID) -> frozenset[UUID]:
        """Return the offers that were asked for with a need, in whatever state that is."""

    def due(self, now: datetime, limit: int) -> Sequence[Introduction]:
        """Return some requests that the clock changes now, the longest due first."""

    def add(self, item: Introduction) -> None:
        """Store a new request; AlreadyRequestedError where one for the offer and need is open."""

    def save(self, item: Introduction) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""


class Ratings(Protocol):
    """What the ratings of each offer add up to."""

    def add(self, offer_id: UUID, stars: int) -> RatingSum:
        """Count one more rating and return the offer's sum."""


class IntroductionsWork(Work, Protocol):
    """What the use cases of introductions see of a transaction."""

    @property
    def startups(self) -> StartUps:
        """Start-ups."""

    @property
    def needs(self) -> Needs:
        """Their needs."""

    @property
    def introductions(self) -> Introductions:
        """The requests."""

    @property
    def ratings(self) -> Ratings:
        """What ratings add up to."""

    @property
    def events(self) -> Events:
        """The outbox."""


OpenIntroductionsWork = Callable[[], IntroductionsWork]
