"""The schema goes up, down and up again, and is the one that the code expects."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from aiff_kit.db import downgrade, head_revision, open_engine, sqlite_url, upgrade
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_matching.shared.tables import metadata


@pytest.fixture
def url(tmp_path: Path) -> str:
    return sqlite_url(tmp_path / "matching.db")


def test_up_down_up(url: str) -> None:
    upgrade(url, MIGRATIONS)
    downgrade(url, MIGRATIONS, "base")
    engine = open_engine(url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    upgrade(url, MIGRATIONS)
    upgrade(url, MIGRATIONS)


def test_the_migrated_schema_is_that_of_the_tables(url: str) -> None:
    upgrade(url, MIGRATIONS)
    engine = open_engine(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        version = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    assert found == []
    assert version == head_revision(MIGRATIONS)
