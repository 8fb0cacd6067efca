"""A database that is away is 503 with Retry-After and without a word about it."""

import shutil
import time

import pytest
from tests.catalog.support import CURATOR, offer_json
from tests.engines.plugin import started
from typer.testing import CliRunner

from aiff_catalog.main.cli import cli
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_kit.db import upgrade
from aiff_local.engines import Postgres


def reads(place):
    yield place.client.get("/v1/offers/bourse")
    yield place.client.get("/v1/organisations")
    yield place.client.get("/v1/organisations/genci")
    headers = place.as_(CURATOR)
    yield place.client.get("/v1/offers/bourse/revisions", headers=headers)


def writes(place):
    headers = place.as_(CURATOR)
    yield place.client.post("/v1/offers", json=offer_json("neuve"), headers=headers)
    keyed = place.as_(CURATOR, Idempotency_Key="k1")
    yield place.client.post("/v1/offers", json=offer_json("neuve"), headers=keyed)
    matched = place.as_(CURATOR, If_Match='"2"')
    yield place.client.put("/v1/offers/bourse", json=offer_json("bourse"), headers=matched)
    yield place.client.post("/v1/offers/bourse/publish", headers=headers)


def assert_unavailable(answer):
    assert answer.status_code == 503, answer.text
    assert answer.headers["retry-after"] == "2"
    problem = answer.json()
    assert problem["type"] == "/problems/unavailable"
    for told in ("SQL", "psycopg", "sqlite", "connection", "127.0.0.1", "offer_document"):
        assert told not in problem["detail"]


def test_a_sqlite_file_that_cannot_be_read(place):
    place.publish("bourse")
    shutil.move(
        place.settings.catalog.data_dir / "catalog.db", place.settings.catalog.data_dir / "away.db"
    )
    for answer in reads(place):
        assert_unavailable(answer)


def test_a_sqlite_file_that_cannot_be_written(place):
    place.publish("bourse")
    with place.catalog.base.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE offer RENAME TO away")
    for answer in writes(place):
        assert_unavailable(answer)


def test_a_rebuild_on_a_database_that_does_not_answer_is_one_line(place):
    with place.catalog.base.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE offer_document RENAME TO away")
    result = CliRunner().invoke(cli, ["index", "rebuild"])
    assert result.exit_code == 3
    assert result.output == "not done: an engine is away (no such table: offer_document)\n"


@pytest.fixture(scope="module")
def own_engine(engine_folder):
    """A server of this module's own, to be killed."""
    with started(Postgres(engine_folder / "faulty-database")) as engine:
        yield engine


@pytest.mark.engines
class TestPostgres:
    """One server, killed and started again."""

    @pytest.fixture
    def postgres(self, own_engine):
        if not own_engine.alive():
            own_engine.start()
        return own_engine

    @pytest.fixture
    def migrated_postgres(self, postgres):
        name = f"template_{time.time_ns()}"
        postgres.create_database(name)
        upgrade(postgres.url(name), MIGRATIONS)
        return name

    @pytest.fixture
    def database_settings(self, postgres_settings):
        return postgres_settings

    def test_reads_and_writes_are_503_and_recover_by_themselves(self, place, postgres):
        place.publish("bourse")
        for answer in reads(place):
            assert answer.status_code == 200
        postgres.kill()
        for answer in (*reads(place), *writes(place)):
            assert_unavailable(answer)
        assert place.client.get("/health/live").status_code == 200
        assert place.client.get("/health/ready").status_code == 503
        postgres.start()
        for answer in reads(place):
            assert answer.status_code == 200, answer.text
        assert [answer.status_code for answer in writes(place)] == [201, 409, 200, 409]
        assert place.client.get("/health/ready").status_code == 200

    def test_a_restart_between_two_requests_is_not_noticed(self, place, postgres):
        place.publish("bourse")
        assert all(answer.status_code == 200 for answer in reads(place))
        postgres.stop()
        postgres.start()
        assert all(answer.status_code == 200 for answer in reads(place))
        headers = place.as_(CURATOR)
        answer = place.client.post("/v1/offers", json=offer_json("neuve"), headers=headers)
        assert answer.status_code == 201

    def test_a_frozen_server_is_503_for_readers_within_seconds(self, place, postgres):
        place.publish("bourse")
        assert place.client.get("/v1/offers/bourse").status_code == 200
        postgres.pause()
        try:
            began = time.monotonic()
            assert_unavailable(place.client.get("/v1/offers/bourse"))
            assert time.monotonic() - began < 12
        finally:
            postgres.resume()
        assert place.client.get("/v1/offers/bourse").status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CATALOG_DATABASE_URL", "mysql://hidden@host/name"),
        ("CATALOG_DATABASE_URL", "hidden"),
        ("CATALOG_DATABASE_URL", "postgresql://host:hidden/name"),
        ("CATALOG_DATABASE_URL", "postgresql://u@host/name?password=hidden"),
        ("OPENSEARCH_URL", "hidden:9200"),
        ("OPENSEARCH_URL", "ftp://hidden"),
        ("OPENSEARCH_INDEX", "../hidden"),
    ],
)
def test_an_address_that_is_none_is_one_line_with_its_setting(tmp_path, monkeypatch, name, value):
    monkeypatch.setenv("AIFF_DATA_DIR", str(tmp_path))
    monkeypatch.setenv(name, value)
    result = CliRunner().invoke(cli, ["migrate"])
    line = str(result.exception)
    assert line.startswith(f"cannot start: wrong setting ({name}: "), line
    assert "hidden" not in line
