"""Whether the gateway's database can be used."""

from sqlalchemy import Engine

from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.db import is_migrated


def check_database(engine: Engine) -> None:
    """Raise where the database does not answer or lacks a migration."""
    with engine.connect().execution_options(read_only=True) as connection:
        if not is_migrated(connection, MIGRATIONS):
            message = "the database is not migrated; run: python -m aiff_gateway migrate"
            raise RuntimeError(message)
