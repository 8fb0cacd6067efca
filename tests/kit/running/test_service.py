"""The grammar of a service: what a small one gets by saying what it is."""

from dataclasses import dataclass
from typing import Any

import pytest
import typer
from fastapi import APIRouter
from pydantic import Field
from pydantic_settings import BaseSettings
from sqlalchemy import Column, Integer, Table, select
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient
from tests.kit.conftest import withdrawn
from typer.testing import CliRunner

from aiff_kit.bus import EmbeddedBus
from aiff_kit.db import new_metadata, open_engine, sqlite_url
from aiff_kit.ids import new_id
from aiff_kit.outbox import append
from aiff_kit.problems import CONFLICT, INVALID, NOT_FOUND, nearest
from aiff_kit.service import (
    EventTables,
    Named,
    Server,
    Service,
    ServiceDatabase,
    ServiceEvents,
    ServiceSettings,
    UnitOfWork,
    application,
    command_line,
    consumer_of,
    read_settings,
)
from aiff_kit.service.command_line import engine_checks

TOPIC = "aiff.catalog.offers"


class OwnSettings(BaseSettings):
    port: int = Field(8009, ge=1, le=65_535, validation_alias="SMALL_PORT")


class OtherSettings(BaseSettings):
    days: int = Field(7, ge=1, validation_alias="SMALL_DAYS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(ServiceSettings):
    own: OwnSettings
    other: OtherSettings

    @property
    def server(self):
        return Server(host="127.0.0.1", port=self.own.port)


def small(**more):
    return Service(
        name="small", help="A small one.", settings=Settings, application=lambda _: None, **more
    )


def names_of(cli):
    group: Any = typer.main.get_command(cli)
    return set(group.commands)


def test_the_aggregate_reads_each_of_its_parts(monkeypatch):
    monkeypatch.setenv("SMALL_PORT", "8123")
    monkeypatch.setenv("SMALL_DAYS", "3")
    settings = read_settings(Settings)
    assert (settings.server.port, settings.other.days) == (8123, 3)


def test_faults_of_all_parts_are_told_in_one_line(monkeypatch):
    monkeypatch.setenv("SMALL_PORT", "none")
    monkeypatch.setenv("SMALL_DAYS", "0")
    monkeypatch.setenv("AIFF_DRAIN_SECONDS", "-1")
    with pytest.raises(SystemExit) as ended:
        read_settings(Settings)
    line = str(ended.value)
    assert "\n" not in line
    assert all(name in line for name in ("SMALL_PORT", "SMALL_DAYS", "AIFF_DRAIN_SECONDS"))


def test_commands_follow_from_what_the_service_is():
    database = ServiceDatabase("SMALL_DATABASE_URL", "tests.kit.db.migrations")
    pages, stored = command_line(small()), command_line(small(database=database))
    working = command_line(small(database=database, worker=lambda _: None))
    assert names_of(pages) == {"serve"}
    assert names_of(stored) == {"serve", "migrate"}
    assert names_of(working) == {"serve", "migrate", "worker", "reconcile", "events"}


def test_a_service_with_one_command_still_asks_for_its_name():
    assert CliRunner().invoke(command_line(small()), []).exit_code == 2


def test_the_migrated_database_is_asked_before_the_other_engines(tmp_path):
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Stored(Settings):
        @property
        def database_url(self):
            return sqlite_url(tmp_path / "small.db")

    asked = []
    database = ServiceDatabase("SMALL_DATABASE_URL", "tests.kit.db.migrations")
    service = small(database=database, engines=lambda _: [lambda: asked.append("search")])
    tables, search = engine_checks(service, read_settings(Stored))
    with pytest.raises(Exception, match=r"SMALL_DATABASE_URL=.*run: python -m tests migrate"):
        tables()
    search()
    assert asked == ["search"]


class Things(UnitOfWork):
    def _open(self, connection):
        self.connection = connection


class AwayError(Exception):
    """The service's own word for it."""


@pytest.fixture
def thing(database_url):
    engine = open_engine(database_url)
    table = Table("thing", metadata := new_metadata(), Column("number", Integer))
    metadata.create_all(engine)
    yield engine, table
    engine.dispose()


def numbers(engine, table):
    with engine.connect() as connection:
        return list(connection.scalars(select(table.c.number)))


def test_what_is_not_committed_is_undone(thing):
    engine, table = thing
    with Things(engine) as work:
        work.connection.execute(table.insert().values(number=1))
        work.commit()
    with Things(engine) as work:
        work.connection.execute(table.insert().values(number=2))
    with pytest.raises(ZeroDivisionError), Things(engine) as work:
        work.connection.execute(table.insert().values(number=3 // 0))
    assert numbers(engine, table) == [1]


def test_a_database_that_is_away_is_told_in_the_services_terms(thing):
    class Told(Things):
        unavailable = AwayError

    engine, _ = thing
    away = OperationalError("select", {}, Exception("gone"))
    with pytest.raises(AwayError), Told(engine):
        raise away
    with pytest.raises(OperationalError), Things(engine):
        raise away


def test_the_events_of_a_service_go_out_come_in_and_are_counted(database, tmp_path):
    bus, handled = EmbeddedBus(tmp_path / "log"), []
    tables = EventTables(database.outbox, database.dead_letters)
    consumer = consumer_of("copy", "some-readers", TOPIC, lambda event: handled.append(event.key))
    events = ServiceEvents(database.engine, tables, [TOPIC], [consumer])
    steps = events.steps(bus)
    key = new_id()
    with database.engine.begin() as connection:
        append(connection, database.outbox, withdrawn(key, 1))
    waits = {(one.waits_for, one.records) for one in events.operations(bus).waiting()}
    assert list(steps) == ["relay", "copy"]
    assert waits == {("relay", 1), ("some-readers", 0)}
    assert steps["relay"]() == 1
    assert steps["copy"]() == 1
    assert handled == [str(key)]
    assert set(events.figures(bus)) == {"outbox", "outbox_age", "dead_letters", "lag"}


class Parts:
    def __init__(self):
        self.stopped = False

    def warm_up(self):
        """Have nothing to load."""

    def check_database(self):
        """Be well."""

    async def stop(self):
        self.stopped = True


def test_the_parts_of_an_application_end_with_it():
    router, parts = APIRouter(), Parts()
    app = application(Named("small", "Small"), [router], {}, parts, "s" * 40)
    with TestClient(app) as client:
        assert client.get("/health/ready").status_code == 200
        assert not parts.stopped
    assert parts.stopped
    assert app.title == "Small"


class BaseFaultError(Exception):
    """A base that the table names."""


class DerivedFaultError(BaseFaultError):
    """One that it does not."""


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ({BaseFaultError: NOT_FOUND}, NOT_FOUND),
        ({BaseFaultError: NOT_FOUND, DerivedFaultError: CONFLICT}, CONFLICT),
        ({Exception: INVALID, BaseFaultError: NOT_FOUND}, NOT_FOUND),
        ({KeyError: NOT_FOUND}, None),
    ],
)
def test_the_nearest_class_of_a_problem_table_wins(table, kind):
    assert nearest(table, DerivedFaultError) is kind
