"""The catalogue's tables, the same on SQLite and PostgreSQL."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

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
# `content` is the text that readers see, `pending` the revision on its way to them; the columns
# after it repeat what lists are filtered and ordered by. `partner` provides the offer first.
offer = Table(
    "offer",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("slug", _SLUG, nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("partner", _SLUG, nullable=False, server_default=""),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("live_version", Integer, nullable=True),
    Column("text_version", Integer, nullable=True),
    Column("content", LargeBinary, nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, index=True),
    Column("published_at", UtcDateTime, nullable=True),
    Column("withdrawn_at", UtcDateTime, nullable=True),
    Column("withdrawal_reason", Text, nullable=True),
    Column("pending", LargeBinary, nullable=True),
    Column("pending_state", String(20), nullable=True),
    Column("waiting_since", UtcDateTime, nullable=True),
    Column("reviewer", String(120), nullable=True),
    Column("publish_at", UtcDateTime, nullable=True),
    # The offer that this one was found to be the same as: its addresses lead there.
    Column("merged_into", UuidText, nullable=True, index=True),
    Index(None, "state", "updated_at", "id"),
    Index(None, "pending_state", "updated_at", "id"),
    Index(None, "kind", "updated_at", "id"),
    Index(None, "partner", "updated_at", "id"),
    Index(None, "waiting_since", "id"),
    Index(None, "kind", "waiting_since", "id"),
    Index(None, "partner", "waiting_since", "id"),
    Index(None, "reviewer", "waiting_since", "id"),
    Index(None, "pending_state", "publish_at"),
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
    Column("comments", LargeBinary, nullable=True),
    # The whole text, where this change wrote or published one.
    Column("content", LargeBinary, nullable=True),
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
    # What lists are made of while the search index is out of reach (`search/adapters/database.py`).
    # The status and the deadline are those of the last look; status_until says when that ends.
    Column("title_order", Text, nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    Column("terms", Text, nullable=False, server_default=""),
    Column("gpu_memory", Double, nullable=True),
    Column("amount", Double, nullable=True),
    Column("published_at", UtcDateTime, nullable=True),
    Column("status", String(20), nullable=False, server_default="unknown"),
    Column("deadline", UtcDateTime, nullable=True),
    # The version that searches find, None before they find any.
    Column("indexed_version", Integer, nullable=True),
    # Since when the intake is closed for good, None while it is not.
    Column("over_since", UtcDateTime, nullable=True, index=True),
)
# The sentence vector (float32) of a published offer, by which searches find what means the same.
# `state`: `due` (to be computed, the one that is there serves until then), `encoded` (the index
# lacks it), `indexed`. `version` is that of the text that it was made of.
offer_meaning = Table(
    "offer_meaning",
    metadata,
    Column("offer_id", ForeignKey(offer.c.id), primary_key=True),
    Column("state", String(10), nullable=False, index=True),
    Column("version", Integer, nullable=True),
    Column("model", String(80), nullable=True),
    Column("vector", LargeBinary, nullable=True),
)
# The last change of each offer that readers ever saw: it is shown, or why it no longer is. A change
# gets its position after its commit, so that positions are visible in their order (ADR 0026).
offer_change = Table(
    "offer_change",
    metadata,
    Column("offer_id", ForeignKey(offer.c.id), primary_key=True),
    Column("slug", _SLUG, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text, nullable=True),
    Column("at", UtcDateTime, nullable=False),
    Column("position", BigInteger, nullable=True, unique=True),
)
# What a partner's system sent last under its own identifier: the offer and the digest of the
# content that was accepted, and the faults of the last write where it was refused.
partner_record = Table(
    "partner_record",
    metadata,
    Column("partner", ForeignKey(organisation.c.slug), primary_key=True),
    Column("external_id", String(120), primary_key=True),
    Column("offer_id", ForeignKey(offer.c.id), nullable=True),
    Column("digest", String(64), nullable=True),
    Column("accepted_at", UtcDateTime, nullable=True),
    Column("refused_at", UtcDateTime, nullable=True),
    Column("faults", LargeBinary, nullable=True),
    UniqueConstraint("partner", "offer_id"),
)
# What a partner publishes without a review: kinds of new offers, fields of published ones.
partner_policy = Table(
    "partner_policy",
    metadata,
    Column("partner", ForeignKey(organisation.c.slug), primary_key=True),
    Column("kinds", LargeBinary, nullable=False),
    Column("fields", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("author", String(120), nullable=False),
)
# How a partner's files are read, by the name of their source.
import_mapping = Table(
    "import_mapping",
    metadata,
    Column("partner", ForeignKey(organisation.c.slug), primary_key=True),
    Column("source", _SLUG, primary_key=True),
    Column("mapping", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("author", String(120), nullable=False),
)
# An import: `job` is all that the columns after it do not repeat, which are those that it is
# found by. `held_by` is the worker that goes through its rows.
offer_import = Table(
    "offer_import",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("partner", ForeignKey(organisation.c.slug), nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("job", LargeBinary, nullable=False),
    Column("uploaded_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime, nullable=True),
    Column("held_by", UuidText, nullable=True),
    Column("held_until", UtcDateTime, nullable=True),
    Index(None, "partner", "id"),
)
# Its file in pieces, until nobody needs it any more, and what became of each row.
import_piece = Table(
    "import_piece",
    metadata,
    Column("import_id", ForeignKey(offer_import.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
import_row = Table(
    "import_row",
    metadata,
    Column("import_id", ForeignKey(offer_import.c.id), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("external_id", Text, nullable=False),
    Column("foreseen", String(10), nullable=True),
    Column("outcome", String(10), nullable=True),
    # The newest result in one word, by which rows are asked for.
    Column("result", String(10), nullable=False),
    Column("faults", LargeBinary, nullable=True),
    Column("cells", LargeBinary, nullable=True),
    Index(None, "import_id", "result", "line"),
)
# One row. `newest` is the last position given, `forgotten` the last one of a dropped tombstone.
change_counter = Table(
    "change_counter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("newest", BigInteger, nullable=False),
    Column("forgotten", BigInteger, nullable=False),
)
# The vocabularies that curators changed: the edition that holds, and the draft of the next one.
vocabulary = Table(
    "vocabulary",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("draft", LargeBinary, nullable=True),
)
vocabulary_edition = Table(
    "vocabulary_edition",
    metadata,
    Column("name", ForeignKey(vocabulary.c.name), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("entries", LargeBinary, nullable=False),
    Column("author", String(120), nullable=True),
    Column("approver", String(120), nullable=True),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=True),
)
# What the quality checks found in the working text of an offer at one version (`severity`: the
# place of the worst in its scale, null where nothing was found), and who works on it.
offer_quality = Table(
    "offer_quality",
    metadata,
    Column("offer_id", ForeignKey(offer.c.id), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("score", Integer, nullable=False),
    Column("severity", Integer, nullable=True),
    Column("checks", Text, nullable=False),
    Column("assessed_at", UtcDateTime, nullable=False),
    Column("claimed_by", String(120), nullable=True),
    Column("claimed_at", UtcDateTime, nullable=True),
    Index("ix_offer_quality_score", "score", "offer_id"),
)
# What was seen of the addresses in listings, and in which version a listing's were last asked.
link = Table(
    "link",
    metadata,
    Column("url", String(500), primary_key=True),
    Column("outcome", String(10), nullable=False),
    Column("status", Integer, nullable=True),
    Column("checked_at", UtcDateTime, nullable=False),
    Column("gone_since", UtcDateTime, nullable=True),
    Column("gone_at", UtcDateTime, nullable=True),
    Column("gone_times", Integer, nullable=False),
)
link_look = Table(
    "link_look",
    metadata,
    Column("offer_id", ForeignKey(offer.c.id), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("looked_at", UtcDateTime, nullable=False, index=True),
)
# When and in which version each listing was last compared with those near to it.
duplicate_look = Table(
    "duplicate_look",
    metadata,
    Column("offer_id", ForeignKey(offer.c.id), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("looked_at", UtcDateTime, nullable=False, index=True),
)
# Two listings that are probably one offer, and who said that they are two, and why.
duplicate_pair = Table(
    "duplicate_pair",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("first", ForeignKey(offer.c.id), nullable=False),
    Column("second", ForeignKey(offer.c.id), nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("score", Double, nullable=False),
    Column("parts", LargeBinary, nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
    Column("decided_by", String(120), nullable=True),
    Column("decided_at", UtcDateTime, nullable=True),
    Column("reason", Text, nullable=True),
    UniqueConstraint("first", "second"),
    Index(None, "state", "score", "id"),
)
# Errors that readers reported. The digest is there while a report is open: the same words are one
# report until it is resolved.
error_report = Table(
    "error_report",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("offer_id", ForeignKey(offer.c.id), nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", String(20), nullable=False),
    Column("pointer", String(200), nullable=True),
    Column("message", Text, nullable=False),
    Column("contact", String(254), nullable=True),
    Column("digest", LargeBinary, nullable=True),
    Column("received_at", UtcDateTime, nullable=False, index=True),
    Column("resolved_by", String(120), nullable=True),
    Column("resolved_at", UtcDateTime, nullable=True, index=True),
    Column("outcome", String(20), nullable=True),
    Column("reason", Text, nullable=True),
    UniqueConstraint("offer_id", "digest"),
)
# Figures of each day, made by the worker; and texts that found nothing, kept once enough asked.
statistic = Table(
    "statistic",
    metadata,
    Column("day", Date, primary_key=True),
    Column("figure", String(60), primary_key=True),
    Column("key", String(160), primary_key=True),
    Column("value", Double, nullable=False),
)
unanswered_search = Table(
    "unanswered_search",
    metadata,
    Column("day", Date, primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("asked", Integer, nullable=False),
    Column("text", Text, nullable=True),
)
outbox = outbox_table(metadata)
dead_letter = dead_letter_table(metadata)
idempotency = idempotency_table(metadata)
