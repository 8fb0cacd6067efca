"""The tables of mail."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from aiff_gateway.shared.tables import METADATA
from aiff_kit.db import UtcDateTime, UuidText

MAIL_LETTER = Table(
    "mail_letter",
    METADATA,
    Column("id", UuidText, primary_key=True),
    # With the address it makes a letter unique: nobody is sent the same thing twice.
    Column("key", String(200), nullable=False),
    Column("recipient", String(254), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("language", String(2), nullable=False),
    Column("person", UuidText),
    # JSON; they may hold what opens an account, so that they go as soon as nothing is to be sent.
    Column("facts", Text),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    # Untried letters have no `tried_at`, and settled ones no `due_at`.
    Column("created_at", UtcDateTime, nullable=False),
    Column("tried_at", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("reason", String(200)),
    Index(None, "key", "recipient", unique=True),
    Index(None, "state", "due_at"),
    Index(None, "person", "id"),
    Index(None, "recipient"),
)

# Addresses that get no more of one list, or (`all`) nothing at all. They are kept as digests under
# a secret: what somebody asked not to be sent must outlive their account, their address must not.
MAIL_STOP = Table(
    "mail_stop",
    METADATA,
    Column("address_digest", String(64), primary_key=True),
    Column("list", String(20), primary_key=True),
    Column("reason", String(60), nullable=False),
    Column("stopped_at", UtcDateTime, nullable=False),
)
