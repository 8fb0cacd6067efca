"""The read side on PostgreSQL: asyncpg with its own pool, constant statements kept prepared.

One row by its key costs a third of what SQLAlchemy would add to the same driver, and this is
the path that every reader takes; writes go through SQLAlchemy and psycopg.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url

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

_POOL = 10
_SECONDS_TO_CONNECT = 3.0
_SECONDS_TO_ANSWER = 5.0
# The server itself gives up a moment before the client does, so that no query goes on unread.
_SERVER = {"statement_timeout": "4500", "application_name": "aiff-catalog-reads"}
# A connection that ended, because the server did: the next one of the pool is a new one.
_ENDED = (asyncpg.InterfaceError, asyncpg.PostgresConnectionError, ConnectionError)
_AWAY = (
    *_ENDED,
    OSError,
    TimeoutError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
)


class PostgresReads:
    """Reads the catalogue's database; the pool is opened with the first question."""

    def __init__(self, url: str) -> None:
        """Keep the address, in the form that SQLAlchemy takes."""
        parsed = make_url(url).set(drivername="postgresql")
        self._address = parsed.render_as_string(hide_password=False)
        self._pool: Any = None
        self._opening = asyncio.Lock()

    async def offer(self, reference: str) -> StoredDocument | Moved | Gone | None:
        """Return what an id or slug leads to, with at most two statements."""
        wanted = statements.key(reference)
        row = await self._one(statements.document_statement(reference), wanted)
        if row is None:
            return statements.whereabouts(await self._one(statements.WHEREABOUTS, wanted))
        return statements.document(row)

    async def working_copy(self, reference: str, limited_to: str | None) -> Offer | None:
        """Return an offer in any state, with at most three statements."""
        row = await self._one(statements.WORKING_COPY, statements.key(reference))
        if row is None or not await self._may_see(row[0], limited_to):
            return None
        return statements.working_copy(row, await self._all(statements.FORMER_SLUGS, row[0]))

    async def offer_id(self, reference: str, limited_to: str | None) -> UUID | None:
        """Return the id of an offer in any state, with at most two statements."""
        row = await self._one(statements.OFFER_ID, statements.key(reference))
        if row is None or not await self._may_see(row[0], limited_to):
            return None
        return UUID(row[0])

    async def revisions(self, offer_id: UUID, before: int | None, limit: int) -> Sequence[Revision]:
        """Return an offer's revisions, newest first."""
        highest = statements.HIGHEST if before is None else before
        rows = await self._all(statements.REVISIONS, str(offer_id), highest, limit)
        return [statements.revision(offer_id, row) for row in rows]

    async def text_at(self, offer_id: UUID, number: int) -> OfferContent | None:
        """Return the text that an offer had at a number of its history."""
        rows = await self._all(statements.TEXT_AT, str(offer_id), number)
        return statements.text(rows[0] if rows else None)

    async def listings(self, query: ListingQuery) -> Sequence[Listing]:
        """Return offers in any state, with one statement."""
        statement, values = listings_statement(query)
        return [listing_of(row) for row in await self._all(statement, *values)]

    async def organisations(self, after: str, limit: int) -> Sequence[Provider]:
        """Return organisations in the order of their slugs."""
        rows = await self._all(statements.ORGANISATIONS, after, limit)
        return [statements.provider(row) for row in rows]

    async def organisation(self, slug: str) -> Provider | None:
        """Return an organisation."""
        row = await self._one(statements.ORGANISATION, slug)
        return None if row is None else statements.provider(row)

    async def listed(self, query: SearchQuery, now: datetime) -> SearchPage:
        """Return published offers without the search index, with one statement."""
        statement, values = listing(query)
        return listed_page(await self._all(statement, *values), query, now)

    async def suggested(self, text: str, limit: int) -> Suggestions:
        """Return how a text could go on without the search index, with one statement."""
        statement, values = beginning(text)
        return suggested(await self._all(statement, *values), text, limit)

    async def descriptions(self, offer_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the descriptions of published offers, with one statement."""
        if not offer_ids:
            return {}
        rows = await self._all(statements.bodies_statement(len(offer_ids)), *offer_ids)
        return statements.descriptions(rows)

    async def changes(self, after: int, limit: int) -> ChangesRead:
        """Return the changes after a position, with one statement."""
        return statements.changes(await self._all(statements.CHANGES, after, limit))

    async def recent_changes(self, limit: int) -> Sequence[OfferChange]:
        """Return the newest changes, with one statement."""
        rows = await self._all(statements.RECENT_CHANGES, limit)
        return [statements.change(row) for row in rows]

    async def published_count(self) -> int:
        """Return how many offers are published."""
        count: int = (await self._all(statements.PUBLISHED_COUNT))[0][0]
        return count

    async def addresses(self, offset: int, limit: int) -> Sequence[tuple[str, datetime]]:
        """Return slugs and last changes of published offers."""
        return statements.addresses(await self._all(statements.ADDRESSES, offset, limit))

    async def standing(self) -> Standing:
        """Return where the catalogue stands, with one statement."""
        return statements.standing((await self._all(statements.STANDING))[0])

    async def documents(self, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return documents of published offers in the order of their ids."""
        return await self._all(statements.DOCUMENTS, after, limit)

    async def texts(self, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return texts of published offers in the order of their ids."""
        return await self._all(statements.TEXTS, after, limit)

    async def close(self) -> None:
        """Close the connections, those in use too."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

    async def _may_see(self, offer_id: str, limited_to: str | None) -> bool:
        if limited_to is None:
            return True
        return bool(await self._all(statements.PROVIDES, offer_id, limited_to))

    async def _one(self, statement: str, value: str) -> Any:
        rows = await self._all(statement, value)
        return rows[0] if rows else None

    async def _all(self, statement: str, *values: object) -> Sequence[Any]:
        """Ask once more where the connection had ended, as all do when the server restarts."""
        numbered = statement.replace("?", "$")
        try:
            try:
                return await self._fetch(numbered, values)
            except _ENDED:
                return await self._fetch(numbered, values)
        except _AWAY as error:
            raise DatabaseUnavailableError from error

    async def _fetch(self, statement: str, values: tuple[object, ...]) -> Sequence[Any]:
        pool = self._pool or await self._open()
        async with pool.acquire(timeout=_SECONDS_TO_CONNECT) as connection:
            found: Sequence[Any] = await connection.fetch(statement, *values)
        return found

    async def _open(self) -> Any:
        """Open the pool, without a connection yet: the first question makes the first one."""
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._address,
                    min_size=0,
                    max_size=_POOL,
                    timeout=_SECONDS_TO_CONNECT,
                    command_timeout=_SECONDS_TO_ANSWER,
                    server_settings=_SERVER,
                )
        return self._pool
