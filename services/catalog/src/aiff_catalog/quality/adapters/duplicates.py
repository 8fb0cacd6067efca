"""Pairs of probable duplicates, inside a transaction."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, or_, select, update

from aiff_catalog.offers.adapters.rows import COLUMNS, readable_offers, stored_text
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.adapters.looks import look_past, note_look
from aiff_catalog.quality.application.duplicate_pairs import (
    Dismissal,
    Pair,
    PairedListing,
    PairQuery,
    PairView,
)
from aiff_catalog.quality.domain.likeness import LikenessPart
from aiff_catalog.shared.tables import duplicate_look, duplicate_pair, offer
from aiff_contracts.codec import adapter
from aiff_contracts.offer import Text
from aiff_kit.db import upsert

_PARTS = adapter(tuple[LikenessPart, ...])
_FIRST, _SECOND = offer.alias("one"), offer.alias("other")


class SqlDuplicates:
    """Reads and writes `duplicate_look` and `duplicate_pair`."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def due(self, changed_before: datetime, looked_before: datetime, limit: int) -> Sequence[Offer]:
        """Return listings that changed since they were looked at, or were not for long.

        Nobody asks for the twins of what was rejected.
        """
        own, columns = duplicate_look, [offer.c[name] for name in COLUMNS]
        joined = offer.outerjoin(own, own.c.offer_id == offer.c.id)
        old = or_(own.c.version.is_distinct_from(offer.c.version), own.c.looked_at < looked_before)
        settled = (offer.c.updated_at <= changed_before) & (offer.c.state != "archived")
        rejected = (offer.c.state == "unpublished") & (offer.c.pending_state == "rejected")
        wanted = select(*columns).select_from(joined).where(old, settled, ~rejected)
        rows = self._connection.execute(wanted.order_by(offer.c.id).limit(limit))
        aside = partial(look_past, self._connection, duplicate_look, looked_before)
        return readable_offers(map(dict, rows.mappings()), aside, "looking for duplicates")

    def unpublished(self, kind: str, most: int) -> Mapping[UUID, Text]:
        """Return the titles of pending texts, in one statement."""
        pending = offer.c.pending_state
        wanted = select(offer.c.id, offer.c.pending).where(
            offer.c.kind == kind, pending.is_not(None), pending != "rejected"
        )
        newest = wanted.order_by(offer.c.updated_at.desc(), offer.c.id).limit(most)
        rows = self._connection.execute(newest)
        return {row.id: Text(**orjson.loads(row.pending)["content"]["title"]) for row in rows}

    def note(self, offer: Offer, at: datetime) -> None:
        """Note that a listing was looked at in its version."""
        note_look(self._connection, duplicate_look, offer.id, offer.version, at)

    def replace(self, offer_id: UUID, pairs: Sequence[Pair]) -> None:
        """Make these the pairs of a listing; what was dismissed stays so."""
        table = duplicate_pair
        kept = [(str(one.first), str(one.second)) for one in pairs]
        rows = self._connection.execute(
            select(table.c.id, table.c.first, table.c.second).where(
                _of(offer_id), table.c.state == "open"
            )
        )
        gone = [row.id for row in rows if (str(row.first), str(row.second)) not in kept]
        self._connection.execute(delete(table).where(table.c.id.in_(gone)))
        for pair in pairs:
            self._put(pair)

    def forget(self, offer_id: UUID) -> None:
        """Forget the pairs of a listing that is gone."""
        self._connection.execute(delete(duplicate_pair).where(_of(offer_id)))

    def page(self, query: PairQuery) -> Sequence[PairView]:
        """Return pairs of listings that are not archived, the likest first, in one statement."""
        table = duplicate_pair
        columns = [
            *table.c,
            *(column for side in (_FIRST, _SECOND) for column in _shown(side)),
        ]
        wanted = _in_use(select(*columns)).where(table.c.state == query.state, *_filters(query))
        ordered = wanted.order_by(table.c.score.desc(), table.c.id).limit(query.limit)
        return [_view(row) for row in self._connection.execute(ordered)]

    def dismiss(self, pair_id: UUID, dismissal: Dismissal) -> bool:
        """Note a decision."""
        decided = {
            "state": "dismissed",
            "decided_by": dismissal.by,
            "decided_at": dismissal.at,
            "reason": dismissal.reason,
        }
        return self._decide(pair_id, decided)

    def reopen(self, pair_id: UUID) -> bool:
        """Forget a decision."""
        undecided = {"state": "open", "decided_by": None, "decided_at": None, "reason": None}
        return self._decide(pair_id, undecided)

    def twins(self, offer_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Return those of the listings that are in an open pair, in one statement."""
        table = duplicate_pair
        theirs = table.c.first.in_(offer_ids) | table.c.second.in_(offer_ids)
        wanted = _in_use(select(table.c.first, table.c.second)).where(table.c.state == "open")
        rows = self._connection.execute(wanted.where(theirs))
        return frozenset(one for row in rows for one in row).intersection(offer_ids)

    def of_pair(self, pair_id: UUID) -> Sequence[UUID]:
        """Return the listings of a pair; none where it is unknown."""
        table = duplicate_pair
        row = self._connection.execute(
            select(table.c.first, table.c.second).where(table.c.id == pair_id)
        ).one_or_none()
        return () if row is None else tuple(row)

    def _decide(self, pair_id: UUID, values: dict[str, Any]) -> bool:
        is_it = duplicate_pair.c.id == pair_id
        changed = self._connection.execute(update(duplicate_pair).where(is_it).values(values))
        return changed.rowcount > 0

    def _put(self, pair: Pair) -> None:
        values = {"score": pair.score, "parts": orjson.dumps(pair.parts)}
        added = upsert(self._connection, duplicate_pair).values(
            id=pair.id,
            first=pair.first,
            second=pair.second,
            state="open",
            found_at=pair.found_at,
            **values,
        )
        keys = [duplicate_pair.c.first, duplicate_pair.c.second]
        self._connection.execute(added.on_conflict_do_update(index_elements=keys, set_=values))


def _of(offer_id: UUID) -> ColumnElement[bool]:
    return (duplicate_pair.c.first == offer_id) | (duplicate_pair.c.second == offer_id)


def _in_use(wanted: Select[Any]) -> Select[Any]:
    """Keep the pairs of which neither listing is archived."""
    table = duplicate_pair
    return wanted.select_from(
        table.join(_FIRST, _FIRST.c.id == table.c.first).join(
            _SECOND, _SECOND.c.id == table.c.second
        )
    ).where(_FIRST.c.state != "archived", _SECOND.c.state != "archived")


def _shown(side: Any) -> Iterator[ColumnElement[Any]]:
    yield side.c.slug.label(f"{side.name}_slug")
    yield side.c.partner.label(f"{side.name}_partner")
    yield side.c.kind.label(f"{side.name}_kind")
    yield side.c.state.label(f"{side.name}_state")
    text = func.coalesce(side.c.pending, side.c.content)
    yield text.label(f"{side.name}_text")


def _filters(query: PairQuery) -> Iterator[ColumnElement[bool]]:
    table = duplicate_pair
    if query.kind is not None:
        yield _FIRST.c.kind == query.kind
    if query.after is not None:
        score, pair_id = query.after
        same = (table.c.score == score) & (table.c.id > UUID(pair_id))
        yield (table.c.score < score) | same


def _view(row: Row[Any]) -> PairView:
    dismissed = None
    if row.decided_at is not None:
        dismissed = Dismissal(by=row.decided_by, at=row.decided_at, reason=row.reason)
    return PairView(
        id=row.id,
        kind=row.one_kind,
        score=row.score,
        parts=_PARTS.validate_json(row.parts),
        found_at=row.found_at,
        first=_listing(row, "one", row.first),
        second=_listing(row, "other", row.second),
        dismissed=dismissed,
    )


def _listing(row: Row[Any], side: str, offer_id: UUID) -> PairedListing:
    content = stored_text(getattr(row, f"{side}_text"))
    return PairedListing(
        id=offer_id,
        slug=getattr(row, f"{side}_slug"),
        title=content["title"],
        partner=getattr(row, f"{side}_partner"),
        state=getattr(row, f"{side}_state"),
    )
