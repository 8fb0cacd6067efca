"""Columns that lists are made of, filled from the documents that are there."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from aiff_catalog.offers.application.documents import RenderedOffer
from aiff_catalog.offers.application.entries import entry_of
from aiff_catalog.search.adapters.database import listed_columns
from aiff_catalog.shared.schedule import load_schedule
from aiff_catalog.shared.tables import offer_document
from aiff_kit.clock import utc_now

_BATCH = 500


def fill_lists(columns: Sequence[str]) -> None:
    """Fill these columns of every published offer, a batch at a time.

    A migration names the columns of its own time: later ones are not there yet.
    """
    connection, table, now = op.get_bind(), offer_document, utc_now()
    known = sa.select(table.c.offer_id, table.c.slug, table.c.version, table.c.body)
    known = known.add_columns(table.c.summary, table.c.schedule, table.c.updated_at)
    last = ""
    while rows := connection.execute(
        known.where(table.c.offer_id > last).order_by(table.c.offer_id).limit(_BATCH)
    ).all():
        for row in rows:
            stored = {**row._mapping, "schedule": load_schedule(row.schedule)}  # noqa: SLF001
            listed = listed_columns(entry_of(RenderedOffer(**stored), now))
            values = {name: listed[name] for name in columns}
            is_it = table.c.offer_id == row.offer_id
            connection.execute(table.update().where(is_it).values(values))
        last = str(rows[-1].offer_id)
