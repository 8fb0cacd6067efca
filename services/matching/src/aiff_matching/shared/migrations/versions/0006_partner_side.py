"""Searches of partners, consents of start-ups to be found, and who has seen them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward: nobody has agreed to be found yet."""
    op.create_table(
        "partner_search",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("search", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_search")),
    )
    op.create_index(op.f("ix_partner_search_organisation"), "partner_search", ["organisation"])
    op.create_table(
        "discoverability",
        sa.Column("startup_id", sa.String(length=36), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["startup_id"], ["startup.id"], name=op.f("fk_discoverability_startup_id_startup")
        ),
        sa.PrimaryKeyConstraint("startup_id", name=op.f("pk_discoverability")),
    )
    op.create_index(op.f("ix_discoverability_found"), "discoverability", ["found"])
    op.create_table(
        "startup_view",
        sa.Column("startup_id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["startup_id"], ["startup.id"], name=op.f("fk_startup_view_startup_id_startup")
        ),
        sa.PrimaryKeyConstraint("startup_id", "organisation", name=op.f("pk_startup_view")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("startup_view")
    op.drop_index(op.f("ix_discoverability_found"), table_name="discoverability")
    op.drop_table("discoverability")
    op.drop_index(op.f("ix_partner_search_organisation"), table_name="partner_search")
    op.drop_table("partner_search")
