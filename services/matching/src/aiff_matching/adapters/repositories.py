"""Repositories on SQLAlchemy Core, inside one transaction's connection."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select, update

from aiff_contracts.codec import dump_json, parse_json
from aiff_contracts.events import Event
from aiff_contracts.offer import OfferDocument
from aiff_kit.db import upsert
from aiff_kit.outbox import seen
from aiff_matching.adapters.introductions import remove_introductions
from aiff_matching.adapters.partner_side import forget_discoverability
from aiff_matching.adapters.revisions import count_revision
from aiff_matching.adapters.tables import (
    decision,
    inbox,
    introduction,
    need,
    offer,
    startup,
)
from aiff_matching.adapters.watch_repository import forget_needs
from aiff_matching.domain.errors import (
    NeedNotFoundError,
    StaleVersionError,
    StartUpNotFoundError,
)
from aiff_matching.domain.need import Need
from aiff_matching.domain.profile import Profile
from aiff_matching.domain.records import ShownDecision, StartUp, StoredNeed


class SqlStartUps:
    """Start-ups in their table."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

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

    def remove(self, item: StartUp) -> None:
        """Delete the row and all that hangs on it."""
        remove_introductions(self._connection, introduction.c.startup_id == item.id)
        forget_discoverability(self._connection, item.id)
        own = select(need.c.id).where(need.c.startup_id == item.id)
        forget_needs(self._connection, own)
        self._connection.execute(delete(decision).where(decision.c.need_id.in_(own)))
        self._connection.execute(delete(need).where(need.c.startup_id == item.id))
        self._connection.execute(delete(startup).where(startup.c.id == item.id))


class SqlNeeds:
    """Needs in their table."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

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
        remove_introductions(self._connection, introduction.c.need_id == item.id)
        forget_needs(self._connection, select(need.c.id).where(need.c.id == item.id))
        self._connection.execute(delete(decision).where(decision.c.need_id == item.id))
        self._connection.execute(delete(need).where(need.c.id == item.id))


class SqlDecisions:
    """The log of shown verdicts."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def record(self, decisions: Iterable[ShownDecision]) -> None:
        """Insert all in one statement."""
        rows = [asdict(item) for item in decisions]
        if rows:
            self._connection.execute(decision.insert(), rows)


class SqlOfferCopies:
    """The copy of the offers and its revision counter."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def get(self, offer_id: UUID) -> OfferDocument | None:
        """Read and parse the row."""
        wanted = select(offer.c.document).where(offer.c.id == offer_id)
        raw = self._connection.execute(wanted).scalar_one_or_none()
        return None if raw is None else parse_json(OfferDocument, raw)

    def put(self, document: OfferDocument) -> None:
        """Insert or replace the row."""
        values = {
            "slug": document.slug,
            "version": document.version,
            "document": dump_json(document),
            "vector_due": True,
        }
        statement = upsert(self._connection, offer).values(id=document.id, **values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=[offer.c.id], set_=values)
        )
        count_revision(self._connection)

    def remove(self, offer_id: UUID) -> None:
        """Delete the row."""
        self._connection.execute(delete(offer).where(offer.c.id == offer_id))
        count_revision(self._connection)


class SqlInbox:
    """The events that a consumer has handled."""

    def __init__(self, connection: Connection, consumer: str) -> None:
        """Work inside this connection's transaction for one consumer."""
        self._connection = connection
        self._consumer = consumer

    def seen(self, event: Event) -> bool:
        """Ask and note in one statement."""
        return seen(self._connection, inbox, self._consumer, event)


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
