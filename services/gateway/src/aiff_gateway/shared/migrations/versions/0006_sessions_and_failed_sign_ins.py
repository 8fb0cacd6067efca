"""Where sessions are used and from where they were opened; failed sign-ins, so that they wait.

It only adds: the release before works on the new schema, and its sessions end after twelve hours.
"""

import sqlalchemy as sa
from alembic import op

from aiff_kit.db import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ADDED = ("client", "address", "authenticated_at")


def upgrade() -> None:
    op.add_column(
        "credential", sa.Column("client", sa.String(10), nullable=False, server_default="program")
    )
    op.add_column("credential", sa.Column("address", sa.String(43)))
    op.add_column("credential", sa.Column("authenticated_at", UtcDateTime()))
    op.create_table(
        "credential_tries",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("counted", sa.String(20), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_credential_tries"),
    )
    op.create_index("ix_credential_tries_last_at", "credential_tries", ["last_at"])


def downgrade() -> None:
    op.drop_table("credential_tries")
    for column in _ADDED:
        op.drop_column("credential", column)
