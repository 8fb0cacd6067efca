"""The tables of what is about a person beside the account itself."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from aiff_gateway.shared.tables import METADATA
from aiff_kit.db import UtcDateTime, UuidText

ACCOUNT_LINK = Table(
    "account_link",
    METADATA,
    Column("id", UuidText, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("email", String(254), nullable=False),
    Column("person", UuidText, ForeignKey("account.id", ondelete="CASCADE"), index=True),
    Column("language", String(2), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Index(None, "email", "created_at"),
)
