"""Imports: the mappings of sources, uploaded files and what became of their rows."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "import_mapping",
        sa.Column("partner", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("mapping", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", _NOW, nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner"],
            ["organisation.slug"],
            name=op.f("fk_import_mapping_partner_organisation"),
        ),
        sa.PrimaryKeyConstraint("partner", "source", name=op.f("pk_import_mapping")),
    )
    op.create_table(
        "offer_import",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("partner", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("job", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", _NOW, nullable=False),
        sa.Column("finished_at", _NOW, nullable=True),
        sa.Column("held_by", sa.String(length=36), nullable=True),
        sa.Column("held_until", _NOW, nullable=True),
        sa.ForeignKeyConstraint(
            ["partner"], ["organisation.slug"], name=op.f("fk_offer_import_partner_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_import")),
    )
    op.create_index(op.f("ix_offer_import_state"), "offer_import", ["state"])
    op.create_index(op.f("ix_offer_import_partner_id"), "offer_import", ["partner", "id"])
    _create_parts()


def _create_parts() -> None:
    op.create_table(
        "import_piece",
        sa.Column("import_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["offer_import.id"], name=op.f("fk_import_piece_import_id_offer_import")
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_import_piece")),
    )
    op.create_table(
        "import_row",
        sa.Column("import_id", sa.String(length=36), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("foreseen", sa.String(length=10), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("faults", sa.LargeBinary(), nullable=True),
        sa.Column("cells", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["offer_import.id"], name=op.f("fk_import_row_import_id_offer_import")
        ),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_import_row")),
    )
    op.create_index(
        op.f("ix_import_row_import_id_result_line"),
        "import_row",
        ["import_id", "result", "line"],
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("import_row")
    op.drop_table("import_piece")
    op.drop_table("offer_import")
    op.drop_table("import_mapping")
