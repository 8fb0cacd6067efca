"""The catalogue's tables, the same on SQLite and PostgreSQL."""

from sqlalchemy import Column, Double, ForeignKey, Integer, LargeBinary, String, Table, Text

from aiff_kit.db import UtcDateTime, UuidText, new_metadata
from aiff_kit.http import idempotency_table
from aiff_kit.outbox import dead_letter_table, outbox_table

metadata = new_metadata()

_SLUG = String(80)

organisation = Table(
    "organisation",
    metadata,
    Column("slug", _SLUG, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
offer = Table(
    "offer",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("slug", _SLUG, nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, index=True),
    Column("published_at", UtcDateTime, nullable=True),
    Column("withdrawn_at", UtcDateTime, nullable=True),
    Column("withdrawal_reason", Text, nullable=True),
)
# Which offers name an organisation, so that its change reaches them.
offer_organisation = Table(
    "offer_organisation",
    metadata,
    Column("offer_id", ForeignKey(offer.c.id), primary_key=True),
    Column("organisation", ForeignKey(organisation.c.slug), primary_key=True, index=True),
    Column("role", String(20), primary_key=True),
)
former_slug = Table(
    "former_slug",
    metadata,
    Column("slug", _SLUG, primary_key=True),
    Column("offer_id", ForeignKey(offer.c.id), nullable=False, index=True),
)
offer_revision = Table(
    "offer_revision",
    metadata,
    Column("offer_id", ForeignKey(offer.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("action", String(30), nullable=False),
    Column("author", String(120), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=True),
    Column("changes", LargeBinary, nullable=False),
)
# What readers get, rendered when the offer changes. The intake's whole calendar is kept beside
# it, because the status that follows from it belongs to the moment of reading.
offer_document = Table(
    "offer_document",
    metadata,
    Column("offer_id", ForeignKey(offer.c.id), primary_key=True),
    Column("slug", _SLUG, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("summary", LargeBinary, nullable=False),
    Column("schedule", LargeBinary, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("status_until", UtcDateTime, nullable=True, index=True),
    # What lists are made of while the search index is out of reach (adapters/listing.py). The
    # status and the deadline are those of the last look; status_until says when that ends.
    Column("title_order", Text, nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    Column("terms", Text, nullable=False, server_default=""),
    Column("gpu_memory", Double, nullable=True),
    Column("status", String(20), nullable=False, server_default="unknown"),
    Column("deadline", UtcDateTime, nullable=True),
)
outbox = outbox_table(metadata)
dead_letter = dead_letter_table(metadata)
idempotency = idempotency_table(metadata)
