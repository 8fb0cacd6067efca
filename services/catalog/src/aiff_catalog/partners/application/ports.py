"""What partners' systems sent, as the use cases need to keep it."""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol
from uuid import UUID

from aiff_catalog.offers.application.ports import OffersUnitOfWork
from aiff_catalog.partners.domain import PartnerPolicy, PartnerRecord, SyncedOffer

Synced = tuple[PartnerRecord, SyncedOffer | None]


class PartnerRecords(Protocol):
    """Records and policies of partners, inside a unit of work."""

    def find(self, partner: str, external_id: str) -> PartnerRecord | None:
        """Return the record of an identifier; nobody changes it until the transaction ends."""

    def put(self, record: PartnerRecord) -> None:
        """Store or replace a record.

        Raises OfferLinkedError where the partner knows the offer by another identifier.
        """

    def synced(self, partner: str, after: str, limit: int) -> Sequence[Synced]:
        """Return records in the order of their identifiers after one, with one statement."""

    def get(self, partner: str, external_id: str) -> Synced | None:
        """Return a record with where its offer is."""

    def identifier_of(self, partner: str, offer_id: UUID) -> str | None:
        """Return by what the partner knows an offer, None where it never wrote it."""

    def hand_over(self, from_id: UUID, to_id: UUID, providers: Collection[str]) -> None:
        """Let the records of an offer belong to another one.

        Only those of partners that provide the other one too and do not know it yet: a partner
        knows an offer by one identifier.
        """

    def policy(self, partner: str) -> PartnerPolicy:
        """Return what the partner publishes without a review: nothing, where nobody said."""

    def put_policy(self, policy: PartnerPolicy) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""


class PartnersUnitOfWork(OffersUnitOfWork, Protocol):
    """A transaction over offers and what partners' systems know of them."""

    @property
    def partners(self) -> PartnerRecords:
        """Return what partners' systems sent."""


OpenPartners = Callable[[], PartnersUnitOfWork]
