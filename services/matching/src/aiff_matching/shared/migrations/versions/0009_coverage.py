"""How well needs are covered, each day."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward: nothing is counted yet."""
    op.create_table(
        "coverage",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("grouping", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "grouping", "key", "level", name=op.f("pk_coverage")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("coverage")
