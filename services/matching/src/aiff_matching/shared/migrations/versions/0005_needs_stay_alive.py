"""Standings, alerts and what is due, for needs that stay alive."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward: the needs that are there get the usual settings and a first judgement."""
    op.create_table(
        "watch",
        sa.Column("need_id", sa.String(length=36), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_watch_need_id_need")),
        sa.PrimaryKeyConstraint("need_id", name=op.f("pk_watch")),
    )
    op.create_table(
        "standing",
        sa.Column("need_id", sa.String(length=36), nullable=False),
        sa.Column("offer_id", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_standing_need_id_need")),
        sa.PrimaryKeyConstraint("need_id", "offer_id", name=op.f("pk_standing")),
    )
    op.create_index(op.f("ix_standing_offer_id"), "standing", ["offer_id"], unique=False)
    op.create_table(
        "due",
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "id", name=op.f("pk_due")),
    )
    op.create_table(
        "clock_reached",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("reached", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_clock_reached")),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("need_id", sa.String(length=36), nullable=False),
        sa.Column("offer_id", sa.String(length=36), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_alert_need_id_need")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index(op.f("ix_alert_due_at"), "alert", ["due_at"], unique=False)
    op.create_index("ix_alert_need_id_offer_id", "alert", ["need_id", "offer_id"], unique=False)
    op.execute("INSERT INTO watch (need_id, settings, version, sequence) SELECT id, '{}', 1, 0 FROM need")
    op.execute("INSERT INTO due (subject, id, revision, silent) SELECT 'need', id, 1, true FROM need")


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_alert_need_id_offer_id", table_name="alert")
    op.drop_index(op.f("ix_alert_due_at"), table_name="alert")
    op.drop_table("alert")
    op.drop_table("clock_reached")
    op.drop_table("due")
    op.drop_index(op.f("ix_standing_offer_id"), table_name="standing")
    op.drop_table("standing")
    op.drop_table("watch")
