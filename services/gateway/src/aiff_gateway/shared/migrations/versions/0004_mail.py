"""Letters that wait to be sent or were, and addresses that want no more of them.

It only adds: the release before works on the new schema.
"""

import sqlalchemy as sa
from alembic import op

from aiff_kit.db import UtcDateTime, UuidText

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_letter",
        sa.Column("id", UuidText(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("person", UuidText()),
        sa.Column("facts", sa.Text()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("tried_at", UtcDateTime()),
        sa.Column("due_at", UtcDateTime()),
        sa.Column("reason", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_mail_letter"),
    )
    op.create_index(
        "ix_mail_letter_key_recipient", "mail_letter", ["key", "recipient"], unique=True
    )
    op.create_index("ix_mail_letter_state_due_at", "mail_letter", ["state", "due_at"])
    op.create_index("ix_mail_letter_person_id", "mail_letter", ["person", "id"])
    op.create_index("ix_mail_letter_recipient", "mail_letter", ["recipient"])
    op.create_table(
        "mail_stop",
        sa.Column("address_digest", sa.String(64), nullable=False),
        sa.Column("list", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("stopped_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("address_digest", "list", name="pk_mail_stop"),
    )


def downgrade() -> None:
    op.drop_table("mail_stop")
    op.drop_table("mail_letter")
