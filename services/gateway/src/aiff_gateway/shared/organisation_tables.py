"""The tables of organisations."""

from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

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
