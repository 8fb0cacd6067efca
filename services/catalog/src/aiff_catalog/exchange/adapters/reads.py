"""The whole catalogue as others read it: constant statements, and what rows become."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from aiff_catalog.exchange.application.change_feed import ChangesRead, FeedHead, OfferChange
from aiff_catalog.offers.adapters.reads import SqlOrganisationReads
from aiff_catalog.shared.reading import instant

# One statement, so that what was forgotten and what is there are of one moment; without a change
# after the position, one row tells of the counter alone.
_CHANGES = """
SELECT n.newest, n.forgotten, c.position, c.offer_id, c.slug, c.version, c.state, c.reason, c.at,
    d.body
FROM change_counter AS n
LEFT JOIN (SELECT * FROM offer_change WHERE position > ?1 ORDER BY position LIMIT ?2) AS c ON 1 = 1
LEFT JOIN offer_document AS d ON d.offer_id = c.offer_id
ORDER BY c.position
"""
_RECENT_CHANGES = """
SELECT c.position, c.offer_id, c.slug, c.version, c.state, c.reason, c.at, d.body
FROM (
    SELECT * FROM offer_change WHERE position IS NOT NULL ORDER BY position DESC LIMIT ?1
) AS c LEFT JOIN offer_document AS d ON d.offer_id = c.offer_id
ORDER BY c.position DESC
"""
_PUBLISHED_COUNT = "SELECT count(*) FROM offer_document"
_ADDRESSES = """
SELECT slug, updated_at FROM offer_document ORDER BY offer_id LIMIT ?2 OFFSET ?1
"""
# What readers see follows from the offers and from the organisations.
_HEAD = """
SELECT newest, forgotten,
    (SELECT at FROM offer_change WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1),
    (SELECT max(updated_at) FROM organisation)
FROM change_counter
"""
_DOCUMENTS = """
SELECT offer_id, body FROM offer_document WHERE offer_id > ?1 ORDER BY offer_id LIMIT ?2
"""
_TEXTS = """
SELECT id, content FROM offer WHERE state = 'published' AND id > ?1 ORDER BY id LIMIT ?2
"""


class SqlExchangeReads(SqlOrganisationReads):
    """Reads the whole catalogue, for those who copy or follow it."""

    async def changes(self, after: int, limit: int) -> ChangesRead:
        """Return the changes after a position, with one statement."""
        return _changes(await self._reader.rows(_CHANGES, after, limit))

    async def recent_changes(self, limit: int) -> Sequence[OfferChange]:
        """Return the newest changes, with one statement."""
        rows = await self._reader.rows(_RECENT_CHANGES, limit)
        return [_change(row) for row in rows]

    async def published_count(self) -> int:
        """Return how many offers are published."""
        count: int = (await self._reader.rows(_PUBLISHED_COUNT))[0][0]
        return count

    async def addresses(self, offset: int, limit: int) -> Sequence[tuple[str, datetime]]:
        """Return slugs and last changes of published offers."""
        return _addresses(await self._reader.rows(_ADDRESSES, offset, limit))

    async def head(self) -> FeedHead:
        """Return where the catalogue stands, with one statement."""
        return _head((await self._reader.rows(_HEAD))[0])

    async def documents(self, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return documents of published offers in the order of their ids."""
        return await self._reader.rows(_DOCUMENTS, after, limit)

    async def texts(self, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return texts of published offers in the order of their ids."""
        return await self._reader.rows(_TEXTS, after, limit)


def _changes(rows: Sequence[Any]) -> ChangesRead:
    """Return the changes of a read, with what the counter said."""
    newest, forgotten = rows[0][:2]
    changes = tuple(_change(row[2:]) for row in rows if row[2] is not None)
    return ChangesRead(newest=newest, forgotten=forgotten, changes=changes)


def _addresses(rows: Sequence[Any]) -> list[tuple[str, datetime]]:
    """Return slugs and last changes."""
    return [(slug, instant(updated_at)) for slug, updated_at in rows]


def _head(row: Sequence[Any]) -> FeedHead:
    """Return where the catalogue stands."""
    newest, forgotten, *instants = row
    changed = [instant(one) for one in instants if one is not None]
    return FeedHead(newest=newest, forgotten=forgotten, changed_at=max(changed, default=None))


def _change(row: Sequence[Any]) -> OfferChange:
    """Return a change."""
    position, offer_id, slug, version, state, reason, at, body = row
    return OfferChange(
        position=position,
        offer_id=UUID(offer_id),
        slug=slug,
        version=version,
        state=state,
        reason=reason,
        at=instant(at),
        document=body,
    )
