"""Requests for introductions, their steps, and what ratings add up to."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INDEXED = ("due_at", "need_id", "provider", "startup_id", "state", "tenant")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "introduction",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=160), nullable=False),
        sa.Column("startup_id", sa.String(length=36), nullable=False),
        sa.Column("need_id", sa.String(length=36), nullable=False),
        sa.Column("offer_id", sa.String(length=36), nullable=False),
        sa.Column("provider", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("open_key", sa.String(length=80), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["startup_id"], ["startup.id"], name=op.f("fk_introduction_startup_id_startup")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_introduction_need_id_need")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
        sa.UniqueConstraint("open_key", name=op.f("uq_introduction_open_key")),
    )
    for column in _INDEXED:
        op.create_index(op.f(f"ix_introduction_{column}"), "introduction", [column])
    op.create_table(
        "introduction_step",
        sa.Column("introduction_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["introduction.id"],
            name=op.f("fk_introduction_step_introduction_id_introduction"),
        ),
        sa.PrimaryKeyConstraint("introduction_id", "version", name=op.f("pk_introduction_step")),
    )
    op.create_table(
        "offer_rating",
        sa.Column("offer_id", sa.String(length=36), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offer_rating")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("offer_rating")
    op.drop_table("introduction_step")
    for column in reversed(_INDEXED):
        op.drop_index(op.f(f"ix_introduction_{column}"), table_name="introduction")
    op.drop_table("introduction")
