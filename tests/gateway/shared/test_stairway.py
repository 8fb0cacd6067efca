"""The database can go up, down and up again, and then is what the code expects."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect

from aiff_gateway.accounts.domain.roles import SCOPES_OF, Role
from aiff_gateway.main.wiring.accounts import account_administration
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_gateway.shared.tables import ACCOUNT, METADATA
from aiff_kit.clock import utc_now
from aiff_kit.db import current_revision, downgrade, head_revision, open_engine, sqlite_url, upgrade

BEFORE = "0001"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "gateway.db")
    postgres, name = request.getfixturevalue("postgres"), f"test_{uuid4().hex}"
    postgres.create_database(name)
    return postgres.url(name)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


def test_up_down_up_ends_at_the_tables_that_the_code_describes(url, engine):
    upgrade(url, MIGRATIONS)
    downgrade(url, MIGRATIONS, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    upgrade(url, MIGRATIONS)
    with engine.connect() as connection:
        assert current_revision(connection) == head_revision(MIGRATIONS)
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def columns(engine: Engine) -> dict[str, list[str]]:
    seen = inspect(engine)
    return {
        name: [repr(column) for column in seen.get_columns(name)] for name in seen.get_table_names()
    }


def test_the_release_before_finds_all_that_it_knows(url, engine):
    upgrade(url, MIGRATIONS, BEFORE)
    before = columns(engine)
    upgrade(url, MIGRATIONS)
    assert columns(engine).items() >= before.items()


def test_a_database_of_the_release_before_opens_with_its_accounts(url, engine):
    upgrade(url, MIGRATIONS, BEFORE)
    row = {
        "id": uuid4(),
        "email": "ada@example.org",
        "password_hash": "x",
        "role": "partner",
        "organisation": "genci",
        "scopes": "offers:write",
        "created_at": utc_now(),
    }
    with engine.begin() as connection:
        connection.execute(ACCOUNT.insert().values(row))
    upgrade(url, MIGRATIONS)
    account = account_administration(engine, utc_now).named("ada@example.org")
    assert account.id == row["id"]
    assert account.scopes == SCOPES_OF[Role.PARTNER]
