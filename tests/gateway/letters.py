"""What was written to whom, as the gateway's worker will carry it."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select
from tests.gateway.harness import Place

from aiff_gateway.shared.mail_tables import MAIL_LETTER
from aiff_kit.db import open_engine, sqlite_url


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter in the database."""

    kind: str
    to: str
    language: str
    facts: dict[str, Any]

    @property
    def token(self) -> str:
        """Return what the link of the letter carries."""
        return self.facts["path"].partition("#")[2]


def letters(place: Place) -> list[WrittenLetter]:
    """Return all letters, the oldest first."""
    engine = open_engine(sqlite_url(place.data / "gateway.db"))
    with engine.connect() as connection:
        rows = connection.execute(select(MAIL_LETTER).order_by(MAIL_LETTER.c.id)).all()
    engine.dispose()
    return [
        WrittenLetter(row.kind, row.recipient, row.language, orjson.loads(row.facts or "{}"))
        for row in rows
    ]
