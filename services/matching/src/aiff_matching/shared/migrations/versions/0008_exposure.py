"""How much attention providers get in answers, and who yields."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward: nothing is measured yet."""
    op.create_table(
        "exposure",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("provider", sa.String(length=80), nullable=False),
        sa.Column("attention", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("day", "provider", name=op.f("pk_exposure")),
    )
    op.create_table(
        "over_exposed",
        sa.Column("provider", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("provider", name=op.f("pk_over_exposed")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("over_exposed")
    op.drop_table("exposure")
