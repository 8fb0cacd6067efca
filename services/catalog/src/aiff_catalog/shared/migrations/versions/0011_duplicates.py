"""Probable duplicates, and listings that were merged into others."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go forward."""
    op.add_column("offer", sa.Column("merged_into", sa.String(length=36), nullable=True))
    op.create_index(op.f("ix_offer_merged_into"), "offer", ["merged_into"])
    op.create_table(
        "duplicate_look",
        sa.Column("offer_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("looked_at", _NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_duplicate_look_offer_id_offer")
        ),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_duplicate_look")),
    )
    op.create_index(op.f("ix_duplicate_look_looked_at"), "duplicate_look", ["looked_at"])
    _create_pairs()


def _create_pairs() -> None:
    op.create_table(
        "duplicate_pair",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("first", sa.String(length=36), nullable=False),
        sa.Column("second", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("parts", sa.LargeBinary(), nullable=False),
        sa.Column("found_at", _NOW, nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=True),
        sa.Column("decided_at", _NOW, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["first"], ["offer.id"], name=op.f("fk_duplicate_pair_first_offer")
        ),
        sa.ForeignKeyConstraint(
            ["second"], ["offer.id"], name=op.f("fk_duplicate_pair_second_offer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint("first", "second", name=op.f("uq_duplicate_pair_first_second")),
    )
    op.create_index(op.f("ix_duplicate_pair_second"), "duplicate_pair", ["second"])
    op.create_index(
        op.f("ix_duplicate_pair_state_score_id"), "duplicate_pair", ["state", "score", "id"]
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("duplicate_pair")
    op.drop_table("duplicate_look")
    op.drop_index(op.f("ix_offer_merged_into"), "offer")
    op.drop_column("offer", "merged_into")
