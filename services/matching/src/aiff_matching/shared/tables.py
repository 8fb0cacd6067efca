"""The service's tables, the same on SQLite and PostgreSQL."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from aiff_kit.db import UtcDateTime, UuidText, new_metadata
from aiff_kit.http import idempotency_table
from aiff_kit.outbox import dead_letter_table, inbox_table, outbox_table

metadata = new_metadata()

# The copy of the published offers: a projection of events that can be built again. The sentence
# vector (float32) is computed afterwards, and again when `vector_due` says so.
offer = Table(
    "offer",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("slug", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("vector", LargeBinary),
    Column("vector_model", String(80)),
    Column("vector_due", Boolean, nullable=False, index=True),
    # All that tells whether a row is another one than before, without its text and its vector.
    Index(None, "id", "version", "vector_model", "vector_due"),
)
# A copy in the making, beside the one in use; `document` is null for a withdrawn offer.
offer_fresh = Table(
    "offer_fresh",
    metadata,
    Column("rebuild", UuidText, primary_key=True),
    Column("id", UuidText, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("event_id", UuidText, nullable=False),
    Column("slug", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", LargeBinary, nullable=True),
)
# One row: how often the copy changed. A process compares it with what it holds in memory.
projection = Table(
    "projection",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("revision", BigInteger, nullable=False),
)
startup = Table(
    "startup",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("tenant", String(160), nullable=False, index=True),
    Column("profile", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
need = Table(
    "need",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("startup_id", ForeignKey(startup.c.id), nullable=False, index=True),
    Column("tenant", String(160), nullable=False),
    Column("need", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
# Every verdict shown for a stored need, with the versions that it was made from.
decision = Table(
    "decision",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("need_id", ForeignKey(need.c.id), nullable=False, index=True),
    Column("need_version", Integer, nullable=False),
    Column("profile_hash", String(64), nullable=False),
    Column("offer_id", UuidText, nullable=False, index=True),
    Column("offer_version", Integer, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("position", Integer, nullable=False),
    Column("shown_at", UtcDateTime, nullable=False),
)
# Requests for introductions: the document, and beside it what lists and the clock look for.
# `open_key` names need and offer while the request is open, so that there are never two.
introduction = Table(
    "introduction",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("tenant", String(160), nullable=False, index=True),
    Column("startup_id", ForeignKey(startup.c.id), nullable=False, index=True),
    Column("need_id", ForeignKey(need.c.id), nullable=False, index=True),
    Column("offer_id", UuidText, nullable=False),
    Column("provider", String(80), nullable=False, index=True),
    Column("state", String(20), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("open_key", String(80), unique=True),
    Column("due_at", UtcDateTime, index=True),
    Column("document", LargeBinary, nullable=False),
)
# Every decision about a request, one row each, for learning what helps whom.
introduction_step = Table(
    "introduction_step",
    metadata,
    Column("introduction_id", ForeignKey(introduction.c.id), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("action", String(30), nullable=False),
    Column("role", String(20), nullable=False),
    Column("subject", String(160), nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(40)),
    Column("at", UtcDateTime, nullable=False),
)
# What the ratings of an offer add up to. They stay when who gave them is deleted: they name nobody.
offer_rating = Table(
    "offer_rating",
    metadata,
    Column("offer_id", UuidText, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("total", Integer, nullable=False),
)
# How the owner of a need wants to be told (`settings`), and the number of its last event.
watch = Table(
    "watch",
    metadata,
    Column("need_id", ForeignKey(need.c.id), primary_key=True),
    Column("settings", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)
# How an offer stood for a need when it was last judged. A pair that is no match has no row.
standing = Table(
    "standing",
    metadata,
    Column("need_id", ForeignKey(need.c.id), primary_key=True),
    Column("offer_id", UuidText, primary_key=True, index=True),
    Column("slug", String(80), nullable=False),
    Column("standing", Text, nullable=False),
)
# What is to be judged again. `revision` counts how often it became due, so that what comes while
# it is judged is not lost; `silent` makes the first standings of a need without telling them.
due = Table(
    "due",
    metadata,
    Column("subject", String(10), primary_key=True),
    Column("id", UuidText, primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("silent", Boolean, nullable=False),
)
# One row: up to which instant the passing of time has been judged.
clock_reached = Table(
    "clock_reached",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("reached", UtcDateTime, nullable=False),
)
alert = Table(
    "alert",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("need_id", ForeignKey(need.c.id), nullable=False),
    Column("offer_id", UuidText, nullable=False),
    Column("line", Text, nullable=False),
    Column("due_at", UtcDateTime, nullable=True, index=True),
    Column("read_at", UtcDateTime, nullable=True),
    Index("ix_alert_need_id_offer_id", "need_id", "offer_id"),
)
# What partners look for among start-ups.
partner_search = Table(
    "partner_search",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("organisation", String(80), nullable=False, index=True),
    Column("search", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
# Consents of start-ups to be found, with their history; `found` is whether one is in force.
discoverability = Table(
    "discoverability",
    metadata,
    Column("startup_id", ForeignKey(startup.c.id), primary_key=True),
    Column("found", Boolean, nullable=False, index=True),
    Column("document", LargeBinary, nullable=False),
)
# Which organisation saw which start-up, how often, first and last.
startup_view = Table(
    "startup_view",
    metadata,
    Column("startup_id", ForeignKey(startup.c.id), primary_key=True),
    Column("organisation", String(80), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)
# The catalogue's vocabularies as its last event told them; without a row the packaged one holds.
vocabulary = Table(
    "vocabulary",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("edition", Integer, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("entries", LargeBinary, nullable=False),
)
# The attention that answers gave to each provider, a row a day; and who yields near ties.
# How many needs are covered to which level, by group, each day: groups of a few are not there.
coverage = Table(
    "coverage",
    metadata,
    Column("day", Date, primary_key=True),
    Column("grouping", String(20), primary_key=True),
    Column("key", String(60), primary_key=True),
    Column("level", String(20), primary_key=True),
    Column("needs", Integer, nullable=False),
)
exposure = Table(
    "exposure",
    metadata,
    Column("day", Date, primary_key=True),
    Column("provider", String(80), primary_key=True),
    Column("attention", Float, nullable=False),
)
over_exposed = Table("over_exposed", metadata, Column("provider", String(80), primary_key=True))
outbox = outbox_table(metadata)
inbox = inbox_table(metadata)
dead_letter = dead_letter_table(metadata)
idempotency = idempotency_table(metadata)
