"""What lists are made of while the search index is out of reach."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from aiff_catalog.shared.migrations.filling import fill_lists

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# What lists were made of then.
_NUMBERS = ("gpu_memory", "deadline")
_TEXTS = ("title_order", "words", "terms")


def upgrade() -> None:
    """Go forward: add the columns, then fill them from the documents that are there."""
    for name in _TEXTS:
        empty = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("offer_document", empty)
    op.add_column("offer_document", sa.Column("gpu_memory", sa.Double(), nullable=True))
    op.add_column(
        "offer_document",
        sa.Column("status", sa.String(length=20), nullable=False, server_default="unknown"),
    )
    op.add_column("offer_document", sa.Column("deadline", sa.DateTime(timezone=True)))
    fill_lists((*_TEXTS, *_NUMBERS, "status"))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("offer_document") as table:
        for name in ("deadline", "status", "gpu_memory", "terms", "words", "title_order"):
            table.drop_column(name)
