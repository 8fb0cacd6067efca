"""Organisations as the catalogue keeps them: what is known of one, and its version."""

from dataclasses import dataclass
from datetime import datetime

from aiff_catalog.shared.errors import StaleVersionError
from aiff_contracts.offer import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An organisation with the version that a writer must name to change it."""

    organisation: Organisation
    version: int
    updated_at: datetime

    @property
    def slug(self) -> str:
        """Return the name in the organisation's address."""
        return self.organisation.slug


def put(
    current: Provider | None, organisation: Organisation, expected: int | None, at: datetime
) -> Provider:
    """Return the organisation's next version, or the current one where nothing differs.

    `expected` is the version that the writer read, None for one who read none. Raises
    StaleVersionError where it is not the newest.
    """
    version = current.version if current else 0
    if expected is not None and expected != version:
        raise StaleVersionError(expected, version)
    if current is not None and current.organisation == organisation:
        return current
    return Provider(organisation=organisation, version=version + 1, updated_at=at)
