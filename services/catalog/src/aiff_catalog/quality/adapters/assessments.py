"""The stored assessments of listings, inside a transaction."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from aiff_catalog.offers.adapters.rows import COLUMNS, readable_offers, stored_text
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.adapters.looks import LOOKED_PAST
from aiff_catalog.quality.application.assessments import Assessed, WorkItem, WorkQuery
from aiff_catalog.quality.domain.findings import COSTS, Severity
from aiff_catalog.shared.tables import offer, offer_quality
from aiff_kit.db import upsert

_SEVERITIES: tuple[Severity, ...] = tuple(COSTS)
# Between blanks, as all names of checks are stored.
_UNREADABLE = " unreadable "
_SHOWN = (
    *(offer.c.id, offer.c.slug, offer.c.kind, offer.c.partner, offer.c.state),
    func.coalesce(offer.c.pending, offer.c.content).label("text"),
    *(offer_quality.c.score, offer_quality.c.severity, offer_quality.c.checks),
    *(offer_quality.c.assessed_at, offer_quality.c.claimed_by, offer_quality.c.claimed_at),
)


class SqlQuality:
    """Reads and writes `offer_quality`."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def due(self, before: datetime, changed_since: datetime | None, limit: int) -> Sequence[Offer]:
        """Return listings that were never assessed, at another version, or before an instant.

        Archived ones are nobody's work.
        """
        own, columns = offer_quality, [offer.c[name] for name in COLUMNS]
        joined = offer.outerjoin(own, own.c.offer_id == offer.c.id)
        old = or_(own.c.version.is_distinct_from(offer.c.version), own.c.assessed_at < before)
        wanted = select(*columns).select_from(joined).where(old, offer.c.state != "archived")
        if changed_since is not None:
            wanted = wanted.where(offer.c.updated_at >= changed_since)
        rows = self._connection.execute(wanted.order_by(offer.c.id).limit(limit))
        return readable_offers(
            map(dict, rows.mappings()), partial(self._put_unreadable, before), "assessing"
        )

    def put(self, item: Assessed) -> None:
        """Replace an assessment; the claim stays."""
        parts = item.quality.parts
        values = {
            "version": item.offer.version,
            "score": item.quality.score,
            "severity": min((_SEVERITIES.index(part.severity) for part in parts), default=None),
            "checks": " ".join(["", *(part.check for part in parts), ""]),
            "assessed_at": item.at,
        }
        self._put(item.offer.id, values)

    def _put(self, offer_id: UUID, values: Mapping[str, Any]) -> None:
        keys = [offer_quality.c.offer_id]
        added = upsert(self._connection, offer_quality).values(offer_id=offer_id, **values)
        self._connection.execute(added.on_conflict_do_update(index_elements=keys, set_=values))

    def _put_unreadable(self, at: datetime, row: Mapping[str, Any]) -> None:
        """Put a listing first on the work list whose text cannot be read."""
        found = {"score": 0, "severity": _SEVERITIES.index("error"), "checks": _UNREADABLE}
        self._put(row["id"], {"version": row["version"], "assessed_at": at + LOOKED_PAST, **found})

    def worst(self, query: WorkQuery) -> Sequence[WorkItem]:
        """Read a page by the index of scores."""
        own = offer_quality
        joined = own.join(offer, offer.c.id == own.c.offer_id)
        wanted = (
            select(*_SHOWN)
            .select_from(joined)
            .where(own.c.severity.is_not(None), offer.c.state != "archived", *_filters(query))
            .order_by(own.c.score, own.c.offer_id)
            .limit(query.limit)
        )
        return [_item(row) for row in self._connection.execute(wanted)]

    def claim(self, offer_id: UUID, by: str, at: datetime) -> str:
        """Claim what nobody has, and return who has it now."""
        own, is_it = offer_quality, offer_quality.c.offer_id == offer_id
        free = is_it & own.c.claimed_by.is_(None)
        self._connection.execute(update(own).where(free).values(claimed_by=by, claimed_at=at))
        holder = self._connection.execute(select(own.c.claimed_by).where(is_it)).scalar()
        return str(holder or by)

    def release(self, offer_id: UUID) -> None:
        """Forget a claim."""
        own = offer_quality
        nobody = update(own).where(own.c.offer_id == offer_id)
        self._connection.execute(nobody.values(claimed_by=None, claimed_at=None))


def _filters(query: WorkQuery) -> Iterator[ColumnElement[bool]]:
    own = offer_quality
    if query.kind is not None:
        yield offer.c.kind == query.kind
    if query.partner is not None:
        yield offer.c.partner == query.partner
    if query.check is not None:
        yield own.c.checks.contains(f" {query.check} ", autoescape=True)
    if query.claimed_by is not None:
        yield own.c.claimed_by == query.claimed_by
    if query.unclaimed:
        yield own.c.claimed_by.is_(None)
    if query.after is not None:
        score, offer_id = query.after
        same = (own.c.score == score) & (own.c.offer_id > UUID(offer_id))
        yield (own.c.score > score) | same


def _item(row: Any) -> WorkItem:
    content = stored_text(row.text)
    return WorkItem(
        id=row.id,
        slug=row.slug,
        kind=row.kind,
        partner=row.partner,
        state=row.state,
        title=content["title"],
        score=row.score,
        severity=_SEVERITIES[row.severity],
        checks=tuple(row.checks.split()),
        assessed_at=row.assessed_at,
        claimed_by=row.claimed_by,
        claimed_at=row.claimed_at,
    )
