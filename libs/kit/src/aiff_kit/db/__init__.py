"""Databases: engines for SQLite and PostgreSQL, naming, types, migrations by command."""

from aiff_kit.db.dialects import says, upsert
from aiff_kit.db.engine import DATABASE_AWAY, open_engine, sqlite_url
from aiff_kit.db.migrate import current_revision, downgrade, head_revision, is_migrated, upgrade
from aiff_kit.db.rewriting import rewrite_json
from aiff_kit.db.schema import UtcDateTime, UuidText, new_metadata
from aiff_kit.db.transaction import Transaction, rehearsal, shared_transaction

__all__ = [
    "DATABASE_AWAY",
    "Transaction",
    "UtcDateTime",
    "UuidText",
    "current_revision",
    "downgrade",
    "head_revision",
    "is_migrated",
    "new_metadata",
    "open_engine",
    "rehearsal",
    "rewrite_json",
    "says",
    "shared_transaction",
    "sqlite_url",
    "upgrade",
    "upsert",
]
