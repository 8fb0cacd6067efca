"""Published offers that are similar to one, with the reason in words."""

from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from aiff_catalog.quality.application.similar import SimilarOffer
from aiff_catalog.quality.domain.similarity import ReasonCode
from aiff_catalog.quality.entrypoints.http.services import QualityServices
from aiff_catalog.search.entrypoints.http.schemas import OfferSummary
from aiff_catalog.shared.http.answers import PUBLIC_LIST, content_etag, public_json
from aiff_catalog.shared.http.schemas import Strict
from aiff_catalog.shared.http.services import services_of
from aiff_contracts.offer import Text
from aiff_kit.http import IF_NONE_MATCH, StrictRoute, sent_with

router = APIRouter(prefix="/v1/offers", tags=["offers"], route_class=StrictRoute)


class SimilarParameters(Strict):
    """How many."""

    limit: int = Field(6, ge=1, le=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFact:
    """One thing that the two offers have in common, in words."""

    code: ReasonCode
    said: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarOfferView:
    """A similar offer; `score` is in [0, 1], half nearness of the texts, half shared facts."""

    offer: OfferSummary
    score: float
    reasons: tuple[SharedFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarList:
    """The most similar offers, the most similar first."""

    items: tuple[SimilarOfferView, ...]


_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": SimilarList},
    404: {"description": "No published offer is known by this id or slug."},
}


@router.get("/{reference}/similar", responses=_ANSWERS, openapi_extra=sent_with(IF_NONE_MATCH))
async def list_similar_offers(
    reference: Annotated[str, Path(description="The offer's id or its slug.")],
    request: Request,
    parameters: Annotated[SimilarParameters, Query()],
) -> Response:
    """Return published offers of the same kind that are similar, and why."""
    services = services_of(request, QualityServices)
    found = await services.similar.of(reference, parameters.limit)
    body = b'{"items":[%b]}' % b",".join(map(_view, found))
    return public_json(request, body, content_etag(body), PUBLIC_LIST)


def _view(one: SimilarOffer) -> bytes:
    said = [
        {"code": reason.code, "said": {"fr": reason.fr, "en": reason.en}}
        for reason in one.similarity.reasons
    ]
    rest = orjson.dumps({"score": one.similarity.score, "reasons": said})
    return b'{"offer":%b,%b' % (one.item, rest[1:])
