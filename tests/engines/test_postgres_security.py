"""A PostgreSQL with a password and a certificate: all of it is in the address."""

import shutil

import psycopg
import pytest
from tests.engines.certificates import Authority
from tests.engines.plugin import started

from aiff_catalog.adapters.reads_postgres import PostgresReads
from aiff_kit.db import is_migrated, open_engine, upgrade
from aiff_local.engines import Postgres
from aiff_local.engines.account import give_to_plain_user

pytestmark = pytest.mark.engines

MIGRATIONS = "aiff_catalog.adapters.migrations"
# Who comes as this user needs TLS and the password; the tests themselves come as the owner.
RULES = """hostssl all guarded 127.0.0.1/32 scram-sha-256
host all guarded 127.0.0.1/32 reject
"""


class GuardedPostgres(Postgres):
    """A server with a certificate, and a user who has to prove who it is."""

    def __init__(self, folder, authority):
        super().__init__(folder)
        self._authority = authority

    def _prepare(self):
        super()._prepare()
        for source, name in zip(
            self._authority.issue("127.0.0.1"), ("server.crt", "server.key"), strict=True
        ):
            shutil.copy(source, self._data / name)
            (self._data / name).chmod(0o600)
        rules = self._data / "pg_hba.conf"
        rules.write_text(RULES + rules.read_text())
        give_to_plain_user(self.folder)

    def _command(self):
        return [*super()._command(), "-c", "ssl=on"]

    def _when_ready(self):
        super()._when_ready()
        address = self.url("catalog").replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'hidden%/@'")
            connection.execute("GRANT ALL ON SCHEMA public TO guarded")


@pytest.fixture(scope="module")
def authority(engine_folder):
    return Authority(engine_folder / "postgres-certificates")


@pytest.fixture(scope="module")
def server(engine_folder, authority):
    yield from started(GuardedPostgres(engine_folder / "guarded-postgres", authority))


@pytest.fixture
def address(server, authority):
    def made(password="hidden%25%2F%40", trusted=authority.file, mode="verify-full"):
        where = f"guarded:{password}@127.0.0.1:{server.port}/catalog"
        return f"postgresql+psycopg://{where}?sslmode={mode}&sslrootcert={trusted}"

    return made


async def test_tables_are_made_and_offers_read_through_tls_with_a_password(address):
    upgrade(address(), MIGRATIONS)
    engine = open_engine(address())
    with engine.connect() as connection:
        assert is_migrated(connection, MIGRATIONS)
        mine = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.exec_driver_sql(mine).scalar() is True
    engine.dispose()
    reads = PostgresReads(address())
    assert await reads.offer("nothing") is None
    await reads.close()


@pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
def test_a_wrong_password_is_one_line_without_it(refused, address, command):
    told = refused("aiff_catalog", command, CATALOG_DATABASE_URL=address(password="hidden"))
    assert "CATALOG_DATABASE_URL=postgresql+psycopg://guarded:***@" in told
    assert 'password authentication failed for user "guarded"' in told


def test_a_server_that_an_unknown_authority_signed_for_is_not_spoken_to(
    refused, address, engine_folder
):
    other = Authority(engine_folder / "other-certificates")
    told = refused("aiff_catalog", "migrate", CATALOG_DATABASE_URL=address(trusted=other.file))
    assert "certificate verify failed" in told


def test_who_comes_without_tls_is_refused_by_the_server(refused, address):
    told = refused("aiff_catalog", "migrate", CATALOG_DATABASE_URL=address(mode="disable"))
    assert "pg_hba.conf rejects connection" in told
