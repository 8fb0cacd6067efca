"""Identifiers of aggregates and events."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """Return a UUID version 7: unique everywhere, ordered by creation time."""
    return UUID(bytes=uuid_utils.uuid7().bytes)
