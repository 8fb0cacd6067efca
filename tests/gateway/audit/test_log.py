"""The log in the database: it only grows, one entry after the other, and says when it does not."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from aiff_gateway.audit.application import Sought
from aiff_gateway.audit.domain import Broken, Entry, Head
from aiff_gateway.audit.entrypoints.cli import audit_commands
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.main.wiring.audit import audit_queries
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.db import open_engine, sqlite_url, upgrade

AT = datetime(2026, 12, 1, 9, 0, 0, 123456, tzinfo=UTC)
WRITERS, EACH = 6, 15


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def engine(request, tmp_path) -> Iterator[Engine]:
    url = sqlite_url(tmp_path / "gateway.db")
    if request.param == "postgres":
        postgres, name = request.getfixturevalue("postgres"), f"test_{uuid4().hex}"
        postgres.create_database(name)
        url = postgres.url(name)
    upgrade(url, MIGRATIONS)
    engine = open_engine(url)
    yield engine
    engine.dispose()


def noted(engine: Engine, actor: str, *, kept: bool = True) -> None:
    with SqlUnitOfWork(engine) as uow:
        entry = Entry(kind="key.made", at=AT, actor=actor, address="192.0.2.77", facts={"n": 1})
        uow.audit.add(entry)
        if kept:
            uow.commit()


def test_writers_at_once_make_one_chain(engine):
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda number: noted(engine, f"w{number}"), range(WRITERS * EACH)))
    found = audit_queries(engine).verify(None)
    assert isinstance(found, Head)
    assert found.position == WRITERS * EACH


def test_what_was_undone_leaves_no_gap(engine):
    noted(engine, "a")
    noted(engine, "b", kept=False)
    noted(engine, "c")
    queries = audit_queries(engine)
    assert isinstance(queries.verify(None), Head)
    assert [link.entry.actor for link in queries.newest(Sought(), None, 10)] == ["c", "a"]
    assert queries.newest(Sought(actor="a"), None, 10)[0].entry.address == "192.0.2.0/24"


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_refuses_to_change_or_remove_an_entry(engine, change):
    noted(engine, "a")
    with pytest.raises(DBAPIError, match="only grows"), engine.begin() as connection:
        connection.execute(text(change))


def test_the_command_names_the_first_entry_that_somebody_changed_all_the_same(engine):
    for number in range(3):
        noted(engine, f"w{number}")
    commands = audit_commands(lambda: audit_queries(engine))
    intact = CliRunner().invoke(commands, ["verify"])
    assert intact.exit_code == 0, intact.output
    head = intact.output.split()[-1]
    assert CliRunner().invoke(commands, ["verify", "--noted", head]).exit_code == 0
    with engine.begin() as connection:
        drop = {
            "sqlite": "DROP TRIGGER audit_entry_no_update",
            "postgresql": "DROP TRIGGER audit_entry_no_change ON audit_entry",
        }
        connection.execute(text(drop[connection.dialect.name]))
        connection.execute(text("UPDATE audit_entry SET actor = 'x' WHERE position = 2"))
    assert audit_queries(engine).verify(None) == Broken(2, "its content was changed")
    broken = CliRunner().invoke(commands, ["verify"])
    assert broken.exit_code == 1
    assert "broken at entry 2" in broken.output
    assert CliRunner().invoke(commands, ["verify", "--noted", "nonsense"]).exit_code == 2
