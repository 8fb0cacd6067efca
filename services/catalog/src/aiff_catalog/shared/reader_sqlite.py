"""The read side on SQLite: direct calls on one read-only connection, constant statements.

A point query takes tens of microseconds, less than handing it to another thread would.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from aiff_catalog.exchange.application.change_feed import ChangesRead, OfferChange, Standing
from aiff_catalog.offers.adapters import reads as statements
from aiff_catalog.offers.adapters.listings import listing_of, listings_statement
from aiff_catalog.offers.application.listings import Listing, ListingQuery
from aiff_catalog.offers.application.ports import (
    DatabaseUnavailableError,
    Gone,
    Moved,
    StoredDocument,
)
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.offers.domain.organisation import Provider
from aiff_catalog.offers.domain.revision import Revision
from aiff_catalog.search.adapters.database import beginning, listed_page, listing, suggested
from aiff_catalog.search.domain.queries import SearchPage, SearchQuery, Suggestions
from aiff_contracts.offer import OfferContent


class SqliteReads:
    """Reads the catalogue's file; it is opened with the first question."""

    def __init__(self, path: Path) -> None:
        """Keep the file's name."""
        self._path = path
        self._connection: sqlite3.Connection | None = None

    async def offer(self, reference: str) -> StoredDocument | Moved | Gone | None:
        """Return what an id or slug leads to, with at most two statements."""
        wanted = statements.key(reference)
        row = self._one(statements.document_statement(reference), wanted)
        if row is None:
            return statements.whereabouts(self._one(statements.WHEREABOUTS, wanted))
        return statements.document(row)

    async def working_copy(self, reference: str, limited_to: str | None) -> Offer | None:
        """Return an offer in any state, with at most three statements."""
        row = self._one(statements.WORKING_COPY, statements.key(reference))
        if row is None or not self._may_see(row[0], limited_to):
            return None
        return statements.working_copy(row, self._all(statements.FORMER_SLUGS, row[0]))

    async def offer_id(self, reference: str, limited_to: str | None) -> UUID | None:
        """Return the id of an offer in any state, with at most two statements."""
        row = self._one(statements.OFFER_ID, statements.key(reference))
        if row is None or not self._may_see(row[0], limited_to):
            return None
        return UUID(row[0])

    async def revisions(self, offer_id: UUID, before: int | None, limit: int) -> Sequence[Revision]:
        """Return an offer's revisions, newest first."""
        highest = statements.HIGHEST if before is None else before
        rows = self._all(statements.REVISIONS, str(offer_id), highest, limit)
        return [statements.revision(offer_id, row) for row in rows]

    async def text_at(self, offer_id: UUID, number: int) -> OfferContent | None:
        """Return the text that an offer had at a number of its history."""
        rows = self._all(statements.TEXT_AT, str(offer_id), number)
        return statements.text(rows[0] if rows else None)

    async def listings(self, query: ListingQuery) -> Sequence[Listing]:
        """Return offers in any state, with one statement."""
        statement, values = listings_statement(query)
        return [listing_of(row) for row in self._all(statement, *values)]

    async def organisations(self, after: str, limit: int) -> Sequence[Provider]:
        """Return organisations in the order of their slugs."""
        rows = self._all(statements.ORGANISATIONS, after, limit)
        return [statements.provider(row) for row in rows]

    async def organisation(self, slug: str) -> Provider | None:
        """Return an organisation."""
        row = self._one(statements.ORGANISATION, slug)
        return None if row is None else statements.provider(row)

    async def listed(self, query: SearchQuery, now: datetime) -> SearchPage:
        """Return published offers without the search index, with one statement."""
        statement, values = listing(query)
        return listed_page(self._all(statement, *values), query, now)

    async def suggested(self, text: str, limit: int) -> Suggestions:
        """Return how a text could go on without the search index, with one statement."""
        statement, values = beginning(text)
        return suggested(self._all(statement, *values), text, limit)

    async def descriptions(self, offer_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the descriptions of published offers, with one statement."""
        if not offer_ids:
            return {}
        rows = self._all(statements.bodies_statement(len(offer_ids)), *offer_ids)
        return statements.descriptions(rows)

    async def changes(self, after: int, limit: int) -> ChangesRead:
        """Return the changes after a position, with one statement."""
        return statements.changes(self._all(statements.CHANGES, after, limit))

    async def recent_changes(self, limit: int) -> Sequence[OfferChange]:
        """Return the newest changes, with one statement."""
        rows = self._all(statements.RECENT_CHANGES, limit)
        return [statements.change(row) for row in rows]

    async def published_count(self) -> int:
        """Return how many offers are published."""
        count: int = (self._all(statements.PUBLISHED_COUNT))[0][0]
        return count

    async def addresses(self, offset: int, limit: int) -> Sequence[tuple[str, datetime]]:
        """Return slugs and last changes of published offers."""
        return statements.addresses(self._all(statements.ADDRESSES, offset, limit))

    async def standing(self) -> Standing:
        """Return where the catalogue stands, with one statement."""
        return statements.standing((self._all(statements.STANDING))[0])

    async def documents(self, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return documents of published offers in the order of their ids."""
        return self._all(statements.DOCUMENTS, after, limit)

    async def texts(self, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return texts of published offers in the order of their ids."""
        return self._all(statements.TEXTS, after, limit)

    async def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _may_see(self, offer_id: str, limited_to: str | None) -> bool:
        return limited_to is None or bool(self._all(statements.PROVIDES, offer_id, limited_to))

    def _one(self, statement: str, value: str) -> Any:
        rows = self._all(statement, value)
        return rows[0] if rows else None

    def _all(self, statement: str, *values: object) -> list[Any]:
        try:
            return self._open().execute(statement, [_stored(one) for one in values]).fetchall()
        except sqlite3.OperationalError as error:
            raise DatabaseUnavailableError from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            address = f"{self._path.absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        return self._connection


def _stored(value: object) -> object:
    """Return an instant in the form in which SQLite holds it; anything else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value
