"""The last change of each offer, in the database."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.shared.tables import change_counter, offer_change
from aiff_kit.db import upsert


class SqlChangeLog:
    """Reads and writes `offer_change` inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def note(self, offer: Offer) -> None:
        """Store what readers see of an offer now."""
        values = {
            "slug": offer.slug,
            "version": offer.version,
            "state": offer.state,
            "reason": offer.withdrawal_reason,
            "at": offer.updated_at,
            "position": None,
        }
        added = upsert(self._connection, offer_change).values(offer_id=offer.id, **values)
        replaced = added.on_conflict_do_update(index_elements=["offer_id"], set_=values)
        self._connection.execute(replaced)

    def number(self, limit: int) -> int:
        """Give positions to committed changes.

        The counter's row is locked until the commit, so a higher position is never visible
        before a lower one. A change that a writer is replacing is left: it will need a new one.
        """
        table = offer_change
        waiting = select(table.c.offer_id).where(table.c.position.is_(None))
        oldest = waiting.order_by(table.c.at, table.c.offer_id).limit(limit)
        free = oldest.with_for_update(skip_locked=True)
        waiting_ids = self._connection.execute(free).scalars().all()
        if not waiting_ids:
            return 0
        counter = select(change_counter.c.newest).with_for_update()
        newest = self._connection.execute(counter).scalar_one()
        for position, offer_id in enumerate(waiting_ids, newest + 1):
            is_it = table.c.offer_id == offer_id
            self._connection.execute(update(table).where(is_it).values(position=position))
        self._connection.execute(update(change_counter).values(newest=newest + len(waiting_ids)))
        return len(waiting_ids)

    def forget(self, before: datetime) -> int:
        """Drop old tombstones, and note up to where."""
        counter = select(change_counter.c.forgotten).with_for_update()
        forgotten = self._connection.execute(counter).scalar_one()
        table = offer_change
        is_old = (table.c.state != "published") & (table.c.at < before)
        numbered = is_old & table.c.position.is_not(None)
        dropped = table.delete().where(numbered).returning(table.c.position)
        positions = self._connection.execute(dropped).scalars().all()
        if positions:
            last = max(forgotten, *positions)
            self._connection.execute(update(change_counter).values(forgotten=last))
        return len(positions)
