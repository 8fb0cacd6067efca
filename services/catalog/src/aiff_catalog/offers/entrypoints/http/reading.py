"""Reading an offer by its id or slug."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from aiff_catalog.offers.application.ports import Gone, Moved, Representation, StoredDocument
from aiff_catalog.offers.domain.revision import Revision, publication_of
from aiff_catalog.offers.entrypoints.http.answers import written_offer
from aiff_catalog.offers.entrypoints.http.differences import named
from aiff_catalog.offers.entrypoints.http.schemas import (
    HistoryParameters,
    OfferReference,
    PublicHistory,
    PublicOffer,
    WriterOffer,
)
from aiff_catalog.offers.entrypoints.http.services import OfferServices
from aiff_catalog.shared.errors import OfferNotFoundError
from aiff_catalog.shared.http.answers import PUBLIC, content_etag, public_json
from aiff_catalog.shared.http.authors import writer_limit
from aiff_catalog.shared.http.services import services_of
from aiff_catalog.shared.schedule import etag_of, period_at, with_status
from aiff_kit.auth import Principal, Scope, caller
from aiff_kit.http import (
    IF_NONE_MATCH,
    answered_with,
    if_none_match,
    negotiated,
    refuse_parameters,
    sent_with,
    versioned_etag,
)
from aiff_kit.problems import GONE, Problem

router = APIRouter(prefix="/v1/offers", tags=["offers"])

_JSON = "application/json"
_READ_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": PublicOffer | WriterOffer,
        **answered_with("Link", "Location"),
        "content": {"text/turtle": {}, "application/ld+json": {}},
        "description": "The offer, with its pages in the Link header; as Turtle and JSON-LD by"
        " CPSV-AP 3.2.0. A draft that nobody has published yet is there for its writers, with its"
        " state.",
    },
    301: {"description": "The offer has another slug now."},
    404: {"description": "No offer is known by this id or slug."},
    406: {"description": "Accept names no format that there is."},
    410: {"description": "The offer is out of sight; the problem says why."},
}


# Where people read what programs read here (RFC 8288).
_PAGES = ", ".join(
    f'</{language}/offers/{{slug}}>; rel="alternate"; type="text/html"; hreflang="{language}"'
    for language in ("fr", "en")
)
_JSON_LD = "application/ld+json"
_SCHEMA_ORG_ANSWERS: dict[int | str, dict[str, Any]] = {
    **{code: _READ_ANSWERS[code] for code in (301, 404, 410)},
    200: {"content": {_JSON_LD: {}}, "description": "The offer by schema.org."},
}


_HISTORY_ANSWERS: dict[int | str, dict[str, Any]] = {
    **{code: _READ_ANSWERS[code] for code in (301, 404, 410)},
    200: {"model": PublicHistory},
}


@router.get("/{reference}", responses=_READ_ANSWERS, openapi_extra=sent_with(IF_NONE_MATCH))
async def read_offer(reference: OfferReference, request: Request) -> Response:
    """Return an offer by its id or slug, with the intake status of this moment.

    A former slug leads to the present one; an offer out of sight answers with the reason. `Accept`
    chooses the format: JSON unless linked data is preferred.
    """
    refuse_parameters(request)
    services = services_of(request, OfferServices)
    media_type = negotiated(request.headers.get("accept"), (_JSON, *services.representations))
    match await services.reads.offer(reference):
        case StoredDocument() as document:
            return await _published(request, services, document, media_type)
        case Moved(slug=slug):
            return RedirectResponse(f"/v1/offers/{slug}", 301, {"Cache-Control": PUBLIC})
        case Gone() as gone:
            raise _gone(gone)
    return await _unpublished(reference, services, caller(request))


@router.get(
    "/{reference}/schema-org",
    responses=_SCHEMA_ORG_ANSWERS,
    response_class=Response,
    openapi_extra=sent_with(IF_NONE_MATCH),
)
async def read_offer_schema_org(reference: OfferReference, request: Request) -> Response:
    """Return a published offer by schema.org, as a page shows it to search engines."""
    refuse_parameters(request)
    services = services_of(request, OfferServices)
    found = await _visible(services, reference, "schema-org")
    if isinstance(found, Response):
        return found
    return await _represented(request, found, _JSON_LD, services.schema_org)


@router.get(
    "/{reference}/history", responses=_HISTORY_ANSWERS, openapi_extra=sent_with(IF_NONE_MATCH)
)
async def read_offer_history(
    reference: OfferReference, request: Request, parameters: Annotated[HistoryParameters, Query()]
) -> Response:
    """Return when an offer was published anew and which fields changed, newest first.

    Values, drafts and authors are not in it.
    """
    services = services_of(request, OfferServices)
    found = await _visible(services, reference, "history")
    if isinstance(found, Response):
        return found
    published = await services.reads.publications(UUID(found.offer_id), parameters.limit)
    body = orjson.dumps({"items": [_publication(one) for one in published]})
    return public_json(request, body, content_etag(body), PUBLIC)


async def _visible(
    services: OfferServices, reference: str, part: str
) -> StoredDocument | RedirectResponse:
    """Return the offer that everybody sees, or the way to it for a part of it."""
    match await services.reads.offer(reference):
        case StoredDocument() as document:
            return document
        case Moved(slug=slug):
            address = f"/v1/offers/{slug}/{part}"
            return RedirectResponse(address, 301, {"Cache-Control": PUBLIC})
        case Gone() as gone:
            raise _gone(gone)
    raise OfferNotFoundError(reference)


def _publication(revision: Revision) -> dict[str, Any]:
    publication = publication_of(revision)
    return {"at": publication.at, "fields": list(map(named, publication.fields))}


async def _published(
    request: Request, services: OfferServices, document: StoredDocument, media_type: str
) -> Response:
    """Return an offer in a format; in JSON with its status of this moment."""
    if media_type != _JSON:
        made = services.representations[media_type]
        return await _represented(request, document, media_type, made)
    period = period_at(document.schedule, services.clock())
    response = public_json(
        request, with_status(document.body, period), etag_of(document.version, period)
    )
    response.headers["Vary"] = "Accept"
    response.headers["Link"] = _PAGES.format(slug=document.slug)
    return response


def _gone(gone: Gone) -> Problem:
    extra = {"withdrawn_at": gone.withdrawn_at.isoformat(), "state": gone.state}
    return Problem(GONE, gone.reason, extra=extra)


async def _represented(
    request: Request, document: StoredDocument, media_type: str, made: Representation
) -> Response:
    """Return another format, made beside the event loop; nothing in it follows from the clock."""
    etag = versioned_etag(document.version, media_type.rpartition("/")[2])
    headers = {"ETag": etag, "Cache-Control": PUBLIC, "Vary": "Accept"}
    if if_none_match(request, etag):
        return Response(status_code=304, headers=headers)
    body = await asyncio.to_thread(made, document.body)
    return Response(body, headers=headers, media_type=media_type)


async def _unpublished(reference: str, services: OfferServices, principal: Principal) -> Response:
    """Return a draft to those who may write it; to everybody else it does not exist."""
    if principal.may(Scope.OFFERS_WRITE):
        limited_to = writer_limit(principal)
        return written_offer(await services.queries.working_copy(reference, limited_to))
    raise OfferNotFoundError(reference)
