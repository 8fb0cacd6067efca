from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from aiff_contracts.events import OFFER_WITHDRAWN, Event, OfferWithdrawn
from aiff_kit.db import new_metadata, open_engine, sqlite_url
from aiff_kit.ids import new_id
from aiff_kit.outbox import dead_letter_table, inbox_table, outbox_table

ON_POSTGRES = pytest.param("postgres", marks=pytest.mark.engines)


def withdrawn(key: UUID, sequence: int) -> Event:
    data = OfferWithdrawn(
        offer_id=key,
        slug="une-offre",
        version=sequence,
        withdrawn_at=datetime(2026, 11, 24, tzinfo=UTC),
        reason="terminée",
    )
    return Event(
        id=new_id(),
        type=OFFER_WITHDRAWN.name,
        source="/catalog",
        key=str(key),
        sequence=sequence,
        time=datetime(2026, 11, 24, tzinfo=UTC),
        data=data,
    )


class Database:
    """A service's database with the kit's tables."""

    def __init__(self, url):
        metadata = new_metadata()
        self.outbox = outbox_table(metadata)
        self.inbox = inbox_table(metadata)
        self.dead_letters = dead_letter_table(metadata)
        self.engine = open_engine(url)
        metadata.create_all(self.engine)


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def database_url(request, tmp_path):
    """An empty database of each kind that the services run on."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "service.db")
    postgres, name = request.getfixturevalue("postgres"), f"test_{uuid4().hex}"
    postgres.create_database(name)
    return postgres.url(name)


@pytest.fixture
def database(database_url):
    made = Database(database_url)
    yield made
    made.engine.dispose()
