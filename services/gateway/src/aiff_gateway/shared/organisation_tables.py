"""The tables of organisations."""

from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from aiff_gateway.shared.tables import METADATA
from aiff_kit.db import UtcDateTime, UuidText

ORGANISATION = Table(
    "organisation",
    METADATA,
    # It never changes: listings, private objects and keys belong to it.
    Column("slug", String(80), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)


def _person(*, key: bool = False) -> Column[UUID]:
    account = ForeignKey("account.id", ondelete="CASCADE")
    return Column("person", UuidText, account, primary_key=key, nullable=False)


def _organisation(*, key: bool = False) -> Column[str]:
    slug = ForeignKey("organisation.slug", ondelete="CASCADE")
    return Column("organisation", String(80), slug, primary_key=key, nullable=False)


ORGANISATION_MEMBER = Table(
    "organisation_member",
    METADATA,
    _organisation(key=True),
    _person(key=True),
    Column("role", String(20), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Index(None, "person"),
)

ORGANISATION_ADVISER = Table(
    "organisation_adviser",
    METADATA,
    _organisation(key=True),
    _person(key=True),
    Column("scopes", Text, nullable=False),
    # Who named them; it stays when that person is gone.
    Column("named_by", UuidText, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Index(None, "person"),
)

# Of a token only the digest is kept. A role or, for an adviser, scopes are offered.
ORGANISATION_INVITATION = Table(
    "organisation_invitation",
    METADATA,
    Column("id", UuidText, primary_key=True),
    _organisation(),
    Column("email", String(254), nullable=False),
    Column("role", String(20)),
    Column("scopes", Text, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("language", String(2), nullable=False),
    Column("invited_by", UuidText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("accepted_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    Index(None, "organisation", "id"),
    Index(None, "email"),
)

# The organisation is one of the catalogue: its slug, and its name as it was listed then.
ORGANISATION_REQUEST = Table(
    "organisation_request",
    METADATA,
    Column("id", UuidText, primary_key=True),
    Column("organisation", String(80), nullable=False),
    Column("name", String(120), nullable=False),
    _person(),
    Column("reasons", Text, nullable=False),
    Column("domain_matches", Boolean),
    Column("created_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("decided_by", UuidText),
    Column("decided_at", UtcDateTime),
    Column("decision_reason", Text),
    Index(None, "person"),
    Index(None, "state", "id"),
)
