"""The engines start, answer, stop by pid and can be killed, frozen and started again."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from tests.engines.plugin import started

from aiff_local.engines import EngineUnavailableError, Fleet, Kafka, Postgres
from aiff_local.engines.kafka import _new_cluster
from aiff_local.engines.process import EngineProcess

pytestmark = pytest.mark.engines


def asked(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.load(answer)


def rows(postgres, statement):
    address = postgres.url("catalog").replace("+psycopg", "")
    with psycopg.connect(address, connect_timeout=2) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_opensearch_serves_with_its_vector_plugin(opensearch):
    address = opensearch.settings()["OPENSEARCH_URL"]
    assert asked(address)["version"]["number"].startswith("3.5")
    plugins = [plugin["component"] for plugin in asked(f"{address}/_cat/plugins?format=json")]
    assert plugins == ["opensearch-knn"]


def test_opensearch_makes_no_index_by_a_slip_of_the_pen(opensearch):
    request = urllib.request.Request(
        f"{opensearch.url}/offers/_doc/1", b"{}", {"content-type": "application/json"}, method="PUT"
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=5)
    assert caught.value.code == 404
    caught.value.close()


def test_postgres_has_a_database_for_each_service(postgres):
    assert set(postgres.settings()) == {
        "CATALOG_DATABASE_URL",
        "GATEWAY_DATABASE_URL",
        "MATCHING_DATABASE_URL",
    }
    found = {name for (name,) in rows(postgres, "SELECT datname FROM pg_database")}
    assert {"catalog", "matching", "gateway"} <= found


def test_what_is_committed_survives_a_kill_and_the_address_stays(engine_folder):
    with started(Postgres(engine_folder / "killed")) as postgres:
        rows(postgres, "CREATE TABLE thing AS SELECT 7 AS id")
        postgres.kill()
        assert not postgres.alive()
        postgres.start()
        assert rows(postgres, "SELECT id FROM thing") == [(7,)]


def test_a_server_that_is_killed_among_new_connections_starts_again(engine_folder):
    ended = threading.Event()

    def connect(postgres):
        while not ended.is_set():
            with contextlib.suppress(psycopg.Error):
                rows(postgres, "SELECT count(*) FROM generate_series(1, 20000)")

    server = Postgres(engine_folder / "crowded")
    with started(server) as postgres, ThreadPoolExecutor(16) as crowd:
        for _ in range(16):
            crowd.submit(connect, postgres)
        try:
            for _ in range(4):
                time.sleep(0.2)
                postgres.kill()
                postgres.start()
        finally:
            ended.set()


def test_a_frozen_engine_answers_again_when_it_is_resumed(engine_folder):
    with started(Kafka(engine_folder / "frozen")) as kafka:
        kafka.pause()
        assert not kafka._is_ready()
        kafka.resume()
        kafka.await_ready()


def test_an_engine_that_cannot_start_is_one_line_with_the_reason(engine_folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        postgres = Postgres(engine_folder / "refused", taken.getsockname()[1])
        with pytest.raises(EngineUnavailableError, match=r"^postgres ended at its start: .+$"):
            postgres.start()


def test_engines_outlive_the_command_and_are_stopped_by_pid(engine_folder):
    folder = engine_folder / "fleet" / "engines"
    folder.mkdir(parents=True)
    environment = {**os.environ, "AIFF_DATA_DIR": str(folder.parent)}

    def command(*arguments):
        line = [sys.executable, "-m", "aiff_local", "engines", *arguments]
        done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    try:
        printed = command("start", "--only", "postgres")
        if "cannot start" in printed and os.environ.get("AIFF_REQUIRE_ENGINES") != "1":
            pytest.skip(printed)
        assert "export CATALOG_DATABASE_URL=postgresql+psycopg://" in printed
        fleet = Fleet(folder, print)
        exported = fleet.settings_file.read_text().splitlines()
        assert exported == [f"export {name}={value}" for name, value in fleet.settings().items()]
        assert "pid" in command("status")
    finally:
        command("stop")
    assert not Fleet(folder, print).engines["postgres"].alive()
    assert command("status").count("not running") == len(Fleet(folder, print).engines)


def test_an_unknown_engine_is_one_line(engine_folder):
    line = [sys.executable, "-m", "aiff_local", "engines", "start", "--only", "rabbitmq"]
    done = subprocess.run(
        line,
        env={**os.environ, "AIFF_DATA_DIR": str(engine_folder / "unknown")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert (
        done.stderr == "cannot start: --only knows kafka,postgres,opensearch,redis, not rabbitmq\n"
    )


def test_a_later_process_with_the_same_pid_is_left_alone():
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        remembered = EngineProcess(other.pid, "12345")
        remembered.stop()
        remembered.kill()
        assert other.poll() is None
        other.kill()


def test_no_identifier_of_a_cluster_is_taken_for_an_option():
    assert not [made for made in (_new_cluster() for _ in range(2_000)) if made.startswith("-")]
