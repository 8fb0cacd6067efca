"""Figures of each day, and the texts that found nothing."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "statistic",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("figure", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("day", "figure", "key", name=op.f("pk_statistic")),
    )
    op.create_table(
        "unanswered_search",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("day", "digest", name=op.f("pk_unanswered_search")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("unanswered_search")
    op.drop_table("statistic")
