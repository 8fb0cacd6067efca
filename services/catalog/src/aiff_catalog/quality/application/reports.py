"""Readers report errors; curators read and resolve what was reported."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from aiff_catalog.offers.application.changing import require_curator
from aiff_catalog.offers.domain.offer import Offer, offer_id_of
from aiff_catalog.quality.application.assessing import store_quality
from aiff_catalog.quality.application.ports import OpenQuality, QualityUnitOfWork
from aiff_catalog.quality.application.reported import ReportQuery, ReportView
from aiff_catalog.quality.domain.reports import (
    CONTACT_HOLDS,
    RESOLUTION_HOLDS,
    ErrorReport,
    Outcome,
    Resolution,
    Told,
    resolved,
)
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import (
    OfferNotFoundError,
    TooManyReportsError,
)
from aiff_contracts.codec import Fault, Faults, dump
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id
from aiff_kit.throttle import Throttle

# Whoever floods one offer from many addresses fills no more than this.
_MOST_OPEN = 100
_CLEANED_EVERY = timedelta(hours=1)


class ErrorReports:
    """What readers report and what curators do with it."""

    def __init__(self, open_uow: OpenQuality, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = open_uow
        self._clock = clock

    def receive(self, reference: str, told: Told) -> ErrorReport:
        """Keep what a reader says of a published offer, and put the offer on the work list.

        What is open already in the same words is returned again and counts once: a form that is
        sent twice, a reader who waits. OfferNotFoundError, TooManyReportsError,
        Faults where the offer has no such field.
        """
        now = self._clock()
        with self._open() as uow:
            (offer,) = uow.offers.hold([_published(uow, reference).id])
            _require_field(offer, told.pointer)
            known = uow.reports.same(offer.id, told)
            if known is not None:
                return known
            if uow.reports.count_open(offer.id) >= _MOST_OPEN:
                raise TooManyReportsError(offer.slug)
            report = _received(offer, told, now)
            uow.reports.add(report)
            store_quality(uow, [offer], now)
            uow.commit()
        return report

    def page(self, query: ReportQuery) -> Sequence[ReportView]:
        """Return reports, the longest open or the latest resolved first."""
        with self._open() as uow:
            return uow.reports.page(query)

    def resolve(self, report_id: UUID, outcome: Outcome, by: Authorship) -> None:
        """Say what came of a report; its contact is forgotten. `by` holds the reason."""
        require_curator(by)
        now = self._clock()
        ending = Resolution(by=by.author, at=now, outcome=outcome, reason=by.reason or "")
        with self._open() as uow:
            report = resolved(uow.reports.get(report_id), ending)
            uow.reports.save(report)
            offers = uow.offers.hold([report.offer_id])
            store_quality(uow, [one for one in offers if one.state != "archived"], now)
            uow.commit()


class ReportCleaning:
    """A worker's step: contacts and resolved reports do not stay longer than they serve."""

    def __init__(self, open_uow: OpenQuality, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = open_uow
        self._clock = clock
        self._throttle = Throttle(_CLEANED_EVERY)

    def step(self) -> int:
        """Forget what is old, and return how many reports that concerned."""
        now = self._clock()
        if self._throttle.is_early(now):
            return 0
        with self._open() as uow:
            forgotten = uow.reports.forget(now - CONTACT_HOLDS, now - RESOLUTION_HOLDS)
            uow.commit()
        self._throttle.done(now)
        return forgotten


def _published(uow: QualityUnitOfWork, reference: str) -> Offer:
    """Return the offer that readers find by an id or by any slug it had; a merged one leads on."""
    offer_id = offer_id_of(reference) or uow.offers.owner_of_slug(reference)
    if offer_id is None:
        raise OfferNotFoundError(reference)
    offer = uow.offers.get(offer_id)
    if offer.merged_into is not None:
        offer = uow.offers.get(offer.merged_into)
    if offer.state != "published":
        raise OfferNotFoundError(reference)
    return offer


def _require_field(offer: Offer, pointer: str | None) -> None:
    """Raise Faults where the published text has no such place (RFC 6901)."""
    if pointer is None:
        return
    place: Any = dump(offer.text)
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        try:
            place = place[int(name)] if isinstance(place, list) else place[name]
        except (KeyError, IndexError, ValueError, TypeError) as error:
            detail = (
                f"the offer has no field {pointer}; leave it out where you do not know its name"
            )
            raise Faults([Fault("/pointer", "unknown_field", detail)]) from error


def _received(offer: Offer, told: Told, now: datetime) -> ErrorReport:
    # A published offer has a live version.
    version = offer.live_version or offer.version
    return ErrorReport(id=new_id(), offer_id=offer.id, version=version, told=told, received_at=now)
