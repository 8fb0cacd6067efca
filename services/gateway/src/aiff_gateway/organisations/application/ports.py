"""What organisations need from the outside, in plain values."""

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from aiff_gateway.audit.application import AuditUnitOfWork
from aiff_gateway.credentials.application.ports import CredentialsUnitOfWork
from aiff_gateway.mail.application.ports import LettersWork
from aiff_gateway.organisations.domain.invitations import Invitation
from aiff_gateway.organisations.domain.organisations import Membership, Organisation
from aiff_gateway.organisations.domain.requests import (
    ListedOrganisation,
    RepresentationRequest,
    RequestState,
)
from aiff_gateway.organisations.domain.rights import Adviser


class Organisations(Protocol):
    """The organisations, inside a transaction."""

    def add(self, organisation: Organisation) -> None:
        """Keep a new organisation."""

    def get(self, slug: str) -> Organisation | None:
        """Return an organisation."""

    def held(self, slug: str) -> Organisation | None:
        """Return an organisation, whose people nobody else changes until the transaction ends."""


class Memberships(Protocol):
    """Who belongs to which organisation, inside a transaction."""

    def add(self, membership: Membership) -> None:
        """Keep a new membership."""

    def of(self, organisation: str) -> Sequence[Membership]:
        """Return an organisation's memberships, longest first."""

    def count_of(self, person: UUID) -> int:
        """Return to how many organisations a person belongs."""

    def change(self, membership: Membership) -> None:
        """Store another role."""

    def remove(self, membership: Membership) -> None:
        """Forget a membership."""


class Advisers(Protocol):
    """Who acts for which organisation without belonging to it, inside a transaction."""

    def put(self, adviser: Adviser) -> None:
        """Keep an adviser, in the place of what the same person was given before."""

    def of(self, organisation: str) -> Sequence[Adviser]:
        """Return an organisation's advisers, longest first."""

    def remove(self, organisation: str, person: UUID) -> bool:
        """Forget an adviser; tell whether there was one."""


class Invitations(Protocol):
    """The invitations, inside a transaction."""

    def add(self, invitation: Invitation) -> None:
        """Keep a new invitation."""

    def by_digest(self, digest: str) -> Invitation | None:
        """Return the invitation whose token has a digest."""

    def of(self, organisation: str) -> Sequence[Invitation]:
        """Return an organisation's invitations, newest first."""

    def to(self, email: str) -> Sequence[Invitation]:
        """Return the invitations to an address, newest first."""

    def settle(self, invitation: Invitation) -> None:
        """Store when an invitation was accepted or withdrawn."""


class Requests(Protocol):
    """The requests to represent listed organisations, inside a transaction."""

    def add(self, request: RepresentationRequest) -> None:
        """Keep a new request."""

    def get(self, request_id: UUID) -> RepresentationRequest | None:
        """Return a request."""

    def held(self, request_id: UUID) -> RepresentationRequest | None:
        """Return a request that nobody else decides until the transaction ends."""

    def of(self, person: UUID) -> Sequence[RepresentationRequest]:
        """Return a person's requests, newest first."""

    def page(
        self, state: RequestState | None, after: UUID | None, most: int
    ) -> Sequence[RepresentationRequest]:
        """Return requests in a state (None: any) whose id comes after, oldest first."""

    def decide(self, request: RepresentationRequest) -> None:
        """Store a decision."""


class ListedOrganisations(Protocol):
    """The organisations of the catalogue."""

    async def named(self, slug: str) -> ListedOrganisation | None:
        """Return an organisation, None where none is listed under the slug."""


class OrganisationsUnitOfWork(CredentialsUnitOfWork, AuditUnitOfWork, LettersWork, Protocol):
    """A transaction on organisations, their people and their keys."""

    @property
    def organisations(self) -> Organisations:
        """The organisations."""

    @property
    def memberships(self) -> Memberships:
        """Who belongs to them."""

    @property
    def advisers(self) -> Advisers:
        """Who acts for them without belonging."""

    @property
    def invitations(self) -> Invitations:
        """Who was invited."""

    @property
    def representation_requests(self) -> Requests:
        """Who asks to represent a listed one."""


OpenOrganisations = Callable[[], OrganisationsUnitOfWork]
