import shutil
from uuid import uuid4

import psycopg
import pytest
from starlette.testclient import TestClient
from tests.callers import call_as
from tests.catalog.support import BY_CURATOR, NOW, SECRET, Place, organisation
from tests.described import committed

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import Settings
from aiff_catalog.main.web import application
from aiff_catalog.search.adapters.opensearch.client import OpenSearchServer, writing_client
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_kit.auth import ANONYMOUS
from aiff_kit.bus import EmbeddedBus
from aiff_kit.db import sqlite_url, upgrade
from aiff_kit.service import read_settings
from aiff_kit.testing import SettableClock


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An empty database at the newest schema, made once and copied for each test."""
    path = tmp_path_factory.mktemp("catalog") / "catalog.db"
    upgrade(sqlite_url(path), MIGRATIONS)
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres):
    """The same on PostgreSQL."""
    name = f"template_{uuid4().hex}"
    postgres.create_database(name)
    upgrade(postgres.url(name), MIGRATIONS)
    return name


@pytest.fixture
def sqlite_settings(migrated, tmp_path):
    shutil.copy(migrated, tmp_path / "catalog.db")
    return {"CATALOG_DATABASE_URL": sqlite_url(tmp_path / "catalog.db")}


@pytest.fixture
def postgres_settings(postgres, migrated_postgres):
    name = f"test_{uuid4().hex}"
    address = postgres.url("postgres").replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_postgres}")
    yield {"CATALOG_DATABASE_URL": postgres.url(name)}
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def tantivy_settings():
    return {}


@pytest.fixture
def opensearch_settings(opensearch):
    name = f"test-{uuid4().hex}"
    yield {"OPENSEARCH_URL": opensearch.url, "OPENSEARCH_INDEX": name}
    client = writing_client(OpenSearchServer(url=opensearch.url))
    client.indices.delete(index=f"{name}-*")
    client.indices.delete_index_template(name=f"{name}-*")
    client.close()


@pytest.fixture
def family():
    """The engines of a test, all embedded or all real; `on_both_families` gives each in turn."""
    return "embedded"


@pytest.fixture
def database_settings(family, request):
    """The database of a test; a contract suite gives it every one in turn."""
    name = "sqlite_settings" if family == "embedded" else "postgres_settings"
    return request.getfixturevalue(name)


@pytest.fixture
def search_settings(family, request):
    """The search engine of a test; a contract suite gives it every one in turn."""
    name = "tantivy_settings" if family == "embedded" else "opensearch_settings"
    return request.getfixturevalue(name)


@pytest.fixture
def place(database_settings, search_settings, tmp_path, monkeypatch):
    monkeypatch.setenv("AIFF_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CATALOG_ENCODER", "none")
    for name, value in {**database_settings, **search_settings}.items():
        monkeypatch.setenv(name, value)
    clock, settings = SettableClock(NOW), read_settings(Settings)
    catalog = Catalog(settings, clock)
    for slug in ("genci", "inria"):
        catalog.offers.organisations.put(organisation(slug), None, BY_CURATOR)
    steps = catalog.worker_steps(EmbeddedBus(tmp_path / "events.db"))
    with TestClient(application(catalog, SECRET)) as client:
        call_as(client, ANONYMOUS, SECRET, "catalog")
        committed().watch(client)
        client.follow_redirects = False
        yield Place(catalog, settings, clock, client, steps["relay"], steps["index"])
    catalog.close()
