"""The errors that readers reported, inside a transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, func, select, update

from aiff_catalog.offers.adapters.rows import stored_text
from aiff_catalog.quality.application.reported import ReportedOffer, ReportQuery, ReportView
from aiff_catalog.quality.domain.reports import ErrorReport, Resolution, Told
from aiff_catalog.shared.errors import ReportNotFoundError
from aiff_catalog.shared.tables import error_report, offer

_OWN = error_report.c
_OF_OFFER = (
    *(offer.c.slug, offer.c.state.label("offer_state"), offer.c.version.label("newest")),
    func.coalesce(offer.c.content, offer.c.pending).label("text"),
)


class SqlReports:
    """Reads and writes `error_report`."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def same(self, offer_id: UUID, told: Told) -> ErrorReport | None:
        """Return the open report that says the same of an offer."""
        said = (_OWN.offer_id == offer_id) & (_OWN.digest == told.digest)
        row = self._connection.execute(select(error_report).where(said)).one_or_none()
        return None if row is None else _report(row)

    def count_open(self, offer_id: UUID) -> int:
        """Count the open reports on an offer."""
        wanted = select(func.count()).where(_OWN.offer_id == offer_id, _OWN.digest.is_not(None))
        return int(self._connection.execute(wanted).scalar_one())

    def add(self, report: ErrorReport) -> None:
        """Store a new report."""
        told = report.told
        values = {
            "id": report.id,
            "offer_id": report.offer_id,
            "version": report.version,
            "subject": told.subject,
            "pointer": told.pointer,
            "message": told.message,
            "contact": told.contact,
            "digest": told.digest,
            "received_at": report.received_at,
        }
        self._connection.execute(error_report.insert().values(values))

    def get(self, report_id: UUID) -> ErrorReport:
        """Return a report, held until the transaction ends, or raise ReportNotFoundError."""
        wanted = select(error_report).where(_OWN.id == report_id).with_for_update()
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            raise ReportNotFoundError(report_id)
        return _report(row)

    def save(self, report: ErrorReport) -> None:
        """Store the resolution; the same may be reported again from now on."""
        ending = report.resolution
        values = {} if ending is None else _ending(ending) | {"digest": None}
        changed = update(error_report).where(_OWN.id == report.id)
        self._connection.execute(changed.values(contact=report.told.contact, **values))

    def page(self, query: ReportQuery) -> Sequence[ReportView]:
        """Read a page by the index of its instant."""
        is_open = query.state == "open"
        instant = _OWN.received_at if is_open else _OWN.resolved_at
        wanted = select(error_report, *_OF_OFFER).join(offer, offer.c.id == _OWN.offer_id)
        wanted = wanted.where(_OWN.digest.is_not(None) if is_open else _OWN.digest.is_(None))
        if query.offer is not None:
            wanted = wanted.where(offer.c.slug == query.offer)
        if query.after is not None:
            at, last = query.after
            same = (instant == at) & (_OWN.id > last)
            wanted = wanted.where((instant > at if is_open else instant < at) | same)
        ordered = wanted.order_by(instant if is_open else instant.desc(), _OWN.id)
        rows = self._connection.execute(ordered.limit(query.limit))
        return [ReportView(report=_report(row), offer=_offer(row)) for row in rows]

    def places(self, offer_ids: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
        """Return where open reports see errors, by offer; "" for nowhere in particular."""
        wanted = select(_OWN.offer_id, _OWN.pointer).where(
            _OWN.offer_id.in_(offer_ids), _OWN.digest.is_not(None)
        )
        found: dict[UUID, set[str]] = {}
        for offer_id, pointer in self._connection.execute(wanted):
            found.setdefault(offer_id, set()).add(pointer or "")
        return {one: frozenset(places) for one, places in found.items()}

    def forget(self, contacts_before: datetime, resolved_before: datetime) -> int:
        """Forget contacts and resolved reports of before these instants; count what that was."""
        old = _OWN.contact.is_not(None) & (_OWN.received_at < contacts_before)
        emptied = self._connection.execute(update(error_report).where(old).values(contact=None))
        gone = self._connection.execute(
            delete(error_report).where(_OWN.resolved_at < resolved_before)
        )
        return emptied.rowcount + gone.rowcount


def _ending(ending: Resolution) -> dict[str, Any]:
    return {
        "resolved_by": ending.by,
        "resolved_at": ending.at,
        "outcome": ending.outcome,
        "reason": ending.reason,
    }


def _report(row: Row[Any]) -> ErrorReport:
    told = Told(subject=row.subject, message=row.message, pointer=row.pointer, contact=row.contact)
    ending = None
    if row.resolved_at is not None:
        ending = Resolution(
            by=row.resolved_by, at=row.resolved_at, outcome=row.outcome, reason=row.reason
        )
    return ErrorReport(
        id=row.id,
        offer_id=row.offer_id,
        version=row.version,
        told=told,
        received_at=row.received_at,
        resolution=ending,
    )


def _offer(row: Row[Any]) -> ReportedOffer:
    content = stored_text(row.text)
    return ReportedOffer(
        id=row.offer_id,
        slug=row.slug,
        title=content["title"],
        state=row.offer_state,
        version=row.newest,
    )
