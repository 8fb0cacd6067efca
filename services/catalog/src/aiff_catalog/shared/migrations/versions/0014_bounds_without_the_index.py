"""What lists without the index are bounded by: amounts, first publications, what is unstated."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from aiff_catalog.offers.application.documents import RenderedOffer
from aiff_catalog.offers.application.entries import entry_of
from aiff_catalog.search.adapters.database import listed_columns
from aiff_catalog.shared.schedule import load_schedule
from aiff_catalog.shared.tables import offer_document
from aiff_kit.clock import utc_now

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_BATCH = 500
_FILLED = ("amount", "published_at", "deadline", "terms")


def upgrade() -> None:
    """Go forward: add the columns, then fill them from the documents that are there."""
    op.add_column("offer_document", sa.Column("amount", sa.Double(), nullable=True))
    op.add_column("offer_document", sa.Column("published_at", sa.DateTime(timezone=True)))
    _fill()


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("offer_document") as table:
        table.drop_column("published_at")
        table.drop_column("amount")


def _fill() -> None:
    connection, table, now = op.get_bind(), offer_document, utc_now()
    known = sa.select(table.c.offer_id, table.c.slug, table.c.version, table.c.body)
    known = known.add_columns(table.c.summary, table.c.schedule, table.c.updated_at)
    last = ""
    while rows := connection.execute(
        known.where(table.c.offer_id > last).order_by(table.c.offer_id).limit(_BATCH)
    ).all():
        for row in rows:
            stored = {**row._mapping, "schedule": load_schedule(row.schedule)}
            listed = listed_columns(entry_of(RenderedOffer(**stored), now))
            values = {name: listed[name] for name in _FILLED}
            is_it = table.c.offer_id == row.offer_id
            connection.execute(table.update().where(is_it).values(values))
        last = str(rows[-1].offer_id)
