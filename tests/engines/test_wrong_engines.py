"""A start with a wrong or unreachable engine: one line with the setting, the reason, the mend."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import uuid4

import psycopg
import pytest

from aiff_kit.db import downgrade, upgrade
from aiff_local.processes import free_port

USE_DATABASE = {
    "aiff_catalog": ("serve", "worker", "migrate"),
    "aiff_matching": ("serve", "worker", "migrate"),
    "aiff_gateway": ("serve", "worker", "migrate"),
}
USE_BUS = {"aiff_catalog": "worker", "aiff_matching": "worker", "aiff_gateway": "serve"}
NEED_TABLES = [
    (package, command)
    for package, commands in USE_DATABASE.items()
    for command in commands
    if command != "migrate"
]


def setting_of(package):
    return f"{package.removeprefix('aiff_').upper()}_DATABASE_URL"


@pytest.mark.parametrize(
    ("package", "command"),
    [(package, command) for package, commands in USE_DATABASE.items() for command in commands],
)
def test_a_database_that_does_not_answer(refused, package, command):
    setting, port = setting_of(package), free_port()
    url = f"postgresql://aiff:hidden@127.0.0.1:{port}/catalog"
    told = refused(package, command, **{setting: url})
    assert f"{setting}=postgresql+psycopg://aiff:***@127.0.0.1:{port}/catalog cannot be" in told
    assert "Connection refused" in told
    assert told.endswith("start the server, or correct host, port, user, password or database\n")


@pytest.mark.parametrize("package", USE_DATABASE)
def test_a_verb_of_operators_says_by_its_exit_code_that_nothing_is_known(refused, package):
    setting, url = setting_of(package), f"postgresql://aiff:hidden@127.0.0.1:{free_port()}/x"
    away = {"code": 3, "begins": "not done: an engine is away ("}
    assert f"({setting}=" in refused(package, "events lag", **away, **{setting: url})
    assert f"({setting}=" in refused(package, "reconcile", **away, **{setting: url})


@pytest.mark.parametrize("package", USE_DATABASE)
def test_an_address_that_is_none(refused, package):
    told = refused(package, "migrate", **{setting_of(package): "mysql://hidden@host/name"})
    assert f"wrong setting ({setting_of(package)}: " in told
    assert "must be like postgresql://user:password@host:5432/name" in told


@pytest.mark.parametrize(("package", "command"), NEED_TABLES)
def test_an_embedded_database_that_is_not_migrated(refused, package, command):
    told = refused(package, command)
    assert f"{setting_of(package)}=sqlite" in told
    assert told.endswith(f"run: python -m {package} migrate\n")


@pytest.mark.parametrize("package", USE_DATABASE)
def test_a_missing_secret_is_told_before_any_engine_is_asked(refused, package):
    told = refused(package, "serve", AIFF_ENVIRONMENT="production")
    assert told == "cannot start: AIFF_IDENTITY_SECRET must have at least 32 characters\n"


def test_a_data_folder_that_is_a_file(refused, tmp_path):
    (tmp_path / "data").touch()
    assert "AIFF_DATA_DIR" in refused("aiff_matching", "migrate")


@pytest.mark.parametrize(("package", "command"), USE_BUS.items())
def test_kafka_that_does_not_answer(refused, migrated, package, command):
    migrated(package)
    servers = f"127.0.0.1:{free_port()}"
    told = refused(package, command, KAFKA_BOOTSTRAP_SERVERS=servers)
    assert f"KAFKA_BOOTSTRAP_SERVERS={servers} cannot be used (" in told
    assert told.endswith("start the brokers, or correct the servers or KAFKA_SECURITY_PROTOCOL\n")


def test_kafka_servers_that_are_none(refused, migrated):
    migrated("aiff_gateway")
    told = refused("aiff_gateway", "serve", KAFKA_BOOTSTRAP_SERVERS="http://broker")
    assert "KAFKA_BOOTSTRAP_SERVERS" in told
    assert "must be host:port,host:port" in told


def test_an_event_log_that_is_none(refused, tmp_path, migrated):
    migrated("aiff_matching")
    (tmp_path / "data" / "events.db").write_bytes(b"this is not a database" * 100)
    assert "AIFF_DATA_DIR" in refused("aiff_matching", "worker")


@pytest.mark.engines
def test_a_server_that_is_no_kafka(refused, migrated, postgres):
    migrated("aiff_matching")
    servers = f"127.0.0.1:{postgres.port}"
    told = refused("aiff_matching", "worker", KAFKA_BOOTSTRAP_SERVERS=servers)
    assert f"KAFKA_BOOTSTRAP_SERVERS={servers} cannot be used (" in told


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_opensearch_that_does_not_answer(refused, migrated, command):
    migrated("aiff_catalog")
    port = free_port()
    told = refused("aiff_catalog", command, OPENSEARCH_URL=f"http://u:hidden@127.0.0.1:{port}")
    assert f"OPENSEARCH_URL=http://127.0.0.1:{port} cannot be used (" in told


@pytest.mark.engines
def test_opensearch_under_a_wrong_scheme(refused, migrated, opensearch):
    migrated("aiff_catalog")
    url = f"https://127.0.0.1:{opensearch.port}"
    told = refused("aiff_catalog", "serve", OPENSEARCH_URL=url)
    assert f"OPENSEARCH_URL={url} cannot be used (" in told
    assert "correct scheme" in told


@pytest.fixture
def another_server():
    """A server that answers every question with JSON, and is no OpenSearch."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Polite) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Polite(BaseHTTPRequestHandler):
    """Answers like a search engine of another make."""

    def do_GET(self):
        body = b'{"version": {"number": "8.17.0"}, "tagline": "You Know, for Search"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Be quiet."""


def test_a_server_that_is_no_opensearch(refused, migrated, another_server):
    migrated("aiff_catalog")
    told = refused("aiff_catalog", "serve", OPENSEARCH_URL=another_server)
    assert f"OPENSEARCH_URL={another_server} cannot be used (what answers there is not Op" in told


@pytest.mark.engines
class TestPostgres:
    """A server that answers, and not as wanted."""

    @pytest.fixture
    def empty(self, postgres):
        name = f"wrong_{uuid4().hex}"
        postgres.create_database(name)
        return postgres.url(name)

    def test_a_missing_database(self, refused, postgres):
        told = refused("aiff_catalog", "serve", CATALOG_DATABASE_URL=postgres.url("nowhere"))
        assert 'database "nowhere" does not exist' in told

    def test_a_wrong_password(self, refused, postgres):
        rules = postgres.folder / "data" / "pg_hba.conf"
        rules.write_text(f"host all guarded 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
        with psycopg.connect(postgres.url("catalog").replace("+psycopg", "")) as connection:
            connection.execute("SELECT pg_reload_conf()")
        url = f"postgresql://guarded:hidden@127.0.0.1:{postgres.port}/catalog"
        told = refused("aiff_gateway", "migrate", GATEWAY_DATABASE_URL=url)
        assert 'password authentication failed for user "guarded"' in told

    def test_a_server_that_is_no_postgres(self, refused, opensearch):
        url = f"postgresql://aiff:hidden@127.0.0.1:{opensearch.port}/catalog"
        told = refused("aiff_matching", "migrate", MATCHING_DATABASE_URL=url)
        assert "MATCHING_DATABASE_URL=postgresql+psycopg://aiff:***@" in told

    def test_a_database_that_is_not_migrated(self, refused, empty):
        told = refused("aiff_gateway", "serve", GATEWAY_DATABASE_URL=empty)
        assert told.endswith("(it is not migrated); run: python -m aiff_gateway migrate\n")

    def test_a_database_of_an_earlier_release(self, refused, empty):
        upgrade(empty, "aiff_catalog.shared.migrations")
        downgrade(empty, "aiff_catalog.shared.migrations", "-1")
        assert "it is not migrated" in refused("aiff_catalog", "serve", CATALOG_DATABASE_URL=empty)
