"""The tables that a service adds to its own database."""

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from aiff_kit.db import UtcDateTime, UuidText

_Position = BigInteger().with_variant(Integer, "sqlite")


def outbox_table(metadata: MetaData) -> Table:
    """Hold events that wait for the relay, in the order in which they were written."""
    return Table(
        "outbox",
        metadata,
        Column("position", _Position, primary_key=True, autoincrement=True),
        Column("event_id", UuidText, nullable=False, unique=True),
        Column("topic", String(120), nullable=False),
        Column("key", String(120), nullable=False),
        Column("headers", Text, nullable=False),
        Column("value", LargeBinary, nullable=False),
        Column("created_at", UtcDateTime, nullable=False),
        sqlite_autoincrement=True,
    )


def inbox_table(metadata: MetaData) -> Table:
    """Hold the newest sequence that a consumer has handled, for each key."""
    return Table(
        "inbox",
        metadata,
        Column("consumer", String(80), primary_key=True),
        Column("key", String(120), primary_key=True),
        Column("sequence", BigInteger, nullable=False),
        Column("event_id", UuidText, nullable=False),
        Column("handled_at", UtcDateTime, nullable=False),
    )


def dead_letter_table(metadata: MetaData) -> Table:
    """Hold records that could not be handled, with the reason, to be replayed."""
    return Table(
        "dead_letter",
        metadata,
        Column("id", _Position, primary_key=True, autoincrement=True),
        Column("consumer", String(80), nullable=False),
        Column("topic", String(120), nullable=False),
        Column("partition", Integer, nullable=False),
        Column("offset", BigInteger, nullable=False),
        Column("key", String(120), nullable=False),
        Column("headers", Text, nullable=False),
        Column("value", LargeBinary, nullable=False),
        Column("reason", Text, nullable=False),
        Column("failed_at", UtcDateTime, nullable=False),
        sqlite_autoincrement=True,
    )
