from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect

from aiff_kit.db import (
    current_revision,
    downgrade,
    head_revision,
    is_migrated,
    open_engine,
    upgrade,
)

PACKAGE = "tests.kit.db.migrations"


@pytest.fixture
def engine(database_url):
    made = open_engine(database_url)
    yield made
    made.dispose()


def columns(engine):
    return {column["name"] for column in inspect(engine).get_columns("thing")}


def revision(engine):
    with engine.connect() as connection:
        return current_revision(connection)


def test_a_database_goes_up_down_and_up_again(database_url, engine):
    assert revision(engine) is None
    upgrade(database_url, PACKAGE)
    assert (revision(engine), columns(engine)) == ("r2", {"id", "name"})
    downgrade(database_url, PACKAGE, "r1")
    assert (revision(engine), columns(engine)) == ("r1", {"id"})
    downgrade(database_url, PACKAGE, "base")
    upgrade(database_url, PACKAGE)
    assert revision(engine) == head_revision(PACKAGE) == "r2"


def test_code_serves_on_its_own_tables_and_on_those_of_a_newer_release(database_url, engine):
    def served():
        with engine.connect() as connection:
            return is_migrated(connection, PACKAGE)

    assert not served()
    upgrade(database_url, PACKAGE)
    assert served()
    downgrade(database_url, PACKAGE, "r1")
    assert not served()
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'r3'")
    assert served()


def test_migrations_at_the_same_time_wait_for_each_other(database_url, engine):
    with ThreadPoolExecutor(4) as pool:
        started = [pool.submit(upgrade, database_url, PACKAGE) for _ in range(4)]
    assert [migration.exception() for migration in started] == [None] * 4
    assert revision(engine) == "r2"
