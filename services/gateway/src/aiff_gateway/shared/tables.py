"""The gateway's tables."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from aiff_kit.db import UtcDateTime, UuidText, new_metadata
from aiff_kit.http import idempotency_table
from aiff_kit.outbox import dead_letter_table, outbox_table

METADATA = new_metadata()

OUTBOX = outbox_table(METADATA)
DEAD_LETTER = dead_letter_table(METADATA)
IDEMPOTENCY = idempotency_table(METADATA)

ACCOUNT = Table(
    "account",
    METADATA,
    Column("id", UuidText, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("password_hash", String(255), nullable=False),
    Column("role", String(20), nullable=False),
    Column("organisation", String(80)),
    # What the role gave when the account was made: releases long before this one read it. Now roles
    # say what their holder may do, so a later release can drop the column.
    Column("scopes", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # That of the letters that its person gets.
    Column("language", String(2), nullable=False, server_default="fr"),
)

CREDENTIAL = Table(
    "credential",
    METADATA,
    Column("id", UuidText, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("prefix", String(40), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("subject", UuidText, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("organisation", String(80)),
    # Scopes are few and always read together: one text, separated by spaces.
    Column("scopes", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("last_used_at", UtcDateTime),
    # Of sessions: where they are used, the network (shortened) and the last proof of who it is.
    Column("client", String(10), nullable=False, server_default="program"),
    Column("address", String(43)),
    Column("authenticated_at", UtcDateTime),
    Index(None, "prefix"),
    Index(None, "subject", "kind"),
    Index(None, "organisation"),
)

# What is counted is named by a digest: neither addresses nor networks are kept.
CREDENTIAL_TRIES = Table(
    "credential_tries",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("counted", String(20), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
)

# It only grows: triggers refuse to change or remove a row.
AUDIT_ENTRY = Table(
    "audit_entry",
    METADATA,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(80), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("actor", String(80), index=True),
    Column("subject", String(80), index=True),
    Column("organisation", String(80), index=True),
    Column("acting_for", String(80)),
    Column("address", String(43)),
    Column("request_id", String(64)),
    Column("facts", Text, nullable=False),
    # No two entries follow the same one, whatever happens to the lock of those who append.
    Column("previous", String(64), nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
)


def text_of(scopes: frozenset[str]) -> str:
    """Return scopes as they are kept."""
    return " ".join(sorted(scopes))


def scopes_of(text: str) -> frozenset[str]:
    """Return the scopes that a kept text names."""
    return frozenset(text.split())
