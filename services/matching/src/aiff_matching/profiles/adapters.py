"""Start-ups and needs in their tables, inside one transaction."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select, update

from aiff_contracts.codec import dump_json, parse_json
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.profiles.domain.records import StartUp, StoredNeed
from aiff_matching.shared.errors import (
    NeedNotFoundError,
    StaleVersionError,
    StartUpNotFoundError,
)
from aiff_matching.shared.tables import need, startup

# What is to be deleted before the row with an id goes.
Forget = Callable[[Connection, UUID], None]
# What belongs to the tenant who gets the start-up with an id.
Follow = Callable[[Connection, UUID, str], None]


class SqlStartUps:
    """Start-ups in their table."""

    def __init__(self, connection: Connection, forget: Forget, follow: Follow) -> None:
        """Work inside this connection's transaction.

        `forget` deletes what hangs on a start-up, `follow` gives it to another tenant.
        """
        self._connection = connection
        self._forget = forget
        self._follow = follow

    def get(self, startup_id: UUID, tenant: str) -> StartUp:
        """Return the tenant's start-up."""
        wanted = select(startup).where(startup.c.id == startup_id, startup.c.tenant == tenant)
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            raise StartUpNotFoundError(startup_id)
        return _startup(row)

    def page(self, tenant: str, after: str, limit: int) -> Sequence[StartUp]:
        """Return the start-ups after an id."""
        wanted = (
            select(startup)
            .where(startup.c.tenant == tenant, startup.c.id > after)
            .order_by(startup.c.id)
            .limit(limit)
        )
        return [_startup(row) for row in self._connection.execute(wanted)]

    def add(self, item: StartUp) -> None:
        """Insert a row."""
        values = {"id": item.id, "tenant": item.tenant, "created_at": item.created_at}
        self._connection.execute(startup.insert().values(**values, **_startup_values(item)))

    def save(self, item: StartUp) -> None:
        """Update the row if it still has the version before."""
        change = update(startup).where(
            startup.c.id == item.id, startup.c.version == item.version - 1
        )
        if self._connection.execute(change.values(_startup_values(item))).rowcount == 0:
            raise StaleVersionError(item.version)

    def hand_over(self, item: StartUp) -> None:
        """Update the row if it still has the version before, and give away what hangs on it."""
        self.save(item)
        own = need.c.startup_id == item.id
        self._connection.execute(
            update(startup).where(startup.c.id == item.id).values(tenant=item.tenant)
        )
        self._connection.execute(update(need).where(own).values(tenant=item.tenant))
        self._follow(self._connection, item.id, item.tenant)

    def remove(self, item: StartUp) -> None:
        """Delete the row and all that hangs on it."""
        self._forget(self._connection, item.id)
        self._connection.execute(delete(need).where(need.c.startup_id == item.id))
        self._connection.execute(delete(startup).where(startup.c.id == item.id))


class SqlNeeds:
    """Needs in their table."""

    def __init__(self, connection: Connection, forget: Forget) -> None:
        """Work inside this connection's transaction; `forget` deletes what hangs on a need."""
        self._connection = connection
        self._forget = forget

    def get(self, need_id: UUID, tenant: str) -> StoredNeed:
        """Return the tenant's need."""
        wanted = select(need).where(need.c.id == need_id, need.c.tenant == tenant)
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            raise NeedNotFoundError(need_id)
        return _need(row)

    def page(self, startup_id: UUID, after: str, limit: int) -> Sequence[StoredNeed]:
        """Return the needs after an id."""
        wanted = (
            select(need)
            .where(need.c.startup_id == startup_id, need.c.id > after)
            .order_by(need.c.id)
            .limit(limit)
        )
        return [_need(row) for row in self._connection.execute(wanted)]

    def add(self, item: StoredNeed) -> None:
        """Insert a row."""
        values = {
            "id": item.id,
            "startup_id": item.startup_id,
            "tenant": item.tenant,
            "created_at": item.created_at,
        }
        self._connection.execute(need.insert().values(**values, **_need_values(item)))

    def save(self, item: StoredNeed) -> None:
        """Update the row if it still has the version before."""
        change = update(need).where(need.c.id == item.id, need.c.version == item.version - 1)
        if self._connection.execute(change.values(_need_values(item))).rowcount == 0:
            raise StaleVersionError(item.version)

    def remove(self, item: StoredNeed) -> None:
        """Delete the row and all that hangs on it."""
        self._forget(self._connection, item.id)
        self._connection.execute(delete(need).where(need.c.id == item.id))


def _startup_values(item: StartUp) -> dict[str, Any]:
    return {
        "profile": dump_json(item.profile),
        "version": item.version,
        "updated_at": item.updated_at,
    }


def _need_values(item: StoredNeed) -> dict[str, Any]:
    return {"need": dump_json(item.need), "version": item.version, "updated_at": item.updated_at}


def _startup(row: Row[Any]) -> StartUp:
    return StartUp(
        id=row.id,
        tenant=row.tenant,
        profile=parse_json(Profile, row.profile),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _need(row: Row[Any]) -> StoredNeed:
    return StoredNeed(
        id=row.id,
        startup_id=UUID(str(row.startup_id)),
        tenant=row.tenant,
        need=parse_json(Need, row.need),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
