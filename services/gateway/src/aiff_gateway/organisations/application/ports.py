"""What organisations need from the outside, in plain values."""

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from aiff_gateway.credentials.application.ports import CredentialsUnitOfWork
from aiff_gateway.organisations.domain.organisations import Membership, Organisation


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


class OrganisationsUnitOfWork(CredentialsUnitOfWork, Protocol):
    """A transaction on organisations, their people and their keys."""

    @property
    def organisations(self) -> Organisations:
        """The organisations."""

    @property
    def memberships(self) -> Memberships:
        """Who belongs to them."""


OpenOrganisations = Callable[[], OrganisationsUnitOfWork]
