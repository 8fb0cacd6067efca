"""The last change of each offer, for those who follow the catalogue."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward: what readers saw is a change that the worker gives its position."""
    op.create_table(
        "offer_change",
        sa.Column("offer_id", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_change_offer_id_offer")
        ),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offer_change")),
        sa.UniqueConstraint("position", name=op.f("uq_offer_change_position")),
    )
    op.create_table(
        "change_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("newest", sa.BigInteger(), nullable=False),
        sa.Column("forgotten", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_counter")),
    )
    op.execute("INSERT INTO change_counter (id, newest, forgotten) VALUES (1, 0, 0)")
    op.execute(
        "INSERT INTO offer_change (offer_id, slug, version, state, at)"
        " SELECT offer_id, slug, version, 'published', updated_at FROM offer_document"
    )
    op.execute(
        "INSERT INTO offer_change (offer_id, slug, version, state, reason, at)"
        " SELECT id, slug, version, state, withdrawal_reason, withdrawn_at FROM offer"
        " WHERE published_at IS NOT NULL AND withdrawn_at IS NOT NULL AND state <> 'published'"
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("change_counter")
    op.drop_table("offer_change")
