"""A fresh copy of the offers in a table of its own, and the moment in which it is put in use."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    true,
)

from aiff_contracts.codec import dump_json
from aiff_contracts.events import Event, OfferPublished, OfferWithdrawn
from aiff_kit.clock import utc_now
from aiff_kit.db import upsert
from aiff_matching.shared.revisions import count_revision
from aiff_matching.shared.tables import inbox, offer, offer_fresh

_FRESH = offer_fresh.c
# The swap writes every offer at once, which takes longer than a request may.
_SWAP_TIMEOUT = text("SET LOCAL statement_timeout = '10min'")
# The projection writes its inbox first: it waits here, or the swap waits for it. Readers do not.
_ALONE = text("LOCK TABLE inbox IN SHARE ROW EXCLUSIVE MODE")


class SqlFreshOfferCopies:
    """Works on `offer_fresh` and swaps its rows with those of `offer`."""

    def __init__(self, connection: Connection, consumer: str) -> None:
        """Work inside this connection's transaction; the consumer's inbox decides what is new."""
        self._connection = connection
        self._consumer = consumer

    def put(self, rebuild: UUID, events: Iterable[Event]) -> None:
        """Insert the rows in one statement; of an offer that comes again the newest stays."""
        rows = [_row(rebuild, event) for event in events]
        if not rows:
            return
        insert = upsert(self._connection, offer_fresh)
        changed = {name: insert.excluded[name] for name in rows[0] if name not in {"rebuild", "id"}}
        newest = insert.on_conflict_do_update(
            index_elements=[_FRESH.rebuild, _FRESH.id],
            set_=changed,
            where=_FRESH.sequence <= insert.excluded.sequence,
        )
        self._connection.execute(newest, rows)

    def count_in_use(self) -> int:
        """Count the rows of the copy in use."""
        counted = select(func.count()).select_from(offer)
        return int(self._connection.execute(counted).scalar_one())

    def versions_in_use(self) -> Mapping[str, int]:
        """Read the ids and versions of the copy in use."""
        rows = self._connection.execute(select(offer.c.id, offer.c.version))
        return {str(row.id): row.version for row in rows}

    def swap(self, rebuild: UUID, since: datetime) -> None:
        """Replace the rows in this transaction: readers see the old copy or the new one."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_SWAP_TIMEOUT)
            self._connection.execute(_ALONE)
        # Once per rebuild, so that the conditions below can name the rows by the table alone.
        newest = (_FRESH.rebuild == rebuild) & ~self._newer_was_handled()
        self._take_out(rebuild, newest, since)
        self._put_in(newest)
        self._note(newest)
        self._connection.execute(delete(offer_fresh).where(_FRESH.rebuild == rebuild))
        count_revision(self._connection)

    def discard(self, before: datetime) -> None:
        """Compare ids: those of rebuilds begin with the time at which they were made (UUIDv7)."""
        first = f"{int(before.timestamp() * 1000):012x}"
        oldest = f"{first[:8]}-{first[8:]}"
        rebuild = func.substr(_FRESH.rebuild, 1, len(oldest))
        self._connection.execute(delete(offer_fresh).where(rebuild < oldest))

    def _newer_was_handled(self) -> ColumnElement[bool]:
        own = (inbox.c.consumer == self._consumer) & (inbox.c.key == _FRESH.id)
        return exists().where(own & (inbox.c.sequence > _FRESH.sequence))

    def _take_out(self, rebuild: UUID, newest: ColumnElement[bool], since: datetime) -> None:
        """Delete what differs; a row that is right keeps what was computed for it."""
        same_offer = _FRESH.id == offer.c.id
        other = (_FRESH.document != offer.c.document) | (_FRESH.version != offer.c.version)
        differs = _FRESH.document.is_(None) | other
        is_replaced = exists().where(newest & same_offer & differs)
        own = (inbox.c.consumer == self._consumer) & (inbox.c.key == offer.c.id)
        just_handled = exists().where(own & (inbox.c.handled_at >= since))
        is_told_of = exists().where((_FRESH.rebuild == rebuild) & same_offer)
        self._connection.execute(delete(offer).where(or_(is_replaced, ~is_told_of & ~just_handled)))

    def _put_in(self, newest: ColumnElement[bool]) -> None:
        columns = ["id", "slug", "version", "document"]
        is_there = exists().where(offer.c.id == _FRESH.id)
        wanted = newest & _FRESH.document.is_not(None) & ~is_there
        # The vectors of their texts are computed by whoever computes those of new offers.
        published = select(*(_FRESH[name] for name in columns), true()).where(wanted)
        self._connection.execute(offer.insert().from_select([*columns, "vector_due"], published))

    def _note(self, newest: ColumnElement[bool]) -> None:
        """Note what was taken over as handled: an older event that comes later is ignored."""
        columns = ["consumer", "key", "sequence", "event_id", "handled_at"]
        # The column's own type says how an instant is written.
        now = literal(utc_now(), inbox.c.handled_at.type)
        taken = select(
            literal(self._consumer), _FRESH.id, _FRESH.sequence, _FRESH.event_id, now
        ).where(newest)
        insert = upsert(self._connection, inbox).from_select(columns, taken)
        changed = {name: insert.excluded[name] for name in columns[2:]}
        noted = insert.on_conflict_do_update(
            index_elements=[inbox.c.consumer, inbox.c.key],
            set_=changed,
            where=inbox.c.sequence < insert.excluded.sequence,
        )
        self._connection.execute(noted)


def _row(rebuild: UUID, event: Event) -> dict[str, Any]:
    row = {
        "rebuild": rebuild,
        "id": UUID(event.key),
        "sequence": event.sequence,
        "event_id": event.id,
    }
    if isinstance(event.data, OfferPublished):
        document = event.data.offer
        own = {"slug": document.slug, "version": document.version, "document": dump_json(document)}
    elif isinstance(event.data, OfferWithdrawn):
        own = {"slug": event.data.slug, "version": event.data.version, "document": None}
    else:
        message = f"{event.type} says nothing about an offer"
        raise TypeError(message)
    return row | own
