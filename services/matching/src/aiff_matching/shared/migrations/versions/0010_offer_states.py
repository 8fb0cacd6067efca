"""What changed among the offers is seen without reading them."""

from collections.abc import Sequence

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NAME = "ix_offer_id_version_vector_model_vector_due"
_COLUMNS = ["id", "version", "vector_model", "vector_due"]


def upgrade() -> None:
    """Go forward: an index holds all that tells whether a row is another one than before."""
    op.create_index(op.f(_NAME), "offer", _COLUMNS)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f(_NAME), "offer")
