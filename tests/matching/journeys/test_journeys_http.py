"""POST /v1/journeys: anybody asks, in three formats and two languages, nothing is stored."""

from datetime import date, datetime

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient
from tests.matching.documents import STARTUP, grant, offer, published

from aiff_kit.testing import StatementCounter
from aiff_matching.journeys.entrypoints.http.examples import EXAMPLES
from aiff_matching.main.matching import Matching

ASKED = {"profile": STARTUP, "need": {"title": "<b>Turbine</b>", "funding": {"amount_eur": 50000}}}
TIMED = {"shape": "cut_offs", "cut_offs": [{"on": "2026-12-10", "at": "17:00"}]}
WHOLE_DAY = {
    "shape": "window",
    "window": {"opens": {"on": "2026-12-01"}, "closes": {"on": "2027-01-31"}},
}
SESSION = {"kind": "training", "sessions": [{"starts": "2026-12-15", "ends": "2026-12-18"}]}


@pytest.fixture
def stocked(matching: Matching) -> Matching:
    for one in (
        grant("guichet", intake=TIMED, provider="region"),
        grant("appel", intake=WHOLE_DAY, provider="bpifrance"),
        offer("cours", SESSION),
    ):
        matching.offers.projection.handle(published(one))
    return matching


def ask(client: TestClient, body: dict = ASKED, **headers: str):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.post("/v1/journeys", json=body, headers=names)
    assert response.status_code == 200, response.text
    return response


def test_an_anonymous_caller_gets_ordered_steps_and_every_stage(
    anonymous: TestClient, stocked: Matching
) -> None:
    answer = ask(anonymous).json()
    steps = {step["id"]: step for step in answer["steps"]}
    assert [step["position"] for step in answer["steps"]] == list(range(1, len(steps) + 1))
    assert steps["guichet"]["timing"]["apply_by"] == {
        "on": "2026-12-10",
        "at": "17:00:00",
        "timezone": "Europe/Paris",
    }
    assert steps["appel"]["timing"]["opens"]["on"] == "2026-12-01"
    assert steps["cours"]["timing"]["ends"] == {"first": "2026-12-18", "last": "2026-12-18"}
    assert [stage["stage"] for stage in answer["stages"]] == [
        "discover", "assess", "upskill", "connect", "fund", "build_and_test", "scale",
    ]  # fmt: skip
    gap = next(stage for stage in answer["stages"] if stage["stage"] == "assess")
    assert gap["status"] == "gap"


def test_the_calendar_has_every_date_with_alarms_and_stable_names(
    anonymous: TestClient, stocked: Matching
) -> None:
    response = ask(anonymous, accept="text/calendar", accept_language="fr")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    events = {str(event["summary"]): event for event in Calendar.from_ical(response.content).events}
    timed = events["Date limite : guichet"]
    assert isinstance(timed.start, datetime)
    assert timed.start.isoformat() == "2026-12-10T17:00:00+01:00"
    assert len(timed.alarms.times) == 2
    whole = events["Date limite : appel"]
    assert whole.start == date(2027, 1, 31)
    assert whole.end == date(2027, 2, 1)
    assert {"Ouverture : appel", "Début : cours", "Fin : cours"} <= events.keys()
    assert b"BEGIN:VTIMEZONE" in response.content
    again = Calendar.from_ical(ask(anonymous, accept="text/calendar").content)
    assert {e["uid"] for e in again.events} == {e["uid"] for e in events.values()}


def test_a_browser_s_wish_for_a_page_is_answered_with_json(
    anonymous: TestClient, stocked: Matching
) -> None:
    answer = ask(anonymous, accept="text/html,*/*;q=0.1", accept_language="fr-FR")
    assert answer.headers["content-type"] == "application/json"


def test_other_formats_are_refused_and_bad_questions_named(
    anonymous: TestClient, stocked: Matching
) -> None:
    for wanted in ("application/pdf", "text/html"):
        refused = anonymous.post("/v1/journeys", json=ASKED, headers={"Accept": wanted})
        assert refused.status_code == 406
        assert refused.json()["type"] == "/problems/not-acceptable"
        assert "text/calendar" in refused.json()["detail"]
    wrong = anonymous.post("/v1/journeys", json={"profile": {"headcount": -1}, "limit": 3})
    assert wrong.status_code == 422
    assert {fault["pointer"] for fault in wrong.json()["errors"]} == {
        "/profile/headcount",
        "/limit",
    }
    assert anonymous.post("/v1/journeys?format=ics", json=ASKED).status_code == 400


def test_nothing_is_stored(anonymous: TestClient, stocked: Matching) -> None:
    ask(anonymous)
    with StatementCounter(stocked.engine) as counter:
        ask(anonymous)
    reads = ("BEGIN", "SELECT")
    assert [text for text in counter.statements if not text.startswith(reads)] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_documented_examples_are_answered(
    anonymous: TestClient, stocked: Matching, name: str
) -> None:
    assert ask(anonymous, EXAMPLES[name]["value"]).json()["stages"]
