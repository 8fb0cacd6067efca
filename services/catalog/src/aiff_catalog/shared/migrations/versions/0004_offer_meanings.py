"""The sentence vectors of the published offers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward: the vectors of what is published already are due."""
    op.create_table(
        "offer_meaning",
        sa.Column("offer_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("model", sa.String(length=80), nullable=True),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_meaning_offer_id_offer")
        ),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offer_meaning")),
    )
    op.create_index(op.f("ix_offer_meaning_state"), "offer_meaning", ["state"])
    op.execute(
        "INSERT INTO offer_meaning (offer_id, state) SELECT offer_id, 'due' FROM offer_document"
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_offer_meaning_state"), "offer_meaning")
    op.drop_table("offer_meaning")
