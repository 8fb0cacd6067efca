"""Offers and organisations as they are read: constant statements, and what rows become."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from aiff_catalog.offers.adapters.listings import listing_of, listings_statement
from aiff_catalog.offers.adapters.rows import COLUMNS, offer_of
from aiff_catalog.offers.application.listings import Listing, ListingQuery
from aiff_catalog.offers.application.ports import Gone, Moved, StoredDocument
from aiff_catalog.offers.domain.offer import Offer, offer_id_of
from aiff_catalog.offers.domain.organisation import Provider
from aiff_catalog.offers.domain.pending import Comment
from aiff_catalog.offers.domain.revision import Change, Revision
from aiff_catalog.shared.reading import DatabaseReader, instant
from aiff_catalog.shared.schedule import load_schedule
from aiff_contracts.codec import parse_json
from aiff_contracts.offer import OfferContent, Organisation

_DOCUMENT = "SELECT offer_id, slug, version, body, schedule FROM offer_document WHERE "
_DOCUMENT_BY_SLUG = _DOCUMENT + "slug = ?1"
_DOCUMENT_BY_ID = _DOCUMENT + "offer_id = ?1"
_WHEREABOUTS = """
SELECT o.slug, o.state, o.withdrawal_reason, o.withdrawn_at, o.published_at, kept.slug
FROM offer AS o LEFT JOIN offer AS kept ON kept.id = o.merged_into
WHERE o.id = ?1 OR o.slug = ?1 OR o.id = (SELECT offer_id FROM former_slug WHERE slug = ?1)
"""
_OFFER_COLUMNS = ", ".join(COLUMNS)
_WORKING_COPY = f"SELECT {_OFFER_COLUMNS} FROM offer WHERE id = ?1 OR slug = ?1"  # noqa: S608
_FORMER_SLUGS = "SELECT slug FROM former_slug WHERE offer_id = ?1 ORDER BY slug"
_OFFER_ID = "SELECT id FROM offer WHERE id = ?1 OR slug = ?1"
_PROVIDES = """
SELECT 1 FROM offer_organisation WHERE offer_id = ?1 AND organisation = ?2 AND role = 'provider'
"""
_REVISION = """
SELECT number, action, author, at, reason, changes, comments FROM offer_revision
WHERE offer_id = ?1 AND """
_REVISIONS = _REVISION + "number < ?2 ORDER BY number DESC LIMIT ?3"
_PUBLICATIONS = _REVISION + "action = 'published' ORDER BY number DESC LIMIT ?2"
_TEXT_AT = """
SELECT content FROM offer_revision WHERE offer_id = ?1 AND number <= ?2 AND content IS NOT NULL
ORDER BY number DESC LIMIT 1
"""
_ORGANISATIONS = """
SELECT version, content, updated_at FROM organisation WHERE slug > ?1 ORDER BY slug LIMIT ?2
"""
_ORGANISATION = "SELECT version, content, updated_at FROM organisation WHERE slug = ?1"
# Above every number of a revision; the column is a 32-bit integer on PostgreSQL.
_HIGHEST = 2**31 - 1


class SqlOfferReads:
    """Reads offers in any state; the hot path is one row by its key."""

    def __init__(self, reader: DatabaseReader) -> None:
        """Keep what reads rows."""
        self._reader = reader

    async def offer(self, reference: str) -> StoredDocument | Moved | Gone | None:
        """Return what an id or slug leads to, with at most two statements."""
        wanted = _key(reference)
        row = await self._reader.row(_document_statement(reference), wanted)
        if row is None:
            return _whereabouts(await self._reader.row(_WHEREABOUTS, wanted))
        return _document(row)

    async def working_copy(self, reference: str, limited_to: str | None) -> Offer | None:
        """Return an offer in any state, with at most three statements."""
        row = await self._reader.row(_WORKING_COPY, _key(reference))
        if row is None or not await self._may_see(row[0], limited_to):
            return None
        return _working_copy(row, await self._reader.rows(_FORMER_SLUGS, row[0]))

    async def offer_id(self, reference: str, limited_to: str | None) -> UUID | None:
        """Return the id of an offer in any state, with at most two statements."""
        row = await self._reader.row(_OFFER_ID, _key(reference))
        if row is None or not await self._may_see(row[0], limited_to):
            return None
        return UUID(row[0])

    async def revisions(self, offer_id: UUID, before: int | None, limit: int) -> Sequence[Revision]:
        """Return an offer's revisions, newest first."""
        highest = _HIGHEST if before is None else before
        rows = await self._reader.rows(_REVISIONS, str(offer_id), highest, limit)
        return [_revision(offer_id, row) for row in rows]

    async def publications(self, offer_id: UUID, limit: int) -> Sequence[Revision]:
        """Return the revisions that published a text, newest first."""
        rows = await self._reader.rows(_PUBLICATIONS, str(offer_id), limit)
        return [_revision(offer_id, row) for row in rows]

    async def text_at(self, offer_id: UUID, number: int) -> OfferContent | None:
        """Return the text that an offer had at a number of its history."""
        rows = await self._reader.rows(_TEXT_AT, str(offer_id), number)
        return _text(rows[0] if rows else None)

    async def listings(self, query: ListingQuery) -> Sequence[Listing]:
        """Return offers in any state, with one statement."""
        statement, values = listings_statement(query)
        return [listing_of(row) for row in await self._reader.rows(statement, *values)]

    async def _may_see(self, offer_id: str, limited_to: str | None) -> bool:
        if limited_to is None:
            return True
        return bool(await self._reader.rows(_PROVIDES, offer_id, limited_to))


class SqlOrganisationReads:
    """Reads organisations."""

    def __init__(self, reader: DatabaseReader) -> None:
        """Keep what reads rows."""
        self._reader = reader

    async def organisations(self, after: str, limit: int) -> Sequence[Provider]:
        """Return organisations in the order of their slugs."""
        rows = await self._reader.rows(_ORGANISATIONS, after, limit)
        return [_provider(row) for row in rows]

    async def organisation(self, slug: str) -> Provider | None:
        """Return an organisation."""
        row = await self._reader.row(_ORGANISATION, slug)
        return None if row is None else _provider(row)


def _document_statement(reference: str) -> str:
    """Return the statement that reads the document of an id or slug."""
    return _DOCUMENT_BY_SLUG if offer_id_of(reference) is None else _DOCUMENT_BY_ID


def _key(reference: str) -> str:
    """Return the stored form of an id or slug."""
    return str(offer_id_of(reference) or reference)


def _document(row: Sequence[Any]) -> StoredDocument:
    """Return a document as the hot path needs it."""
    offer_id, slug, version, body, schedule = row
    return StoredDocument(
        offer_id=offer_id,
        slug=slug,
        version=version,
        body=body,
        schedule=load_schedule(schedule),
    )


def _whereabouts(row: Sequence[Any] | None) -> Moved | Gone | None:
    """Return what an id or slug without a document leads to; what never was public is unknown."""
    if row is None or row[4] is None:
        return None
    slug, state, reason, withdrawn_at, _, kept = row
    if state == "published" or kept is not None:
        return Moved(kept or slug)
    return Gone(slug, state, reason, instant(withdrawn_at))


def _working_copy(row: Sequence[Any], former: Sequence[Any]) -> Offer:
    """Return an offer in any state."""
    return offer_of(dict(zip(COLUMNS, row, strict=True)), [one[0] for one in former])


def _text(row: Sequence[Any] | None) -> OfferContent | None:
    """Return a text of the history."""
    return None if row is None else parse_json(OfferContent, row[0])


def _revision(offer_id: UUID, row: Sequence[Any]) -> Revision:
    """Return a revision of an offer, without its text."""
    number, action, author, at, reason, changes, comments = row
    return Revision(
        offer_id=offer_id,
        number=number,
        action=action,
        author=author,
        at=instant(at),
        reason=reason,
        changes=tuple(Change(*change) for change in orjson.loads(changes)),
        comments=tuple(Comment(**one) for one in orjson.loads(comments or b"[]")),
    )


def _provider(row: Sequence[Any]) -> Provider:
    """Return an organisation."""
    version, content, updated_at = row
    return Provider(
        organisation=parse_json(Organisation, content),
        version=version,
        updated_at=instant(updated_at),
    )
