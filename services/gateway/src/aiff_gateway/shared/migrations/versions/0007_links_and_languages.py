"""Links that letters carry, and the language of letters.

It only adds: the release before works on the new schema.
"""

import sqlalchemy as sa
from alembic import op

from aiff_kit.db import UtcDateTime, UuidText

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "account", sa.Column("language", sa.String(2), nullable=False, server_default="fr")
    )
    op.create_table(
        "account_link",
        sa.Column("id", UuidText(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("person", UuidText()),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_link"),
        sa.UniqueConstraint("digest", name="uq_account_link_digest"),
        sa.ForeignKeyConstraint(
            ["person"], ["account.id"], name="fk_account_link_person_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_account_link_person", "account_link", ["person"])
    op.create_index("ix_account_link_expires_at", "account_link", ["expires_at"])
    op.create_index("ix_account_link_email_created_at", "account_link", ["email", "created_at"])


def downgrade() -> None:
    op.drop_table("account_link")
    op.drop_column("account", "language")
