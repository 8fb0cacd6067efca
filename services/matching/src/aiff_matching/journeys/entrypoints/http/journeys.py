"""Journeys: a project in, an ordered plan out, as JSON or as a calendar."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Response

from aiff_kit.http import NoParameters, StrictRoute, negotiated
from aiff_kit.problems import prefers_french
from aiff_matching.answers.domain.matching import Asked
from aiff_matching.journeys.application import JourneyQueries
from aiff_matching.journeys.entrypoints.http.calendar import calendar_of
from aiff_matching.journeys.entrypoints.http.examples import EXAMPLES
from aiff_matching.journeys.entrypoints.http.presenting import journey_view
from aiff_matching.journeys.entrypoints.http.schemas import JourneyRequest, JourneyView
from aiff_matching.shared.http import PRIVATE, private_json
from aiff_matching.shared.provided import provided

router = APIRouter(prefix="/v1", tags=["journeys"], route_class=StrictRoute)
Journeys = Annotated[JourneyQueries, provided(JourneyQueries)]
JSON, CALENDAR = "application/json", "text/calendar"
_MOST = 20
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": JourneyView,
        "content": {
            CALENDAR: {"schema": {"type": "string", "description": "iCalendar (RFC 5545)"}},
        },
    }
}


@router.post("/journeys", responses=_ANSWERS, dependencies=[NoParameters])
def plan_journey(
    question: Annotated[JourneyRequest, Body(openapi_examples=EXAMPLES)],
    journeys: Journeys,
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
    accept_language: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Plan the steps from today to the goal; anybody may ask and nothing is stored.

    `Accept` chooses between application/json and text/calendar, whose language follows
    `Accept-Language`. People read and print a journey on the page `/fr/needs`.
    """
    media_type, french = negotiated(accept, (JSON, CALENDAR)), prefers_french(accept_language)
    journey = journeys.plan(_asked(question))
    headers = {"Vary": "Accept, Accept-Language"}
    if media_type == JSON:
        return private_json(journey_view(journey), headers=headers)
    headers |= PRIVATE | {"Content-Language": "fr" if french else "en"}
    headers["Content-Disposition"] = f'attachment; filename="{_FILE[french]}.ics"'
    return Response(calendar_of(journey, french=french), 200, headers, media_type=CALENDAR)


_FILE = {True: "parcours", False: "journey"}


def _asked(question: JourneyRequest) -> Asked:
    return Asked(
        profile=question.profile,
        need=question.need,
        kinds=frozenset(),
        weights=question.weights.complete(),
        limit=_MOST,
    )
