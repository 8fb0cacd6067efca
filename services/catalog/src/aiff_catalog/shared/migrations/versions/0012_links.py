"""What was seen of the addresses in listings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "link",
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("checked_at", _NOW, nullable=False),
        sa.Column("gone_since", _NOW, nullable=True),
        sa.Column("gone_at", _NOW, nullable=True),
        sa.Column("gone_times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_link")),
    )
    op.create_table(
        "link_look",
        sa.Column("offer_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("looked_at", _NOW, nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_link_look_offer_id_offer")),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_link_look")),
    )
    op.create_index(op.f("ix_link_look_looked_at"), "link_look", ["looked_at"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("link_look")
    op.drop_table("link")
