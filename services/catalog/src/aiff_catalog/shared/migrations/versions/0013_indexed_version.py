"""Which version of each published offer searches find."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward; what was indexed before is noted when it is looked at next."""
    op.add_column("offer_document", sa.Column("indexed_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("offer_document", "indexed_version")
