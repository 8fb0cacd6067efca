"""What partners' systems sent, and what they may publish, in the database."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.exc import IntegrityError

from aiff_catalog.offers.domain.pending import Comment
from aiff_catalog.partners.application.ports import Synced
from aiff_catalog.partners.domain import PartnerPolicy, PartnerRecord, SyncedOffer
from aiff_catalog.shared.database import violates
from aiff_catalog.shared.errors import OfferLinkedError, StaleVersionError
from aiff_catalog.shared.tables import offer, offer_document, partner_policy, partner_record
from aiff_contracts.codec import Fault

_STANDING = (
    offer.c.slug,
    offer.c.state,
    offer.c.version,
    offer.c.live_version,
    offer.c.published_at,
    offer.c.pending_state,
    offer.c.pending,
    offer_document.c.version.label("shown_version"),
    offer_document.c.updated_at.label("shown_at"),
    offer_document.c.indexed_version,
)


class SqlPartnerRecords:
    """Reads and writes `partner_record` and `partner_policy` inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def find(self, partner: str, external_id: str) -> PartnerRecord | None:
        """Return the record of an identifier with its row locked."""
        wanted = select(partner_record).where(_is(partner, external_id)).with_for_update()
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else _record(row)

    def put(self, record: PartnerRecord) -> None:
        """Store or replace a record; who was first with a new identifier wins."""
        values = _values(record)
        is_it = _is(record.partner, record.external_id)
        try:
            changed = self._connection.execute(partner_record.update().where(is_it).values(values))
            if changed.rowcount == 0:
                self._add(record, values)
        except IntegrityError as error:
            if violates(error, partner_record, "partner", "offer_id"):
                raise OfferLinkedError(record.external_id) from error
            raise

    def synced(self, partner: str, after: str, limit: int) -> Sequence[Synced]:
        """Return records in the order of their identifiers, with where their offers are."""
        following = (partner_record.c.partner == partner) & (partner_record.c.external_id > after)
        ordered = _with_offer().where(following).order_by(partner_record.c.external_id)
        return [_synced(row) for row in self._connection.execute(ordered.limit(limit))]

    def get(self, partner: str, external_id: str) -> Synced | None:
        """Return a record with where its offer is."""
        wanted = _with_offer().where(_is(partner, external_id))
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else _synced(row)

    def identifier_of(self, partner: str, offer_id: UUID) -> str | None:
        """Return by what the partner knows an offer."""
        table = partner_record
        is_it = (table.c.partner == partner) & (table.c.offer_id == offer_id)
        return self._connection.execute(select(table.c.external_id).where(is_it)).scalar()

    def hand_over(self, from_id: UUID, to_id: UUID, providers: Collection[str]) -> None:
        """Let the records of an offer belong to another one, where they can."""
        table, other = partner_record, partner_record.alias()
        known = select(other.c.partner).where(other.c.offer_id == to_id)
        moving = (table.c.offer_id == from_id) & table.c.partner.in_(providers)
        free = table.c.partner.not_in(known)
        self._connection.execute(table.update().where(moving, free).values(offer_id=to_id))

    def policy(self, partner: str) -> PartnerPolicy:
        """Return the policy of a partner, an empty one where there is none."""
        wanted = select(partner_policy).where(partner_policy.c.partner == partner)
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            return PartnerPolicy(partner=partner)
        return PartnerPolicy(
            partner=partner,
            kinds=tuple(orjson.loads(row.kinds)),
            fields=tuple(orjson.loads(row.fields)),
            version=row.version,
            updated_at=row.updated_at,
            author=row.author,
        )

    def put_policy(self, policy: PartnerPolicy) -> None:
        """Store the next version of a policy."""
        table, before = partner_policy, policy.version - 1
        values = {
            "kinds": orjson.dumps(policy.kinds),
            "fields": orjson.dumps(policy.fields),
            "version": policy.version,
            "updated_at": policy.updated_at,
            "author": policy.author,
        }
        is_previous = (table.c.partner == policy.partner) & (table.c.version == before)
        if (
            before
            and not self._connection.execute(
                table.update().where(is_previous).values(values)
            ).rowcount
        ):
            raise StaleVersionError(before, policy.version)
        if before == 0:
            self._add_policy(policy.partner, values)

    def _add_policy(self, partner: str, values: dict[str, Any]) -> None:
        try:
            self._connection.execute(partner_policy.insert().values(partner=partner, **values))
        except IntegrityError as error:
            if violates(error, partner_policy, "partner"):
                raise StaleVersionError(0, 1) from error
            raise

    def _add(self, record: PartnerRecord, values: dict[str, Any]) -> None:
        named = {"partner": record.partner, "external_id": record.external_id}
        try:
            self._connection.execute(partner_record.insert().values(**named, **values))
        except IntegrityError as error:
            if violates(error, partner_record, "partner", "external_id"):
                raise StaleVersionError(0, 1) from error
            raise


def _is(partner: str, external_id: str) -> Any:
    table = partner_record
    return (table.c.partner == partner) & (table.c.external_id == external_id)


def _with_offer() -> Select[Any]:
    joined = partner_record.outerjoin(offer, offer.c.id == partner_record.c.offer_id).outerjoin(
        offer_document, offer_document.c.offer_id == offer.c.id
    )
    return select(*partner_record.c, *_STANDING).select_from(joined)


def _values(record: PartnerRecord) -> dict[str, Any]:
    faults = [[fault.pointer, fault.code, fault.detail] for fault in record.faults]
    return {
        "offer_id": record.offer_id,
        "digest": record.digest,
        "accepted_at": record.accepted_at,
        "refused_at": record.refused_at,
        "faults": orjson.dumps(faults) if faults else None,
    }


def _record(row: Row[Any]) -> PartnerRecord:
    faults = () if row.faults is None else orjson.loads(row.faults)
    return PartnerRecord(
        partner=row.partner,
        external_id=row.external_id,
        offer_id=row.offer_id,
        digest=row.digest,
        accepted_at=row.accepted_at,
        refused_at=row.refused_at,
        faults=tuple(Fault(*fault) for fault in faults),
    )


def _synced(row: Row[Any]) -> Synced:
    if row.slug is None:
        return _record(row), None
    pending = {} if row.pending is None else orjson.loads(row.pending)
    standing = SyncedOffer(
        slug=row.slug,
        state=row.state,
        version=row.version,
        live_version=row.live_version,
        published_at=row.published_at,
        pending_state=row.pending_state,
        shown_at=row.shown_at,
        searchable=_is_found(row),
        comments=tuple(Comment(**one) for one in pending.get("comments") or ()),
        reason=pending.get("reason"),
    )
    return _record(row), standing


def _is_found(row: Row[Any]) -> bool | None:
    """Tell whether searches find what readers see; None where readers see nothing."""
    if row.shown_version is None:
        return None
    return row.indexed_version is not None and row.indexed_version >= row.shown_version
