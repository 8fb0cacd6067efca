"""Accounts and credentials."""

import sqlalchemy as sa
from alembic import op

from aiff_kit.db import UtcDateTime, UuidText

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", UuidText(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("organisation", sa.String(80)),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    op.create_table(
        "credential",
        sa.Column("id", UuidText(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("prefix", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("subject", UuidText(), nullable=False),
        sa.Column("organisation", sa.String(80)),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime()),
        sa.Column("revoked_at", UtcDateTime()),
        sa.Column("last_used_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_credential"),
        sa.UniqueConstraint("digest", name="uq_credential_digest"),
        sa.ForeignKeyConstraint(
            ["subject"], ["account.id"], name="fk_credential_subject_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_credential_prefix", "credential", ["prefix"])
    op.create_index("ix_credential_subject_kind", "credential", ["subject", "kind"])


def downgrade() -> None:
    op.drop_table("credential")
    op.drop_table("account")
