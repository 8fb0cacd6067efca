"""Reading offers: one by id or slug, its revisions."""

from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from aiff_catalog.application.ports import Gone, Moved, StoredDocument
from aiff_catalog.application.schedule import etag_of, period_at, with_status
from aiff_catalog.domain.errors import OfferNotFoundError
from aiff_catalog.domain.revision import Revision
from aiff_catalog.entrypoints.http.answers import PRIVATE, PUBLIC, page, public_json, written_offer
from aiff_catalog.entrypoints.http.answers import links as link_header
from aiff_catalog.entrypoints.http.schemas import (
    OfferReference,
    PageParameters,
    PublicOffer,
    RevisionPage,
)
from aiff_catalog.entrypoints.http.services import (
    Catalogue,
    Services,
    services_of,
    writer_limit,
)
from aiff_kit.auth import Principal, Scope, caller, requires
from aiff_kit.http import refuse_parameters
from aiff_kit.problems import GONE, Problem

router = APIRouter(prefix="/v1/offers", tags=["offers"])

_READ_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": PublicOffer},
    301: {"description": "The offer has another slug now."},
    304: {"description": "The client holds the newest version."},
    404: {"description": "No offer is known by this id or slug."},
    410: {"description": "The offer was withdrawn; the problem says why."},
}


@router.get("/{reference}", responses=_READ_ANSWERS)
async def read_offer(reference: OfferReference, request: Request) -> Response:
    """Return an offer by its id or slug, with the intake status of this moment.

    A former slug leads to the present one; a withdrawn offer answers with the reason.
    """
    refuse_parameters(request)
    services = services_of(request)
    found = await services.reads.offer(reference)
    match found:
        case StoredDocument():
            period = period_at(found.schedule, services.clock())
            body = with_status(found.body, period)
            return public_json(request, body, etag_of(found.version, period))
        case Moved(slug=slug):
            return RedirectResponse(f"/v1/offers/{slug}", 301, {"Cache-Control": PUBLIC})
        case Gone(reason=reason, withdrawn_at=withdrawn_at):
            raise Problem(GONE, reason, extra={"withdrawn_at": withdrawn_at.isoformat()})
    return await _draft(reference, services, caller(request))


@router.get("/{reference}/revisions", responses={200: {"model": RevisionPage}})
async def read_revisions(
    reference: OfferReference,
    request: Request,
    catalogue: Catalogue,
    parameters: Annotated[PageParameters, Query()],
    principal: Annotated[Principal, requires(Scope.OFFERS_HISTORY)],
) -> Response:
    """Return who changed what, when and why, newest first."""
    offer_id = await catalogue.reads.offer_id(reference, writer_limit(principal))
    if offer_id is None:
        raise OfferNotFoundError(reference)
    before = None
    if parameters.cursor is not None:
        before = catalogue.cursors.decode(parameters.cursor, ["revisions", str(offer_id)])
    found = await catalogue.reads.revisions(offer_id, before, parameters.limit + 1)
    shown = found[: parameters.limit]
    following = None
    if len(found) > len(shown):
        following = catalogue.cursors.encode(shown[-1].number, ["revisions", str(offer_id)])
    body = page((_revision(offer_id, one) for one in shown), following, None)
    headers = {"Cache-Control": PRIVATE, **link_header(request, following, None)}
    return Response(body, headers=headers, media_type="application/json")


async def _draft(reference: str, services: Services, principal: Principal) -> Response:
    """Return a draft to those who may write it; to everybody else it does not exist."""
    if principal.may(Scope.OFFERS_WRITE):
        draft = await services.reads.draft(reference, writer_limit(principal))
        if draft is not None:
            return written_offer(draft)
    raise OfferNotFoundError(reference)


def _revision(offer_id: UUID, revision: Revision) -> bytes:
    return orjson.dumps(
        {
            "offer_id": str(offer_id),
            "number": revision.number,
            "action": revision.action,
            "author": revision.author,
            "at": revision.at,
            "reason": revision.reason,
            "changes": revision.changes,
        },
        option=orjson.OPT_UTC_Z,
    )
