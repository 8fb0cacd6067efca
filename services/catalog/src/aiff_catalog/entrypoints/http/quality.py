"""The quality of offers, for curators."""

import orjson
from fastapi import APIRouter, Response

from aiff_catalog.domain.errors import OfferNotFoundError
from aiff_catalog.domain.quality import Quality, assess
from aiff_catalog.entrypoints.http.answers import PRIVATE
from aiff_catalog.entrypoints.http.schemas import OfferReference
from aiff_catalog.entrypoints.http.services import Catalogue
from aiff_kit.auth import Scope, requires
from aiff_kit.http import NoParameters, StrictRoute

router = APIRouter(prefix="/v1/quality", tags=["quality"], route_class=StrictRoute)


@router.get(
    "/{reference}",
    responses={200: {"model": Quality}},
    dependencies=[NoParameters, requires(Scope.OFFERS_REVIEW)],
)
async def read_quality(reference: OfferReference, catalogue: Catalogue) -> Response:
    """Return what the checks find in the text that editors work on, and its score."""
    offer = await catalogue.reads.working_copy(reference, None)
    if offer is None:
        raise OfferNotFoundError(reference)
    quality = orjson.dumps(assess(offer.working, catalogue.clock()))
    headers = {"Cache-Control": PRIVATE}
    return Response(quality, headers=headers, media_type="application/json")
