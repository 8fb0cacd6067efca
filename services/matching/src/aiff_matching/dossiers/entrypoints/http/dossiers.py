"""Dossiers: an applicant in, a programme's questions filled out, as JSON or as a table."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Response

from aiff_kit.http import NoParameters, StrictRoute, negotiated
from aiff_kit.problems import prefers_french
from aiff_matching.dossiers.application import DossierQueries
from aiff_matching.dossiers.entrypoints.http.examples import EXAMPLES
from aiff_matching.dossiers.entrypoints.http.presenting import dossier_view, programme_view
from aiff_matching.dossiers.entrypoints.http.schemas import (
    ApplicationDossierView,
    DossierRequest,
    ProgrammesView,
)
from aiff_matching.dossiers.entrypoints.http.table import table_of
from aiff_matching.shared.http import PRIVATE, private_json
from aiff_matching.shared.provided import provided

router = APIRouter(prefix="/v1/dossiers", tags=["dossiers"], route_class=StrictRoute)
Dossiers = Annotated[DossierQueries, provided(DossierQueries)]
JSON, TABLE = "application/json", "text/csv"
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": ApplicationDossierView,
        "content": {TABLE: {"schema": {"type": "string", "description": "CSV (RFC 4180)"}}},
    }
}


@router.get("", responses={200: {"model": ProgrammesView}}, dependencies=[NoParameters])
def list_dossiers(dossiers: Dossiers) -> Response:
    """List the programmes whose questions are known, with the offers that lead to them."""
    return private_json(ProgrammesView(tuple(map(programme_view, dossiers.programmes()))))


@router.post("", responses=_ANSWERS, dependencies=[NoParameters])
def fill_dossier(
    question: Annotated[DossierRequest, Body(openapi_examples=EXAMPLES)],
    dossiers: Dossiers,
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
    accept_language: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Fill a programme's questions as far as is known; anybody may ask and nothing is stored.

    `Accept` chooses between application/json and text/csv; titles follow `Accept-Language`.
    """
    media_type, french = negotiated(accept, (JSON, TABLE)), prefers_french(accept_language)
    dossier = dossiers.fill(question.programme, question.profile, question.need)
    headers = {"Vary": "Accept, Accept-Language", "Content-Language": "fr" if french else "en"}
    if media_type == JSON:
        listed = dossiers.listed(dossier.programme)
        return private_json(dossier_view(dossier, listed, french=french), headers=headers)
    name = f'attachment; filename="dossier-{dossier.programme.slug}.csv"'
    headers |= PRIVATE | {"Content-Disposition": name}
    return Response(table_of(dossier, french=french), 200, headers, media_type=TABLE)
