"""What the use cases need of the world, in plain values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from aiff_contracts.events import Event, VocabularyPublished
from aiff_contracts.offer import OfferDocument
from aiff_kit.meanings import MeaningStore
from aiff_matching.domain.alerts import Alert
from aiff_matching.domain.catalogue import Catalogue
from aiff_matching.domain.coverage import CoverageFigure
from aiff_matching.domain.discoverability import Discoverability, View
from aiff_matching.domain.finding import Findable
from aiff_matching.domain.gpus import GpuTable
from aiff_matching.domain.introductions import Introduction
from aiff_matching.domain.partner_searches import StoredSearch
from aiff_matching.domain.records import ShownDecision, StartUp, StoredNeed
from aiff_matching.domain.standings import Standing
from aiff_matching.domain.support_ratings import RatingSum
from aiff_matching.domain.watched import Due, NeedKey, Subject, WatchedNeed, Watcher


class StartUps(Protocol):
    """Start-ups of one tenant at a time, inside a unit of work."""

    def get(self, startup_id: UUID, tenant: str) -> StartUp:
        """Return a start-up, or raise StartUpNotFoundError where it is not the tenant's."""

    def page(self, tenant: str, after: str, limit: int) -> Sequence[StartUp]:
        """Return the tenant's start-ups whose id comes after, in order of id."""

    def add(self, startup: StartUp) -> None:
        """Store a new start-up."""

    def save(self, startup: StartUp) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""

    def remove(self, startup: StartUp) -> None:
        """Delete a start-up with its needs and their decisions."""


class Needs(Protocol):
    """Needs of one tenant at a time, inside a unit of work."""

    def get(self, need_id: UUID, tenant: str) -> StoredNeed:
        """Return a need, or raise NeedNotFoundError where it is not the tenant's."""

    def page(self, startup_id: UUID, after: str, limit: int) -> Sequence[StoredNeed]:
        """Return the start-up's needs whose id comes after, in order of id."""

    def add(self, need: StoredNeed) -> None:
        """Store a new need."""

    def save(self, need: StoredNeed) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""

    def remove(self, need: StoredNeed) -> None:
        """Delete a need with its decisions."""


class Decisions(Protocol):
    """The log of verdicts shown for stored needs."""

    def record(self, decisions: Iterable[ShownDecision]) -> None:
        """Store what was shown."""


class Introductions(Protocol):
    """Requests for introductions, each seen only by its owner, its provider, and from the tray."""

    def of_tenant(self, introduction_id: UUID, tenant: str) -> Introduction:
        """Return a request of the tenant, or raise IntroductionNotFoundError."""

    def of_provider(self, introduction_id: UUID, provider: str) -> Introduction:
        """Return a request to the provider, or raise IntroductionNotFoundError."""

    def in_tray(self, introduction_id: UUID) -> Introduction:
        """Return a request that is in the curators' tray, or raise IntroductionNotFoundError."""

    def page_of_tenant(self, tenant: str, after: str, limit: int) -> Sequence[Introduction]:
        """Return the tenant's requests whose id comes after, oldest first."""

    def page_of_provider(self, provider: str, after: str, limit: int) -> Sequence[Introduction]:
        """Return the requests to a provider whose id comes after, oldest first."""

    def page_of_tray(self, after: str, limit: int) -> Sequence[Introduction]:
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


class Events(Protocol):
    """The outbox: an event leaves if and only if the transaction commits."""

    def append(self, event: Event) -> None:
        """Add an event."""


class OfferCopies(Protocol):
    """The service's own copy of the published offers."""

    def get(self, offer_id: UUID) -> OfferDocument | None:
        """Return the copy of an offer, None where there is none."""

    def put(self, offer: OfferDocument) -> None:
        """Store or replace an offer, and count one more revision of the copy."""

    def remove(self, offer_id: UUID) -> None:
        """Forget an offer, and count one more revision of the copy."""


class FreshOfferCopies(Protocol):
    """A copy of the offers that is being made beside the one in use."""

    def put(self, rebuild: UUID, events: Iterable[Event]) -> None:
        """Add the states of offers to a rebuild's copy; each offer comes once."""

    def count_in_use(self) -> int:
        """Return the number of offers in the copy in use."""

    def versions_in_use(self) -> Mapping[str, int]:
        """Return the version of each offer in the copy in use, by id."""

    def swap(self, rebuild: UUID, since: datetime) -> None:
        """Put the copy in use and forget it as a fresh one; count one more revision.

        An offer of which a newer event was handled keeps what that event said. One that the
        fresh copy lacks goes, unless an event of it was handled at or after `since`.
        """

    def discard(self, before: datetime) -> None:
        """Delete what rebuilds that began before an instant have left behind."""


class VocabularyCopies(Protocol):
    """The service's own copy of the catalogue's vocabularies."""

    def put(self, published: VocabularyPublished) -> None:
        """Store or replace an edition."""


class Inbox(Protocol):
    """Which events were handled already."""

    def seen(self, event: Event) -> bool:
        """Tell whether this event or a newer one of its offer was handled; else note it."""


class Watching(Protocol):
    """What is to be judged again, and how offers stood for needs when they were judged."""

    def alone(self) -> bool:
        """Tell whether this transaction is the only one that judges needs until it ends."""

    def note_offer(self, offer_id: UUID, neighbours: Iterable[str] = ()) -> None:
        """Make an offer due, and those in the copy that have one of these slugs."""

    def note_need(self, need_id: UUID, *, silent: bool) -> None:
        """Make a need due; `silent` for its first judgement."""

    def note_needs_of(self, startup_id: UUID) -> None:
        """Make all needs of a start-up due."""

    def note_all_needs(self) -> None:
        """Make every need due."""

    def due(self, subject: Subject, limit: int) -> Sequence[Due]:
        """Return some of what is due."""

    def due_offers(self) -> frozenset[UUID]:
        """Return the ids of all offers that are due."""

    def done(self, subject: Subject, items: Iterable[Due]) -> None:
        """Forget what was judged, unless it became due again since it was read."""

    def keys(self, ids: Iterable[UUID] | None = None) -> Sequence[NeedKey]:
        """Return the versions of all needs; or those of some, which then stay until the end."""

    def read(self, keys: Iterable[NeedKey]) -> Sequence[WatchedNeed]:
        """Return needs with their profiles, as new as they are."""

    def of_needs(
        self, needs: Iterable[UUID], offers: Sequence[UUID] | None = None
    ) -> Mapping[tuple[UUID, UUID], tuple[str, Standing]]:
        """Return slugs and standings by need and offer; `offers` None means all."""

    def put(self, changed: Mapping[tuple[UUID, UUID], tuple[str, Standing | None]]) -> None:
        """Replace standings; None forgets one."""

    def reached(self, now: datetime) -> datetime:
        """Return up to when the passing of time was judged; it begins now."""

    def reach(self, now: datetime) -> None:
        """Note up to when the passing of time was judged."""


class Alerts(Protocol):
    """Alerts of needs, and how their owners are told."""

    def begin(self, need_id: UUID) -> None:
        """Give a new need the usual settings."""

    def watcher(self, need_id: UUID, tenant: str) -> Watcher:
        """Return a need's settings, or raise NeedNotFoundError where it is not the tenant's."""

    def watchers(self, needs: Iterable[UUID]) -> Mapping[UUID, Watcher]:
        """Return the settings of needs by id."""

    def save_settings(self, watcher: Watcher) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""

    def page(
        self, need_id: UUID, after: str, limit: int, *, unread: bool = False
    ) -> Sequence[Alert]:
        """Return a need's lines that come after an id, the newest first."""

    def unread(self, needs: Iterable[UUID]) -> Sequence[Alert]:
        """Return the unread lines of needs; nobody reads them until the transaction ends."""

    def put(self, lines: Iterable[Alert]) -> None:
        """Store or replace lines."""

    def remove(self, ids: Iterable[UUID]) -> None:
        """Forget lines."""

    def due_needs(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return some needs with lines that are to be told."""

    def count_events(self, sequences: Mapping[UUID, int]) -> None:
        """Note the number of the last event of each need."""


class Searches(Protocol):
    """What partners look for."""

    def get(self, search_id: UUID, organisation: str) -> StoredSearch:
        """Return a search, or raise SearchNotFoundError where it is not the organisation's."""

    def page(self, organisation: str, after: str, limit: int) -> Sequence[StoredSearch]:
        """Return the organisation's searches that come after an id, in the order of ids."""

    def add(self, item: StoredSearch) -> None:
        """Store a new search."""

    def save(self, item: StoredSearch) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""

    def remove(self, item: StoredSearch) -> None:
        """Forget a search."""


class DiscoverableStartUps(Protocol):
    """Consents to be found, and who has seen whom."""

    def of(self, startup_id: UUID, tenant: str) -> Discoverability:
        """Return the consents of a start-up; none where it never gave one."""

    def save(self, item: Discoverability) -> None:
        """Store or replace the consents of a start-up."""

    def findable(self) -> Sequence[Findable]:
        """Return the needs of all start-ups that may be found, with the consented fields only.

        A start-up without needs comes once, without one.
        """

    def note_views(self, organisation: str, startups: Iterable[UUID], now: datetime) -> None:
        """Note that an organisation saw these start-ups."""

    def views(self, startup_id: UUID) -> Sequence[View]:
        """Return who saw a start-up, the last one first."""


class Exposure(Protocol):
    """The attention that answers gave to providers, and who yields near ties to others."""

    def add(self, day: date, attention: Mapping[str, float]) -> None:
        """Add what a day's answers gave to providers."""

    def since(self, day: date) -> Mapping[str, float]:
        """Return the attention to each provider since a day."""

    def forget_before(self, day: date) -> None:
        """Forget what lies longer ago."""

    def yielding(self) -> frozenset[str]:
        """Return the providers that yield."""

    def yield_from_now(self, providers: frozenset[str]) -> bool:
        """Have exactly these yield; return whether others did before."""


class Coverage(Protocol):
    """The figures of how well needs are covered."""

    def owners(self, needs: Sequence[UUID]) -> Mapping[UUID, UUID]:
        """Return the start-ups of needs that exist."""

    def put(self, day: date, figures: Sequence[CoverageFigure]) -> None:
        """Replace the figures of a day."""

    def of(self, day: date | None) -> tuple[date, Sequence[CoverageFigure]] | None:
        """Return the figures of a day, of the newest one for None."""

    def forget_before(self, day: date) -> None:
        """Forget what lies longer ago."""


class UnitOfWork(Protocol):
    """One transaction: leaving without `commit` undoes everything."""

    startups: StartUps
    needs: Needs
    decisions: Decisions
    introductions: Introductions
    ratings: Ratings
    events: Events
    offers: OfferCopies
    meanings: MeaningStore
    fresh_offers: FreshOfferCopies
    inbox: Inbox
    vocabularies: VocabularyCopies
    vocabulary_inbox: Inbox
    watching: Watching
    alerts: Alerts
    exposure: Exposure
    coverage: Coverage
    searches: Searches
    discoverability: DiscoverableStartUps

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed."""

    def commit(self) -> None:
        """Make everything durable at once."""


OpenUnitOfWork = Callable[[], UnitOfWork]


class LiveGpus(Protocol):
    """The GPU table in memory, as new as the copy of the vocabularies."""

    def at(self, revision: int) -> GpuTable:
        """Return the table of the newest edition that a revision of the catalogue knows."""


class LiveCatalogue(Protocol):
    """The compiled catalogue in memory, as new as the copy of the offers."""

    def current(self) -> Catalogue:
        """Return the catalogue of the newest committed revision."""
