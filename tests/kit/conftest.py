from datetime import UTC, datetime
from uuid import UUID

import pytest

from aiff_contracts.events import OFFER_WITHDRAWN, Event, OfferWithdrawn
from aiff_kit.db import new_metadata, open_engine, sqlite_url
from aiff_kit.ids import new_id
from aiff_kit.outbox import dead_letter_table, inbox_table, outbox_table


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

    def __init__(self, path):
        metadata = new_metadata()
        self.outbox = outbox_table(metadata)
        self.inbox = inbox_table(metadata)
        self.dead_letters = dead_letter_table(metadata)
        self.engine = open_engine(sqlite_url(path / "service.db"))
        metadata.create_all(self.engine)


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path)
    yield made
    made.engine.dispose()
