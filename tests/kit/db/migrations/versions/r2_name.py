import sqlalchemy as sa
from alembic import op

revision = "r2"
down_revision = "r1"


def upgrade():
    op.add_column("thing", sa.Column("name", sa.String(20)))


def downgrade():
    with op.batch_alter_table("thing") as table:
        table.drop_column("name")
