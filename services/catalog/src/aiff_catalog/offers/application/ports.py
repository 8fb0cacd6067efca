"""What the use cases of offers need of the world, in plain values."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_catalog.offers.application.documents import RenderedOffer
from aiff_catalog.offers.application.listings import Listing, ListingQuery
from aiff_catalog.offers.domain.offer import LiveState, Offer
from aiff_catalog.offers.domain.organisation import Provider
from aiff_catalog.offers.domain.revision import Revision
from aiff_catalog.search.domain.queries import IndexEntry
from aiff_catalog.shared.ports import EventLog, UnitOfWork
from aiff_catalog.shared.schedule import Period
from aiff_contracts.offer import OfferContent, Organisation

# Makes a stored document into another format of the same offer.
Representation = Callable[[bytes], bytes]


class OfferRepository(Protocol):
    """Offers with their revisions, inside a unit of work."""

    def get(self, offer_id: UUID) -> Offer:
        """Return an offer, or raise OfferNotFoundError."""

    def hold(self, offer_ids: Collection[UUID]) -> Sequence[Offer]:
        """Return those of the offers that exist; nobody changes them until the transaction ends."""

    def by_slug(self, slug: str) -> Offer | None:
        """Return the offer that has this slug now."""

    def owner_of_slug(self, slug: str) -> UUID | None:
        """Return the offer that has this slug or had it."""

    def naming(self, organisation: str) -> Sequence[Offer]:
        """Return the offers that name an organisation in any role."""

    def known_slugs(self, slugs: Collection[str]) -> frozenset[str]:
        """Return those of the slugs that an offer has."""

    def naming_offer(self, slug: str) -> Sequence[str]:
        """Return the slugs of offers in use whose texts name an offer; they are all looked at."""

    def lead_on(self, from_id: UUID, to_id: UUID) -> None:
        """Let what was merged into one offer lead to another one."""

    def text_at(self, offer_id: UUID, number: int) -> OfferContent | None:
        """Return the text that an offer had at a number of its history, None where none is kept."""

    def to_publish(self, now: datetime, limit: int) -> Sequence[Offer]:
        """Return offers whose approved text is to be shown by now, the longest due first."""

    def add(self, offer: Offer, revision: Revision) -> None:
        """Store a new offer with its first revision."""

    def save(self, offer: Offer, revision: Revision) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""


class OrganisationRepository(Protocol):
    """Organisations, inside a unit of work."""

    def find(self, slug: str) -> Provider | None:
        """Return an organisation."""

    def details(self, slugs: Collection[str]) -> Mapping[str, Organisation]:
        """Return those of the organisations that are known, by slug."""

    def put(self, provider: Provider) -> None:
        """Store a new or changed organisation; StaleVersionError where another writer won."""


class DocumentStore(Protocol):
    """The rendered documents of the published offers, inside a unit of work."""

    def put(
        self, rendered: RenderedOffer, entry: IndexEntry, status_until: datetime | None
    ) -> None:
        """Store or replace; `status_until` is when the derived status will change.

        The entry's filters and words are kept beside the document, for lists that are made
        while the search index is out of reach.
        """

    def remove(self, offer_id: UUID) -> None:
        """Take an offer out of sight."""

    def of(self, offer_ids: Collection[UUID]) -> Sequence[RenderedOffer]:
        """Return the documents of those of the offers that are published."""


class ChangeNotes(Protocol):
    """Where the last change of each offer is noted, inside a unit of work."""

    def note(self, offer: Offer) -> None:
        """Store what readers see of an offer now; it has no position yet."""


class OffersUnitOfWork(UnitOfWork, Protocol):
    """A transaction over offers and organisations, with what follows from them for readers."""

    @property
    def offers(self) -> OfferRepository:
        """Return the offers."""

    @property
    def organisations(self) -> OrganisationRepository:
        """Return the organisations."""

    @property
    def documents(self) -> DocumentStore:
        """Return the rendered documents."""

    @property
    def changes(self) -> ChangeNotes:
        """Return the last change of each offer."""

    @property
    def events(self) -> EventLog:
        """Return where events are added."""


OpenOffers = Callable[[], OffersUnitOfWork]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A published offer as the hot path needs it."""

    offer_id: str
    slug: str
    version: int
    body: bytes
    schedule: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """The name belonged to an offer that has another one now."""

    slug: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The offer is out of sight: suspended, expired or archived."""

    slug: str
    state: LiveState
    reason: str
    withdrawn_at: datetime


class OfferReads(Protocol):
    """Offers as they are read, asynchronous; a constant number of statements per call.

    All raise DatabaseUnavailableError where the database does not answer in time.
    """

    async def offer(self, reference: str) -> StoredDocument | Moved | Gone | None:
        """Return what an id or slug leads to; None for what never was public."""

    async def working_copy(self, reference: str, limited_to: str | None) -> Offer | None:
        """Return an offer in any state, if the organisation (None: any) provides it."""

    async def offer_id(self, reference: str, limited_to: str | None) -> UUID | None:
        """Return the id of an offer in any state, if the organisation (None: any) provides it."""

    async def revisions(self, offer_id: UUID, before: int | None, limit: int) -> Sequence[Revision]:
        """Return an offer's revisions below a number (None: all), newest first."""

    async def publications(self, offer_id: UUID, limit: int) -> Sequence[Revision]:
        """Return the revisions that published a text, newest first."""

    async def text_at(self, offer_id: UUID, number: int) -> OfferContent | None:
        """Return the text that an offer had at a number of its history, None where none is kept."""

    async def listings(self, query: ListingQuery) -> Sequence[Listing]:
        """Return offers in any state, with one statement."""


class OrganisationReads(Protocol):
    """Organisations as they are read; DatabaseUnavailableError as with offers."""

    async def organisations(self, after: str, limit: int) -> Sequence[Provider]:
        """Return organisations in the order of their slugs, after one of them."""

    async def organisation(self, slug: str) -> Provider | None:
        """Return an organisation."""
