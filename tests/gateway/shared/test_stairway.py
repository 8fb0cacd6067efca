"""The database can go up, down and up again, and then is what the code expects."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from aiff_gateway.shared.tables import METADATA
from aiff_kit.db import current_revision, downgrade, head_revision, open_engine, sqlite_url, upgrade

PACKAGE = "aiff_gateway.shared.migrations"


def test_up_down_up_ends_at_the_tables_that_the_code_describes(tmp_path: Path):
    url = sqlite_url(tmp_path / "gateway.db")
    upgrade(url, PACKAGE)
    downgrade(url, PACKAGE, "base")
    upgrade(url, PACKAGE)
    engine = open_engine(url)
    with engine.connect() as connection:
        assert current_revision(connection) == head_revision(PACKAGE)
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()
