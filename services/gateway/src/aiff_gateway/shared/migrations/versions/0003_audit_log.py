"""The audit log, which only grows: the database itself refuses to change or remove an entry.

It only adds: the release before works on the new schema.
"""

import sqlalchemy as sa
from alembic import op

from aiff_kit.db import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REFUSED = "the audit log only grows"


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("position", sa.BigInteger(), autoincrement=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(80)),
        sa.Column("subject", sa.String(80)),
        sa.Column("organisation", sa.String(80)),
        sa.Column("acting_for", sa.String(80)),
        sa.Column("address", sa.String(43)),
        sa.Column("request_id", sa.String(64)),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_audit_entry"),
        sa.UniqueConstraint("previous", name="uq_audit_entry_previous"),
    )
    for column in ("actor", "at", "kind", "organisation", "subject"):
        op.create_index(f"ix_audit_entry_{column}", "audit_entry", [column])
    if op.get_bind().dialect.name == "postgresql":
        _refuse_on_postgres()
    else:
        _refuse_on_sqlite()


def downgrade() -> None:
    op.drop_table("audit_entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_only_grows()")


def _refuse_on_sqlite() -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_entry_no_{change.lower()} BEFORE {change} ON audit_entry"
            f" BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )


def _refuse_on_postgres() -> None:
    op.execute(
        "CREATE FUNCTION audit_entry_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_only_grows()"
    )
