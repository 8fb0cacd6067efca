"""The statement behind lists of offers in any state; each filter with its order has an index."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from aiff_catalog.offers.adapters.rows import stored_text
from aiff_catalog.offers.application.listings import Listing, ListingQuery
from aiff_catalog.shared.reading import instant, optional_instant

_SELECT = """
SELECT id, slug, kind, partner, state, pending_state, version, coalesce(pending, content),
updated_at, waiting_since, reviewer, publish_at FROM offer
"""
_PROVIDED = (
    "id IN (SELECT offer_id FROM offer_organisation WHERE organisation = {} AND role = 'provider')"
)


def listings_statement(query: ListingQuery) -> tuple[str, list[Any]]:
    """Return the statement and its values, numbered `?1`, `?2` and so on."""
    values: list[Any] = []

    def bound(value: Any) -> str:
        values.append(value)
        return f"?{len(values)}"

    conditions = [f"{column} = {bound(value)}" for column, value in _filters(query)]
    if query.limited_to is not None:
        conditions.append(_PROVIDED.format(bound(query.limited_to)))
    column, compared, direction = "updated_at", "<", "DESC"
    if query.order == "queue":
        column, compared, direction = "waiting_since", ">", "ASC"
        conditions.append("waiting_since IS NOT NULL")
    if query.after is not None:
        moment, offer_id = query.after
        place = f"({bound(moment)}, {bound(str(offer_id))})"
        conditions.append(f"({column}, id) {compared} {place}")
    where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
    order = f"ORDER BY {column} {direction}, id {direction} LIMIT {bound(query.limit)}"
    return f"{_SELECT}{where}{order}", values


def listing_of(row: Sequence[Any]) -> Listing:
    """Return the entry of a row."""
    return Listing(
        id=UUID(row[0]),
        slug=row[1],
        kind=row[2],
        partner=row[3],
        state=row[4],
        pending_state=row[5],
        version=row[6],
        title=stored_text(row[7])["title"],
        updated_at=instant(row[8]),
        waiting_since=optional_instant(row[9]),
        reviewer=row[10],
        publish_at=optional_instant(row[11]),
    )


def _filters(query: ListingQuery) -> Iterator[tuple[str, str]]:
    wanted = {
        "state": query.state,
        "pending_state": query.pending_state,
        "kind": query.kind,
        "partner": query.partner,
        "reviewer": query.reviewer,
    }
    yield from ((name, value) for name, value in wanted.items() if value is not None)
