"""What partners' systems are answered."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from fastapi import Request

from aiff_catalog.partners.application.ports import Synced
from aiff_catalog.partners.application.writes import ItemResult, Refusal
from aiff_catalog.partners.domain import SyncedOffer, sync_state
from aiff_catalog.partners.entrypoints.http.schemas import (
    BatchResult,
    ItemProblem,
    ItemView,
    RecordView,
)
from aiff_catalog.shared.http.problems import ERRORS
from aiff_contracts.codec import Fault, Faults
from aiff_kit.problems import INVALID, nearest, prefers_french, said_to


def item_view(result: ItemResult, request: Request) -> ItemView:
    """Return what became of an item, in the language of the request."""
    offer, problem = result.offer, None
    if result.refusal is not None:
        problem = _problem(result.refusal, request)
    done = 201 if result.outcome == "created" else 200
    return ItemView(
        external_id=result.external_id,
        status=problem.status if problem else done,  # type: ignore[arg-type]
        outcome=result.outcome,
        offer_id=offer.id if offer else None,
        slug=offer.working.slug if offer else None,
        version=offer.version if offer else None,
        state=offer.shown_state if offer else None,
        pending_state=offer.pending.state if offer and offer.pending else None,
        problem=problem,
    )


def batch_result(results: Sequence[ItemResult], request: Request, *, dry_run: bool) -> BatchResult:
    """Return what became of all items."""
    counts = Counter(result.outcome or "refused" for result in results)
    return BatchResult(
        dry_run=dry_run,
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        refused=counts["refused"],
        items=tuple(item_view(result, request) for result in results),
    )


def record_view(synced: Synced, now: datetime, request: Request) -> RecordView:
    """Return a record with where its offer is, in the language of the request."""
    record, offer = synced
    there = offer or _NOWHERE
    return RecordView(
        external_id=record.external_id,
        state=sync_state(record, offer),
        offer_id=record.offer_id,
        slug=there.slug or None,
        version=there.version or None,
        live_version=there.live_version,
        accepted_at=record.accepted_at,
        published_at=there.published_at,
        refused_at=record.refused_at,
        searchable=there.searchable,
        lag_seconds=there.lag(now),
        errors=_told(record.faults, said_to(request.headers.get("accept-language"))),
        comments=there.comments,
        reason=there.reason,
    )


def _told(faults: Iterable[Fault], said: Callable[[str], str]) -> tuple[Fault, ...]:
    return tuple(replace(fault, detail=said(fault.detail)) for fault in faults)


_NOWHERE = SyncedOffer(
    slug="",
    state="unpublished",
    version=0,
    live_version=None,
    published_at=None,
    pending_state=None,
)


def _problem(refusal: Refusal, request: Request) -> ItemProblem:
    faults = refusal.faults if isinstance(refusal, Faults) else ()
    kind = INVALID if isinstance(refusal, Faults) else nearest(ERRORS, type(refusal))
    if kind is None:
        raise refusal
    asked = request.headers.get("accept-language")
    french, said = prefers_french(asked), said_to(asked)
    mend = kind.mend_fr if french else kind.mend_en
    return ItemProblem(
        type=f"/problems/{kind.slug}",
        title=kind.title_fr if french else kind.title_en,
        status=kind.status,
        detail=mend if faults else said(str(refusal)),
        errors=_told(faults, said),
    )
