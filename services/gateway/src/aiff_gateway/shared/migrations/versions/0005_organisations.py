"""Organisations with their members and advisers; accounts that name one belong to it.

It only adds: the release before works on the new schema. Partners and start-ups administer the
organisation that their account names. A slug that partners name is a partner's; staff, and who
looks for offers under a partner's slug, belong to it as members, without its rights.
"""

import sqlalchemy as sa
from alembic import op

from aiff_kit.db import UtcDateTime, UuidText

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_FOUND = """
INSERT INTO organisation (slug, name, kind, created_at)
SELECT organisation, organisation,
  CASE WHEN MAX(CASE role WHEN 'startup' THEN 0 ELSE 1 END) = 1 THEN 'partner' ELSE 'startup' END,
  MIN(created_at)
FROM account WHERE organisation IS NOT NULL GROUP BY organisation
"""
_JOIN = """
INSERT INTO organisation_member (organisation, person, role, since)
SELECT account.organisation, account.id,
  CASE WHEN account.role = organisation.kind THEN 'administrator' ELSE 'member' END,
  account.created_at
FROM account JOIN organisation ON organisation.slug = account.organisation
"""


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_organisation"),
    )
    _people_table("organisation_member", sa.Column("role", sa.String(20), nullable=False))
    _people_table(
        "organisation_adviser",
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("named_by", UuidText(), nullable=False),
    )
    op.create_index("ix_credential_organisation", "credential", ["organisation"])
    op.execute(_FOUND)
    op.execute(_JOIN)


def _people_table(name: str, *columns: sa.Column[str]) -> None:
    op.create_table(
        name,
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("person", UuidText(), nullable=False),
        *columns,
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "person", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisation.slug"],
            name=f"fk_{name}_organisation_organisation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["account.id"], name=f"fk_{name}_person_account", ondelete="CASCADE"
        ),
    )
    op.create_index(f"ix_{name}_person", name, ["person"])


def downgrade() -> None:
    op.drop_index("ix_credential_organisation", "credential")
    op.drop_table("organisation_adviser")
    op.drop_table("organisation_member")
    op.drop_table("organisation")
