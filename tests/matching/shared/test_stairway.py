"""The schema goes up, down and up again, and is the one that the code expects."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select

from aiff_contracts.codec import parse_json
from aiff_kit.db import downgrade, head_revision, open_engine, sqlite_url, upgrade
from aiff_kit.ids import new_id
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared import tables
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_matching.shared.tables import metadata


@pytest.fixture
def url(tmp_path: Path) -> str:
    return sqlite_url(tmp_path / "matching.db")


def test_up_down_up(url: str) -> None:
    upgrade(url, MIGRATIONS)
    downgrade(url, MIGRATIONS, "base")
    engine = open_engine(url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    upgrade(url, MIGRATIONS)
    upgrade(url, MIGRATIONS)


def test_the_migrated_schema_is_that_of_the_tables(url: str) -> None:
    upgrade(url, MIGRATIONS)
    engine = open_engine(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        version = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    assert found == []
    assert version == head_revision(MIGRATIONS)


NOBODY = {"scheme": "siret", "value": "00000000000000"}


def test_codes_of_before_are_respelt_in_offers_needs_and_profiles(url: str) -> None:
    upgrade(url, MIGRATIONS, "0010")
    engine = open_engine(url)
    now = datetime(2026, 11, 30, tzinfo=UTC)
    startup_id, need_id, offer_id = new_id(), new_id(), new_id()
    lived = {"tenant": "t", "version": 1, "created_at": now, "updated_at": now}
    wanted = {"support": {"languages": ["??"]}, "training": {"language": "FRA"}}
    given = {"scheme": "siren", "value": "732829320"}
    said = {"naf": "62.99Z", "sectors": ["ai", "6201Z"], "identifiers": [given, NOBODY]}
    document = {"details": {}, "languages": ["FR", "12"], "support": {"languages": None}}
    with engine.begin() as connection:
        connection.execute(
            tables.startup.insert().values(id=startup_id, profile=orjson.dumps(said), **lived)
        )
        told = {"id": need_id, "startup_id": startup_id, "need": orjson.dumps(wanted)}
        connection.execute(tables.need.insert().values(**told, **lived))
        row = {"id": offer_id, "slug": "a", "version": 1, "document": orjson.dumps(document)}
        connection.execute(tables.offer.insert().values(**row, vector_due=True))
    upgrade(url, MIGRATIONS)
    with engine.connect() as connection:
        need = orjson.loads(connection.execute(select(tables.need.c.need)).scalar_one())
        offer = orjson.loads(connection.execute(select(tables.offer.c.document)).scalar_one())
        profile = orjson.loads(connection.execute(select(tables.startup.c.profile)).scalar_one())
    engine.dispose()
    assert profile == {"naf": None, "sectors": ["ai", "62.01Z"], "identifiers": [given]}
    assert need == {"support": {"languages": []}, "training": {"language": "fr"}}
    assert offer == {"details": {}, "languages": ["fr"], "support": {"languages": None}}


def test_stored_places_are_put_in_the_codes_of_today(url: str) -> None:
    upgrade(url, MIGRATIONS)
    engine, now = open_engine(url), datetime(2026, 11, 24, tzinfo=UTC)
    profiles = {
        new_id(): b'{"country":"FR","sites":["COM-33000","COM-75110"]}',
        new_id(): b'{"sites":["COM-99138"]}',
        new_id(): b'{"sites":["COM-75056"]}',
    }
    with engine.begin() as connection:
        for key, profile in profiles.items():
            row = {"id": key, "tenant": "acme", "profile": profile, "version": 1}
            connection.execute(
                tables.startup.insert().values(row | {"created_at": now, "updated_at": now})
            )
    downgrade(url, MIGRATIONS, "0011")
    upgrade(url, MIGRATIONS)
    with engine.connect() as connection:
        stored = dict(
            connection.execute(select(tables.startup.c.id, tables.startup.c.profile)).all()
        )
    engine.dispose()
    sites = [parse_json(Profile, stored[key]).sites for key in profiles]
    assert sites == [("COM-33063", "COM-75110"), None, ("COM-75056",)]
