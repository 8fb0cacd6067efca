"""Invitations to organisations, and requests to represent one of the catalogue.

It only adds: the release before works on the new schema.
"""

import sqlalchemy as sa
from alembic import op

from aiff_kit.db import UtcDateTime, UuidText

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _invitations()
    _requests()


def _invitations() -> None:
    op.create_table(
        "organisation_invitation",
        sa.Column("id", UuidText(), nullable=False),
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(20)),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("invited_by", UuidText(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime()),
        sa.Column("withdrawn_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_invitation"),
        sa.UniqueConstraint("digest", name="uq_organisation_invitation_digest"),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisation.slug"],
            name="fk_organisation_invitation_organisation_organisation",
            ondelete="CASCADE",
        ),
    )
    name = "organisation_invitation"
    op.create_index(f"ix_{name}_organisation_id", name, ["organisation", "id"])
    op.create_index(f"ix_{name}_email", name, ["email"])


def _requests() -> None:
    op.create_table(
        "organisation_request",
        sa.Column("id", UuidText(), nullable=False),
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("person", UuidText(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("domain_matches", sa.Boolean()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decided_by", UuidText()),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("decision_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_request"),
        sa.ForeignKeyConstraint(
            ["person"],
            ["account.id"],
            name="fk_organisation_request_person_account",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_organisation_request_person", "organisation_request", ["person"])
    op.create_index("ix_organisation_request_state_id", "organisation_request", ["state", "id"])


def downgrade() -> None:
    op.drop_table("organisation_request")
    op.drop_table("organisation_invitation")
