"""What the use cases need of the world, in plain values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from aiff_catalog.exchange.application.change_feed import (
    ChangeLog,
    ChangesRead,
    OfferChange,
    Standing,
)
from aiff_catalog.imports.application.ports import ImportStore
from aiff_catalog.offers.application.documents import RenderedOffer
from aiff_catalog.offers.application.listings import Listing, ListingQuery
from aiff_catalog.offers.domain.offer import LiveState, Offer
from aiff_catalog.offers.domain.organisation import Provider
from aiff_catalog.offers.domain.revision import Revision
from aiff_catalog.partners.application.ports import PartnerRecords
from aiff_catalog.quality.application.duplicate_pairs import DuplicateStore
from aiff_catalog.quality.application.ports import LinkStore, QualityStore, StatisticsStore
from aiff_catalog.search.domain.queries import (
    IndexEntry,
    SearchPage,
    SearchQuery,
    Suggestions,
)
from aiff_catalog.shared.schedule import Period
from aiff_catalog.vocabularies.domain.vocabulary import (
    CodeUse,
    Edition,
    KeptVocabulary,
    Vocabulary,
    WordList,
)
from aiff_contracts.events import Event
from aiff_contracts.offer import OfferContent, Organisation
from aiff_kit.meanings import MeaningStore

_ID_LENGTH = 36


def offer_id_of(reference: str) -> UUID | None:
    """Return the id that a reference is in its usual form, None where it can only be a slug."""
    if len(reference) != _ID_LENGTH:
        return None
    try:
        return UUID(reference)
    except ValueError:
        return None


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

    def versions(self, offer_ids: Collection[UUID]) -> Mapping[UUID, int]:
        """Return the newest versions of those of the offers, published or not, that exist."""

    def standings(self) -> Mapping[UUID, tuple[int, bool]]:
        """Return, for each offer that was ever published, its version and whether it still is."""

    def all_ids(self) -> Sequence[UUID]:
        """Return the ids of all published offers."""

    def due(self, now: datetime) -> Sequence[UUID]:
        """Return the offers whose derived status has changed since it was last looked at."""

    def over_since(self, instant: datetime, limit: int) -> Sequence[UUID]:
        """Return published offers whose intake has been closed for good since before an instant."""

    def look_again_at(self, entry: IndexEntry, status_until: datetime | None) -> None:
        """Note an offer's derived status of now, and when it changes next."""

    def note_indexed(self, versions: Mapping[UUID, int]) -> None:
        """Note that searches find these versions."""

    def changed_since(self, instant: datetime) -> Sequence[UUID]:
        """Return the offers, published or not, that changed at or after an instant."""


class IndexedMeanings(MeaningStore, Protocol):
    """The sentence vectors of the published offers, and what the index has of them."""

    def of(self, model: str, offer_ids: Collection[UUID]) -> Mapping[UUID, bytes]:
        """Return the vectors that a model made for those of the offers that have one."""

    def not_indexed(self, limit: int) -> Mapping[UUID, int]:
        """Return offers with a vector that the index lacks, and the version it was made of."""

    def note_indexed(self, versions: Mapping[UUID, int]) -> None:
        """Note that the index has the vectors of these versions."""


class VocabularyRepository(Protocol):
    """The vocabularies that curators keep, inside a unit of work."""

    def get(self, name: KeptVocabulary) -> Vocabulary:
        """Return a vocabulary with its draft."""

    def edition_number(self, name: KeptVocabulary) -> int:
        """Return the number of the edition that holds."""

    def edition_numbers(self) -> tuple[int, ...]:
        """Return what changes with each publication, in one statement."""

    def editions(self, name: KeptVocabulary) -> tuple[Edition, ...]:
        """Return all editions, newest first."""

    def uses(self, name: WordList, codes: Sequence[str], most: int) -> Sequence[CodeUse]:
        """Return which of the codes published offers use: how many do, and the first of them."""

    def users(self, name: KeptVocabulary) -> Mapping[str, Sequence[str]]:
        """Return the codes that published offers use, each with their slugs."""

    def save(self, before: Vocabulary, after: Vocabulary) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""


class EventLog(Protocol):
    """Events that leave with the transaction."""

    def append(self, event: Event) -> None:
        """Add an event."""

    def restate(self, event: Event) -> None:
        """Add what is no news to the topic of states alone."""


class UnitOfWork(Protocol):
    """One transaction; leaving it without `commit` undoes everything."""

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
    def meanings(self) -> IndexedMeanings:
        """Return the sentence vectors."""

    @property
    def changes(self) -> ChangeLog:
        """Return the last change of each offer."""

    @property
    def vocabularies(self) -> VocabularyRepository:
        """Return the vocabularies that curators keep."""

    @property
    def partners(self) -> PartnerRecords:
        """Return what partners' systems sent."""

    @property
    def duplicates(self) -> DuplicateStore:
        """Return the pairs of listings that are probably one offer."""

    @property
    def links(self) -> LinkStore:
        """Return what was seen of the addresses in listings."""

    @property
    def imports(self) -> ImportStore:
        """Return the imports of partners' files."""

    @property
    def quality(self) -> QualityStore:
        """Return what the quality checks found."""

    @property
    def statistics(self) -> StatisticsStore:
        """Return what is counted, and the figures."""

    @property
    def events(self) -> EventLog:
        """Return where events are added."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End; what was not committed is undone."""

    def commit(self) -> None:
        """Make everything durable at once, events included."""


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


class DatabaseUnavailableError(Exception):
    """The database does not answer now; nothing was changed, or it is not known to be."""


class CatalogueReads(Protocol):
    """The read side, asynchronous; a constant number of statements per call.

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

    async def text_at(self, offer_id: UUID, number: int) -> OfferContent | None:
        """Return the text that an offer had at a number of its history, None where none is kept."""

    async def listings(self, query: ListingQuery) -> Sequence[Listing]:
        """Return offers in any state, with one statement."""

    async def organisations(self, after: str, limit: int) -> Sequence[Provider]:
        """Return organisations in the order of their slugs, after one of them."""

    async def organisation(self, slug: str) -> Provider | None:
        """Return an organisation."""

    async def listed(self, query: SearchQuery, now: datetime) -> SearchPage:
        """Return published offers by their filters and plain words, without the search index.

        Every word must be in an offer's title, summary or names; the order is by title where
        relevance was asked for, and there are no facets.
        """

    async def suggested(self, text: str, limit: int) -> Suggestions:
        """Return how a text that is being typed could go on, without the search index."""

    async def descriptions(self, offer_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the descriptions, by language, of those of the published offers that have one."""

    async def changes(self, after: int, limit: int) -> ChangesRead:
        """Return the changes after a position, with one statement."""

    async def recent_changes(self, limit: int) -> Sequence[OfferChange]:
        """Return the newest changes, the newest first."""

    async def standing(self) -> Standing:
        """Return where the catalogue stands, with one statement."""

    async def documents(self, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return ids and documents of published offers in the order of their ids, after one."""

    async def published_count(self) -> int:
        """Return how many offers are published."""

    async def addresses(self, offset: int, limit: int) -> Sequence[tuple[str, datetime]]:
        """Return slugs and last changes of published offers in the order of their ids."""

    async def texts(self, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return ids and texts of published offers in the order of their ids, after one."""

    async def close(self) -> None:
        """Close what is open."""


class TextMarker(Protocol):
    """Marks the words of a search in HTML-escaped texts with `<mark>`.

    `similar` marks words at one letter's distance too. None where nothing matches.
    """

    def whole(self, text: str, language: str, query: str, *, similar: bool) -> str | None:
        """Return a short text with its matches marked."""

    def fragment(self, text: str, language: str, query: str, *, similar: bool) -> str | None:
        """Return the part of a long text around its first match."""


class SearchIndexUnavailableError(Exception):
    """The index cannot be read or written now; the database is unaffected."""


class SearchIndex(Protocol):
    """Finds published offers."""

    async def search(self, query: SearchQuery) -> SearchPage:
        """Return a page; SearchIndexUnavailableError where the index is out of reach."""

    async def suggest(self, text: str, limit: int) -> Suggestions:
        """Return how a text that is being typed could go on; the same error as `search`."""

    async def close(self) -> None:
        """Close what is open."""


class SearchIndexWriter(Protocol):
    """Keeps the index equal to the published offers."""

    def apply(self, entries: Iterable[IndexEntry], removed: Mapping[UUID, int]) -> None:
        """Put and remove entries in one commit; the same again changes nothing.

        `removed` names the version in which each offer was found to be no longer published.
        SearchIndexUnavailableError where the index is out of reach: try again later.
        """
