"""What lists without the index are bounded by: amounts, first publications, what is unstated."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from aiff_catalog.shared.migrations.filling import fill_lists

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_FILLED = ("amount", "published_at", "deadline", "terms")


def upgrade() -> None:
    """Go forward: add the columns, then fill them from the documents that are there."""
    op.add_column("offer_document", sa.Column("amount", sa.Double(), nullable=True))
    op.add_column("offer_document", sa.Column("published_at", sa.DateTime(timezone=True)))
    fill_lists(_FILLED)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("offer_document") as table:
        table.drop_column("published_at")
        table.drop_column("amount")
