"""The rendered documents of the published offers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select

from aiff_catalog.offers.application.documents import RenderedOffer
from aiff_catalog.search.adapters.database import derived_columns, listed_columns
from aiff_catalog.search.domain.queries import IndexEntry
from aiff_catalog.shared.schedule import closed_for_good, dump_schedule, load_schedule
from aiff_catalog.shared.tables import offer, offer_document, offer_meaning


class SqlDocumentStore:
    """Reads and writes `offer_document` inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def put(
        self, rendered: RenderedOffer, entry: IndexEntry, status_until: datetime | None
    ) -> None:
        """Store or replace."""
        values = {
            "slug": rendered.slug,
            "version": rendered.version,
            "body": rendered.body,
            "summary": rendered.summary,
            "schedule": dump_schedule(rendered.schedule),
            "updated_at": rendered.updated_at,
            "status_until": status_until,
            "over_since": closed_for_good(rendered.schedule),
            **listed_columns(entry),
        }
        table = offer_document
        replaced = self._connection.execute(
            table.update().where(table.c.offer_id == rendered.offer_id).values(values)
        )
        if replaced.rowcount == 0:
            row = {"offer_id": rendered.offer_id, **values}
            self._connection.execute(table.insert().values(row))
        self._outdate_meaning(rendered.offer_id)

    def remove(self, offer_id: UUID) -> None:
        """Take an offer out of sight."""
        for table in (offer_meaning, offer_document):
            self._connection.execute(table.delete().where(table.c.offer_id == offer_id))

    def of(self, offer_ids: Collection[UUID]) -> Sequence[RenderedOffer]:
        """Return the documents of those of the offers that are published."""
        table = offer_document
        rows = self._connection.execute(select(table).where(table.c.offer_id.in_(offer_ids)))
        return [rendered(row) for row in rows]

    def versions(self, offer_ids: Collection[UUID]) -> Mapping[UUID, int]:
        """Return the newest versions of those of the offers that exist."""
        statement = select(offer.c.id, offer.c.version).where(offer.c.id.in_(offer_ids))
        return {row.id: row.version for row in self._connection.execute(statement)}

    def publication_states(self) -> Mapping[UUID, tuple[int, bool]]:
        """Return version and visibility of the offers that were ever published."""
        ever = offer.c.published_at.is_not(None)
        columns = offer.c.id, offer.c.version, offer.c.live_version, offer.c.state
        statement = select(*columns).where(ever)
        return {
            row.id: (row.live_version, True) if row.state == "published" else (row.version, False)
            for row in self._connection.execute(statement)
        }

    def all_ids(self) -> Sequence[UUID]:
        """Return the ids of all published offers."""
        ordered = select(offer_document.c.offer_id).order_by(offer_document.c.offer_id)
        return self._connection.execute(ordered).scalars().all()

    def due(self, now: datetime) -> Sequence[UUID]:
        """Return the offers whose derived status has changed."""
        passed = offer_document.c.status_until <= now
        statement = select(offer_document.c.offer_id).where(passed)
        return self._connection.execute(statement).scalars().all()

    def over_since(self, instant: datetime, limit: int) -> Sequence[UUID]:
        """Return published offers whose intake has been closed for good since before an instant."""
        table = offer_document
        over = select(table.c.offer_id).where(table.c.over_since <= instant)
        ordered = over.order_by(table.c.over_since).limit(limit)
        return self._connection.execute(ordered).scalars().all()

    def look_again_at(self, entry: IndexEntry, status_until: datetime | None) -> None:
        """Note the derived status of now, and when it changes next."""
        table = offer_document
        values = {"status_until": status_until, **derived_columns(entry)}
        # A version that was stored meanwhile has noted its own.
        is_same = (table.c.offer_id == entry.offer_id) & (table.c.version == entry.version)
        self._connection.execute(table.update().where(is_same).values(values))

    def note_indexed(self, versions: Mapping[UUID, int]) -> None:
        """Note that searches find these versions, by one prepared statement."""
        table = offer_document
        is_it = table.c.offer_id == bindparam("noted")
        rows = [{"noted": one, "found": version} for one, version in versions.items()]
        noted = table.update().where(is_it).values(indexed_version=bindparam("found"))
        self._connection.execute(noted, rows)

    def changed_since(self, instant: datetime) -> Sequence[UUID]:
        """Return the offers that changed at or after an instant."""
        statement = select(offer.c.id).where(offer.c.updated_at >= instant)
        return self._connection.execute(statement).scalars().all()

    def _outdate_meaning(self, offer_id: UUID) -> None:
        """Have the vector of the new text computed; that of the old one serves until then."""
        table = offer_meaning
        outdated = self._connection.execute(
            table.update().where(table.c.offer_id == offer_id).values(state="due")
        )
        if outdated.rowcount == 0:
            self._connection.execute(table.insert().values(offer_id=offer_id, state="due"))


def rendered(row: Row[Any]) -> RenderedOffer:
    """Return the document of a row."""
    return RenderedOffer(
        offer_id=row.offer_id,
        slug=row.slug,
        version=row.version,
        body=row.body,
        summary=row.summary,
        schedule=load_schedule(row.schedule),
        updated_at=row.updated_at,
    )
