"""The statements of the read side, the same on SQLite and PostgreSQL, and what rows become.

Values are numbered `?1`, `?2`; PostgreSQL writes `$1`, `$2`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from aiff_catalog.exchange.application.change_feed import ChangesRead, OfferChange, Standing
from aiff_catalog.offers.adapters.rows import COLUMNS, instant, offer_of
from aiff_catalog.offers.application.ports import Gone, Moved, StoredDocument, offer_id_of
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.offers.domain.organisation import Provider
from aiff_catalog.offers.domain.pending import Comment
from aiff_catalog.offers.domain.revision import Change, Revision
from aiff_catalog.shared.schedule import load_schedule
from aiff_contracts.codec import parse_json
from aiff_contracts.offer import OfferContent, Organisation

_DOCUMENT = "SELECT offer_id, slug, version, body, schedule FROM offer_document WHERE "
DOCUMENT_BY_SLUG = _DOCUMENT + "slug = ?1"
DOCUMENT_BY_ID = _DOCUMENT + "offer_id = ?1"
WHEREABOUTS = """
SELECT o.slug, o.state, o.withdrawal_reason, o.withdrawn_at, o.published_at, kept.slug
FROM offer AS o LEFT JOIN offer AS kept ON kept.id = o.merged_into
WHERE o.id = ?1 OR o.slug = ?1 OR o.id = (SELECT offer_id FROM former_slug WHERE slug = ?1)
"""
_OFFER_COLUMNS = ", ".join(COLUMNS)
WORKING_COPY = f"SELECT {_OFFER_COLUMNS} FROM offer WHERE id = ?1 OR slug = ?1"  # noqa: S608
FORMER_SLUGS = "SELECT slug FROM former_slug WHERE offer_id = ?1 ORDER BY slug"
OFFER_ID = "SELECT id FROM offer WHERE id = ?1 OR slug = ?1"
PROVIDES = """
SELECT 1 FROM offer_organisation WHERE offer_id = ?1 AND organisation = ?2 AND role = 'provider'
"""
REVISIONS = """
SELECT number, action, author, at, reason, changes, comments FROM offer_revision
WHERE offer_id = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3
"""
TEXT_AT = """
SELECT content FROM offer_revision WHERE offer_id = ?1 AND number <= ?2 AND content IS NOT NULL
ORDER BY number DESC LIMIT 1
"""
ORGANISATIONS = """
SELECT version, content, updated_at FROM organisation WHERE slug > ?1 ORDER BY slug LIMIT ?2
"""
ORGANISATION = "SELECT version, content, updated_at FROM organisation WHERE slug = ?1"
# One statement, so that what was forgotten and what is there are of one moment; without a change
# after the position, one row tells of the counter alone.
CHANGES = """
SELECT n.newest, n.forgotten, c.position, c.offer_id, c.slug, c.version, c.state, c.reason, c.at,
    d.body
FROM change_counter AS n
LEFT JOIN (SELECT * FROM offer_change WHERE position > ?1 ORDER BY position LIMIT ?2) AS c ON 1 = 1
LEFT JOIN offer_document AS d ON d.offer_id = c.offer_id
ORDER BY c.position
"""
RECENT_CHANGES = """
SELECT c.position, c.offer_id, c.slug, c.version, c.state, c.reason, c.at, d.body
FROM (
    SELECT * FROM offer_change WHERE position IS NOT NULL ORDER BY position DESC LIMIT ?1
) AS c LEFT JOIN offer_document AS d ON d.offer_id = c.offer_id
ORDER BY c.position DESC
"""
PUBLISHED_COUNT = "SELECT count(*) FROM offer_document"
ADDRESSES = """
SELECT slug, updated_at FROM offer_document ORDER BY offer_id LIMIT ?2 OFFSET ?1
"""
# What readers see follows from the offers and from the organisations.
STANDING = """
SELECT newest, forgotten,
    (SELECT at FROM offer_change WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1),
    (SELECT max(updated_at) FROM organisation)
FROM change_counter
"""
DOCUMENTS = """
SELECT offer_id, body FROM offer_document WHERE offer_id > ?1 ORDER BY offer_id LIMIT ?2
"""
TEXTS = """
SELECT id, content FROM offer WHERE state = 'published' AND id > ?1 ORDER BY id LIMIT ?2
"""
# Above every number of a revision; the column is a 32-bit integer on PostgreSQL.
HIGHEST = 2**31 - 1


def document_statement(reference: str) -> str:
    """Return the statement that reads the document of an id or slug."""
    return DOCUMENT_BY_SLUG if offer_id_of(reference) is None else DOCUMENT_BY_ID


def bodies_statement(count: int) -> str:
    """Return the statement that reads so many documents."""
    places = ", ".join(f"?{number}" for number in range(1, count + 1))
    return f"SELECT offer_id, body FROM offer_document WHERE offer_id IN ({places})"  # noqa: S608


def descriptions(rows: Sequence[Any]) -> dict[str, dict[str, str]]:
    """Return the descriptions of documents, by id and language."""
    found = {offer_id: orjson.loads(body).get("description") for offer_id, body in rows}
    return {offer_id: text for offer_id, text in found.items() if text}


def key(reference: str) -> str:
    """Return the stored form of an id or slug."""
    return str(offer_id_of(reference) or reference)


def document(row: Sequence[Any]) -> StoredDocument:
    """Return a document as the hot path needs it."""
    offer_id, slug, version, body, schedule = row
    return StoredDocument(
        offer_id=offer_id,
        slug=slug,
        version=version,
        body=body,
        schedule=load_schedule(schedule),
    )


def whereabouts(row: Sequence[Any] | None) -> Moved | Gone | None:
    """Return what an id or slug without a document leads to; what never was public is unknown."""
    if row is None or row[4] is None:
        return None
    slug, state, reason, withdrawn_at, _, kept = row
    if state == "published" or kept is not None:
        return Moved(kept or slug)
    return Gone(slug, state, reason, instant(withdrawn_at))


def working_copy(row: Sequence[Any], former: Sequence[Any]) -> Offer:
    """Return an offer in any state."""
    return offer_of(dict(zip(COLUMNS, row, strict=True)), [one[0] for one in former])


def text(row: Sequence[Any] | None) -> OfferContent | None:
    """Return a text of the history."""
    return None if row is None else parse_json(OfferContent, row[0])


def revision(offer_id: UUID, row: Sequence[Any]) -> Revision:
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


def provider(row: Sequence[Any]) -> Provider:
    """Return an organisation."""
    version, content, updated_at = row
    return Provider(
        organisation=parse_json(Organisation, content),
        version=version,
        updated_at=instant(updated_at),
    )


def changes(rows: Sequence[Any]) -> ChangesRead:
    """Return the changes of a read, with what the counter said."""
    newest, forgotten = rows[0][:2]
    found = tuple(change(row[2:]) for row in rows if row[2] is not None)
    return ChangesRead(newest=newest, forgotten=forgotten, changes=found)


def addresses(rows: Sequence[Any]) -> list[tuple[str, datetime]]:
    """Return slugs and last changes."""
    return [(slug, instant(updated_at)) for slug, updated_at in rows]


def standing(row: Sequence[Any]) -> Standing:
    """Return where the catalogue stands."""
    newest, forgotten, *instants = row
    changed = [instant(one) for one in instants if one is not None]
    return Standing(newest=newest, forgotten=forgotten, changed_at=max(changed, default=None))


def change(row: Sequence[Any]) -> OfferChange:
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
