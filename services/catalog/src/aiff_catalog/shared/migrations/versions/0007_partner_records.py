"""What partners' systems sent by their own identifiers, and what they may publish."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "partner_record",
        sa.Column("partner", sa.String(length=80), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("offer_id", sa.String(length=36), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("faults", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_partner_record_offer_id_offer")
        ),
        sa.ForeignKeyConstraint(
            ["partner"], ["organisation.slug"], name=op.f("fk_partner_record_partner_organisation")
        ),
        sa.PrimaryKeyConstraint("partner", "external_id", name=op.f("pk_partner_record")),
        sa.UniqueConstraint("partner", "offer_id", name=op.f("uq_partner_record_partner_offer_id")),
    )
    op.create_table(
        "partner_policy",
        sa.Column("partner", sa.String(length=80), nullable=False),
        sa.Column("kinds", sa.LargeBinary(), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner"], ["organisation.slug"], name=op.f("fk_partner_policy_partner_organisation")
        ),
        sa.PrimaryKeyConstraint("partner", name=op.f("pk_partner_policy")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("partner_policy")
    op.drop_table("partner_record")
