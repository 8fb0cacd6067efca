"""Partners' systems write offers by their own identifiers, one or many at once."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.partners.application.writes import ItemResult, PartnerItem
from aiff_catalog.partners.entrypoints.http.answers import (
    batch_result,
    item_view,
    record_view,
)
from aiff_catalog.partners.entrypoints.http.schemas import (
    BatchResult,
    DryRun,
    ExternalIdInPath,
    ItemView,
    OfferBatch,
    PartnerInPath,
    RecordView,
)
from aiff_catalog.partners.entrypoints.http.services import Partners
from aiff_catalog.shared.http.answers import PRIVATE
from aiff_catalog.shared.http.authors import authorship
from aiff_contracts.codec import dump, dump_json
from aiff_contracts.offer import OfferContent
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import IDEMPOTENCY_KEY, NoParameters, StrictRoute, idempotent, sent_with

router = APIRouter(prefix="/v1", tags=["partners"], route_class=StrictRoute)

WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]
_BY_EXTERNAL_ID = "/offers/by-external-id/{partner}/{external_id}"
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": ItemView}, 201: {"model": ItemView}}


@router.put(_BY_EXTERNAL_ID, responses=_ANSWERS)
def put_offer_by_external_id(
    partner: PartnerInPath,
    external_id: ExternalIdInPath,
    content: OfferContent,
    request: Request,
    partners: Partners,
    principal: WriteOffers,
    parameters: Annotated[DryRun, Query()],
) -> Response:
    """Create or update the offer that has this identifier in the partner's own system.

    What the partner's policy lets it publish is published, all else is submitted for review. The
    same content again changes nothing, also where a curator has edited the offer since.
    """
    item = PartnerItem(external_id=external_id, offer=dump(content))
    by = authorship(request, principal)
    result = partners.writes.put(partner, item, by, dry_run=parameters.dry_run)
    return _written(result, request)


@router.get(_BY_EXTERNAL_ID, responses={200: {"model": RecordView}}, dependencies=[NoParameters])
def read_offer_by_external_id(
    partner: PartnerInPath,
    external_id: ExternalIdInPath,
    request: Request,
    partners: Partners,
    principal: WriteOffers,
) -> Response:
    """Return what became of what the partner's system last sent under an identifier."""
    by = authorship(request, principal)
    record = partners.writes.record(partner, external_id, by)
    view = record_view(record, partners.clock(), request)
    return _private(dump_json(view))


@router.post(
    "/offers:batch",
    responses={200: {"model": BatchResult}},
    openapi_extra=sent_with(IDEMPOTENCY_KEY),
)
def write_offer_batch(
    batch: OfferBatch,
    request: Request,
    partners: Partners,
    principal: WriteOffers,
    parameters: Annotated[DryRun, Query()],
) -> Response:
    """Create or update up to 500 offers; each is accepted or refused for itself.

    The items may name each other in any order. With Idempotency-Key, the same request again gives
    the same answer.
    """

    def write() -> Response:
        by, items = authorship(request, principal), [item.sent() for item in batch.items]
        results = partners.writes.batch(batch.partner, items, by, dry_run=parameters.dry_run)
        return _private(dump_json(batch_result(results, request, dry_run=parameters.dry_run)))

    body = b"%d%b" % (parameters.dry_run, batch.model_dump_json().encode())
    return idempotent(request, principal, partners.idempotency, body, write)


def _written(result: ItemResult, request: Request) -> Response:
    view = item_view(result, request)
    return _private(dump_json(view), view.status)


def _private(body: bytes, status: int = 200) -> Response:
    headers = {"Cache-Control": PRIVATE}
    return Response(body, status, headers, media_type="application/json")
