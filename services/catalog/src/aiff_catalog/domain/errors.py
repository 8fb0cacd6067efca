"""Everything that may be refused, in the catalogue's own words."""

from datetime import datetime
from uuid import UUID


class CatalogueError(Exception):
    """A request that the catalogue's rules refuse."""


class OfferNotFoundError(CatalogueError):
    """No offer has this id or slug."""

    def __init__(self, reference: UUID | str) -> None:
        """Name what was asked for."""
        super().__init__(f"no offer is known as {reference}")
        self.reference = reference


class OrganisationNotFoundError(CatalogueError):
    """No organisation has this slug."""

    def __init__(self, slug: str) -> None:
        """Name what was asked for."""
        super().__init__(f"no organisation is known as {slug}")
        self.slug = slug


class SlugTakenError(CatalogueError):
    """The slug cannot lead to this offer.

    Another offer has it, or had it and its old address must keep leading to it; or the interface
    has an address of that name.
    """

    def __init__(self, slug: str) -> None:
        """Name the slug."""
        super().__init__(f"the slug {slug} is taken; choose another one")
        self.slug = slug


class StaleVersionError(CatalogueError):
    """The change was made against a version that is no longer the newest one."""

    def __init__(self, expected: int, actual: int) -> None:
        """Keep both versions."""
        super().__init__(f"the newest version is {actual}, not {expected}; read it and try again")
        self.expected = expected
        self.actual = actual


class AlreadyPublishedError(CatalogueError):
    """A published offer cannot be published again."""


class NotPublishedError(CatalogueError):
    """Only a published offer can be withdrawn."""


class OfferWithdrawnError(CatalogueError):
    """The offer is no longer offered."""

    def __init__(self, slug: str, reason: str, withdrawn_at: datetime) -> None:
        """Keep what a reader is told."""
        super().__init__(reason)
        self.slug = slug
        self.reason = reason
        self.withdrawn_at = withdrawn_at
