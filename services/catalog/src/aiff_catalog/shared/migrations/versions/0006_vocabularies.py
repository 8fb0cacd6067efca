"""The vocabularies that curators keep, with their editions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward: the first editions come with the package, so the tables begin empty."""
    op.create_table(
        "vocabulary",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("draft", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_vocabulary")),
    )
    op.create_table(
        "vocabulary_edition",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=True),
        sa.Column("approver", sa.String(length=120), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["name"], ["vocabulary.name"], name=op.f("fk_vocabulary_edition_name_vocabulary")
        ),
        sa.PrimaryKeyConstraint("name", "number", name=op.f("pk_vocabulary_edition")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("vocabulary_edition")
    op.drop_table("vocabulary")
