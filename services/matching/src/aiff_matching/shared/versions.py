"""Objects of an owner, and the version at which they are changed."""

from dataclasses import dataclass
from uuid import UUID

from aiff_matching.shared.errors import StaleVersionError


def check_version(current: int, expected: int | None) -> None:
    """Raise StaleVersionError unless the caller read the current version; None is any."""
    if expected is not None and expected != current:
        raise StaleVersionError(current)


@dataclass(frozen=True, slots=True)
class Target:
    """Which object of whom, at which version (None: any)."""

    id: UUID
    tenant: str
    version: int | None = None
