"""A PostgreSQL with a password and a certificate: all of it is in the address."""

import pytest
from tests.engines.certificates import Authority
from tests.engines.guarded_postgres import GuardedPostgres
from tests.engines.plugin import started

from aiff_catalog.offers.adapters.reads import SqlOfferReads
from aiff_catalog.shared.reader_postgres import PostgresReader
from aiff_kit.db import is_migrated, open_engine, upgrade

pytestmark = pytest.mark.engines

MIGRATIONS = "aiff_catalog.shared.migrations"


@pytest.fixture(scope="module")
def authority(engine_folder):
    return Authority(engine_folder / "postgres-certificates")


@pytest.fixture(scope="module")
def server(engine_folder, authority):
    with started(GuardedPostgres(engine_folder / "guarded-postgres", authority)) as engine:
        yield engine


@pytest.fixture
def address(server):
    def made(**changed):
        return server.guarded_url("catalog", **changed)

    return made


async def test_tables_are_made_and_offers_read_through_tls_with_a_password(address):
    upgrade(address(), MIGRATIONS)
    engine = open_engine(address())
    with engine.connect() as connection:
        assert is_migrated(connection, MIGRATIONS)
        mine = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.exec_driver_sql(mine).scalar() is True
    engine.dispose()
    reader = PostgresReader(address())
    assert await SqlOfferReads(reader).offer("nothing") is None
    await reader.close()


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
