"""The sentence vector of a copied offer, and whether it has to be computed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward: the vectors of what was copied before are due."""
    op.add_column("offer", sa.Column("vector", sa.LargeBinary(), nullable=True))
    op.add_column("offer", sa.Column("vector_model", sa.String(length=80), nullable=True))
    due: sa.Column[bool] = sa.Column("vector_due", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("offer", due)
    op.create_index(op.f("ix_offer_vector_due"), "offer", ["vector_due"])


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_offer_vector_due"), "offer")
    op.drop_column("offer", "vector_due")
    op.drop_column("offer", "vector_model")
    op.drop_column("offer", "vector")
