"""What the quality checks found in each listing, and who works on it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward: the worker assesses everything soon."""
    op.create_table(
        "offer_quality",
        sa.Column("offer_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(length=120), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_quality_offer_id_offer")
        ),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offer_quality")),
    )
    op.create_index("ix_offer_quality_score", "offer_quality", ["score", "offer_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_offer_quality_score", table_name="offer_quality")
    op.drop_table("offer_quality")
