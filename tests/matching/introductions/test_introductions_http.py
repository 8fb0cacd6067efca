"""Introductions: asked with consent field by field, answered by the provider, rated, hidden."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient
from tests.matching.documents import STARTUP, grant, offer_id, published
from tests.matching.introducing import FIELDS, FOUNDER, Meeting

from aiff_kit.auth import Principal
from aiff_kit.testing import SettableClock
from aiff_matching.introductions.domain.consent import WORDING
from aiff_matching.main.matching import Matching
from aiff_matching.shared.tables import introduction, introduction_step

UNKNOWN = "01900000-0000-7000-8000-000000000000"
AT = f"/v1/introductions/{UNKNOWN}"
RECEIVED = f"/v1/received-introductions/{UNKNOWN}"
ROUTES = [
    ("POST", "/v1/introductions:preview"),
    ("POST", "/v1/introductions"),
    ("GET", "/v1/introductions"),
    ("GET", AT),
    ("PUT", f"{AT}/consent"),
    ("DELETE", f"{AT}/consent"),
    ("POST", f"{AT}/withdraw"),
    ("PUT", f"{AT}/rating"),
    ("GET", "/v1/received-introductions"),
    ("GET", RECEIVED),
    ("POST", f"{RECEIVED}/see"),
    ("POST", f"{RECEIVED}/take-care"),
    ("POST", f"{RECEIVED}/finish"),
    ("POST", f"{RECEIVED}/finish-without-help"),
    ("POST", f"{RECEIVED}/report-unreachable"),
    ("POST", f"{RECEIVED}/decline"),
    ("GET", "/v1/introduction-tray"),
    ("GET", f"/v1/introduction-tray/{UNKNOWN}"),
    ("POST", f"/v1/introduction-tray/{UNKNOWN}/settle"),
]


@pytest.fixture
def meeting(matching: Matching, client_of: Callable[[Principal], TestClient]) -> Meeting:
    return Meeting(matching, client_of)


def test_no_route_is_left_out_of_these_tests(anonymous: TestClient) -> None:
    paths = anonymous.get("/openapi.json").json()["paths"]
    known = {(method, path.replace(UNKNOWN, "{introduction_id}")) for method, path in ROUTES}
    served = {
        (method.upper(), path)
        for path, methods in paths.items()
        if "introduction" in path
        for method in methods
    }
    assert served == known


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_an_anonymous_caller_is_refused(anonymous: TestClient, method: str, path: str) -> None:
    body = None if method == "GET" else {}
    assert anonymous.request(method, path, json=body).status_code == 401


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_each_side_has_its_own_routes(
    client_of: Callable[[Principal], TestClient], meeting: Meeting, method: str, path: str
) -> None:
    body = None if method in {"GET", "DELETE"} else {}
    headers = {"If-Match": "*"}
    side = "received" if "received" in path else "tray" if "tray" in path else "own"
    clients = {"own": meeting.founder, "received": meeting.provider, "tray": meeting.curator}
    for name, client in clients.items():
        status = client.request(method, path, json=body, headers=headers).status_code
        assert (status == 403) is (name != side), (name, status)


def test_the_provider_sees_what_the_preview_showed_and_nothing_else(meeting: Meeting) -> None:
    preview = meeting.founder.post("/v1/introductions:preview", json=meeting.draft()).json()
    made = meeting.asked()
    received = meeting.seen_by(meeting.provider, made)
    assert received["shared"] == preview["shared"]
    assert received["shared"]["profile"] == {"headcount": 4}
    assert received["shared"]["need"] == {"title": "Une aide"}
    assert received["shared"]["contact"] == "alice@acme.example"
    assert received["shared"]["verdict"] is None
    told = json.dumps(received)
    for hidden in ("Secret SAS", "très secret", "DEP-75", "100000", 'acme"', meeting.need_id):
        assert hidden not in told


def test_the_preview_says_which_words_and_fields_there_are(meeting: Meeting) -> None:
    preview = meeting.founder.post("/v1/introductions:preview", json=meeting.draft()).json()
    assert preview["wording"]["version"] == WORDING.version
    assert {"fr", "en"} == set(preview["wording"]["text"])
    assert set(FIELDS) <= set(preview["known_fields"])
    assert meeting.founder.get("/v1/introductions").json()["items"] == []


def test_a_request_carries_the_verdict_with_its_reasons(meeting: Meeting) -> None:
    own = meeting.own(meeting.asked(fields=[]))
    shared = own["shared"]
    assert own["evidence"]["verdict"] == "eligible"
    assert own["evidence"]["reasons"]["passing"][0]["attribute"] == "headcount"
    assert own["evidence"]["offer_version"] == 1
    assert len(own["snapshot_hash"]) == 64
    assert {part["criterion"] for part in own["evidence"]["contributions"]} >= {"stage", "text"}
    # To somebody who knows nothing, the headcount is unknown and so is the verdict.
    assert shared["evidence"]["verdict"] == "unknown"
    assert shared["evidence"]["reasons"]["passing"] == []
    assert (shared["contact"], shared["profile"], shared["need"]) == (None, {}, {})


def test_the_verdict_on_all_answers_is_shown_by_consent(meeting: Meeting) -> None:
    made = meeting.asked(fields=["match.verdict"])
    assert meeting.seen_by(meeting.provider, made)["shared"]["verdict"] == "eligible"


def test_an_unknown_field_is_refused_with_its_place(meeting: Meeting) -> None:
    answer = meeting.ask(fields=["profile.headcount", "profile.password"])
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/fields/1"]


def test_consent_to_other_words_is_no_consent(meeting: Meeting) -> None:
    answer = meeting.ask(wording="2020-01-1")
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("/wording-outdated")
    assert meeting.founder.get("/v1/introductions").json()["items"] == []


@pytest.mark.parametrize(
    ("offer", "status", "kind", "words"),
    [
        ("sur-avis", 409, "by-recommendation", "recommendation"),
        ("bientot", 409, "offer-closed", "2027-06-01"),
        ("nulle-part", 422, "invalid", None),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_the_reason(
    meeting: Meeting, offer: str, status: int, kind: str, words: str | None
) -> None:
    for answer in (
        meeting.ask(offer=offer),
        meeting.founder.post("/v1/introductions:preview", json=meeting.draft(offer=offer)),
    ):
        assert answer.status_code == status
        assert answer.json()["type"].endswith(f"/{kind}")
        assert words is None or words in answer.json()["detail"]


def test_the_same_offer_is_asked_for_once_at_a_time(meeting: Meeting) -> None:
    made = meeting.asked()
    again = meeting.ask(offer=str(offer_id("aide")))
    assert (again.status_code, again.json()["type"].split("/")[-1]) == (409, "already-requested")
    assert meeting.change(made, "POST", "withdraw").status_code == 200
    assert meeting.ask().status_code == 201


def test_the_same_key_asks_once(meeting: Meeting) -> None:
    body = meeting.draft(wording=WORDING.version)
    headers = {"Idempotency-Key": "one"}
    first = meeting.founder.post("/v1/introductions", json=body, headers=headers)
    second = meeting.founder.post("/v1/introductions", json=body, headers=headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    assert [event.type.split(".")[-2] for event in meeting.events()] == ["requested"]


def test_nobody_else_finds_a_request(meeting: Meeting) -> None:
    made = meeting.asked()
    at, received = f"/v1/introductions/{made}", f"/v1/received-introductions/{made}"
    headers = {"If-Match": "*"}
    consent = {"fields": [], "wording": WORDING.version}
    answers = [
        meeting.rival.get(at),
        meeting.rival.put(f"{at}/consent", json=consent, headers=headers),
        meeting.rival.delete(f"{at}/consent", headers=headers),
        meeting.rival.post(f"{at}/withdraw", headers=headers),
        meeting.rival.put(f"{at}/rating", json={"overall": 1}, headers=headers),
        meeting.rival.post("/v1/introductions", json=meeting.draft(wording=WORDING.version)),
        meeting.rival.post("/v1/introductions:preview", json=meeting.draft()),
        meeting.other.get(received),
        *(
            meeting.act(made, verb, meeting.other)
            for verb in ("see", "take-care", "finish", "finish-without-help", "report-unreachable")
        ),
        meeting.act(made, "decline", meeting.other, reason="no_capacity"),
        meeting.curator.get(f"/v1/introduction-tray/{made}"),
        meeting.curator.post(
            f"/v1/introduction-tray/{made}/settle", json={"note": "rien"}, headers=headers
        ),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert meeting.rival.get("/v1/introductions").json()["items"] == []
    assert meeting.other.get("/v1/received-introductions").json()["items"] == []
    assert meeting.curator.get("/v1/introduction-tray").json()["items"] == []
    assert meeting.own(made)["version"] == 1


def test_a_change_needs_the_version_that_was_read(meeting: Meeting) -> None:
    made = meeting.asked()
    path = f"/v1/received-introductions/{made}/see"
    assert meeting.provider.post(path).status_code == 428
    assert meeting.provider.post(path, headers={"If-Match": '"7"'}).status_code == 412
    moved = meeting.provider.post(path, headers={"If-Match": '"1"'})
    assert (moved.status_code, moved.headers["etag"]) == (200, '"2"')
    assert meeting.provider.post(path, headers={"If-Match": '"1"'}).status_code == 412


def test_from_the_request_to_the_rating(meeting: Meeting) -> None:
    made = meeting.asked()
    assert meeting.seen_by(meeting.provider, made)["actions"] == ["see", "take_care", "decline"]
    for verb, state in (("see", "seen"), ("take-care", "taking_care"), ("finish", "done")):
        assert meeting.act(made, verb).json()["state"] == state
    rating = {"overall": 4, "speed": 5}
    assert meeting.change(made, "PUT", "rating", rating).json()["rating"]["speed"] == 5
    assert meeting.change(made, "PUT", "rating", rating).status_code == 409
    own = meeting.own(made)
    assert [step["action"] for step in own["history"]] == [
        "request",
        "see",
        "take_care",
        "finish",
        "rate",
    ]
    assert own["actions"] == ["withdraw_consent"]


def test_events_tell_ids_and_states_and_the_mean_of_all_ratings(meeting: Meeting) -> None:
    for stars in (5, 2):
        meeting.need_id = meeting.new_need()
        made = meeting.asked()
        meeting.act(made, "take-care")
        meeting.act(made, "finish")
        assert meeting.change(made, "PUT", "rating", {"overall": stars}).status_code == 200
    found = meeting.events()
    rated = [event for event in found if "rated" in event.type]
    assert [(e.key, e.sequence, e.data.count, e.data.mean) for e in rated] == [
        (str(offer_id("aide")), 1, 1, 5.0),
        (str(offer_id("aide")), 2, 2, 3.5),
    ]
    names = [event.type.split(".")[-2] for event in found if event.key == made]
    assert names == ["requested", "state_changed", "state_changed"]
    assert "acme" not in repr(found)
    assert meeting.need_id not in repr(found)


def test_a_rating_waits_for_the_end(meeting: Meeting) -> None:
    made = meeting.asked()
    refused = meeting.change(made, "PUT", "rating", {"overall": 3})
    assert refused.status_code == 409
    assert "requested" in refused.json()["detail"]
    assert meeting.change(made, "PUT", "rating", {"overall": 9}).status_code == 422


def test_a_refusal_gives_a_reason_and_says_what_could_help_instead(meeting: Meeting) -> None:
    made = meeting.asked()
    assert meeting.act(made, "decline", reason="other").status_code == 422
    unknown = meeting.act(made, "decline", reason="no_capacity", offer="nulle-part")
    assert [fault["pointer"] for fault in unknown.json()["errors"]] == ["/offer"]
    told = {"reason": "no_capacity", "explanation": "Complet.", "offer": "autre-aide"}
    declined = meeting.act(made, "decline", **told)
    assert declined.json()["state"] == "declined"
    own = meeting.own(made)
    assert own["refusal"]["reason"] == "no_capacity"
    assert own["refusal"]["sentence"]["en"] == "No capacity left at the moment."
    assert [(one["slug"], one["by"]) for one in own["proposals"]] == [
        ("autre-aide", "partner"),
        ("troisieme-aide", "product"),
    ]
    # What follows from the start-up's own answers is not the provider's to see.
    assert "troisieme-aide" not in json.dumps(meeting.seen_by(meeting.provider, made))


def test_a_withdrawn_consent_hides_everything_again(meeting: Meeting) -> None:
    made = meeting.asked()
    hidden = meeting.change(made, "DELETE", "consent")
    assert hidden.status_code == 200
    assert hidden.json()["consents"][0]["withdrawn_at"] is not None
    received = meeting.seen_by(meeting.provider, made)
    assert received["shared"] is None
    assert "Bonjour" not in json.dumps(received)
    assert meeting.change(made, "DELETE", "consent").status_code == 409
    body = {"fields": ["profile.trl"], "wording": WORDING.version}
    assert meeting.change(made, "PUT", "consent", body).status_code == 200
    shared = meeting.seen_by(meeting.provider, made)["shared"]
    assert (shared["profile"], shared["contact"]) == ({"trl": None}, None)


def test_another_consent_takes_the_place_of_the_one_before(meeting: Meeting) -> None:
    made = meeting.asked()
    body = {"fields": ["need.description"], "wording": WORDING.version}
    changed = meeting.change(made, "PUT", "consent", body).json()
    assert [one["withdrawn_at"] is None for one in changed["consents"]] == [False, True]
    shared = meeting.seen_by(meeting.provider, made)["shared"]
    assert (shared["profile"], shared["need"]) == ({}, {"description": "très secret"})


def test_a_withdrawn_request_is_hidden_with_its_consent(meeting: Meeting) -> None:
    made = meeting.asked()
    assert meeting.change(made, "POST", "withdraw").json()["state"] == "withdrawn"
    received = meeting.seen_by(meeting.provider, made)
    assert (received["state"], received["shared"], received["actions"]) == ("withdrawn", None, [])
    assert meeting.act(made, "take-care").status_code == 409


def test_reminders_become_due_once_each_and_then_the_request_expires(
    meeting: Meeting, clock: SettableClock, matching: Matching
) -> None:
    made = meeting.asked()
    step = matching.introductions.clock.step
    for days in (8, 1, 11, 1, 23, 1, 14):
        clock.advance(days=days)
        step()
        step()
    due = [event.data for event in meeting.events() if "reminder_due" in event.type]
    assert [data.reminder for data in due] == [1, 2, 3]
    assert meeting.own(made)["state"] == "requested"
    clock.advance(days=1)
    assert [step(), step()] == [1, 0]
    own = meeting.own(made)
    assert own["state"] == "expired"
    assert {one["by"] for one in own["proposals"]} == {"product"}
    assert "aide" not in {one["slug"] for one in own["proposals"]}


def test_reminders_missed_by_a_standstill_are_one(
    meeting: Meeting, clock: SettableClock, matching: Matching
) -> None:
    meeting.asked()
    clock.advance(days=30)
    assert [matching.introductions.clock.step() for _ in range(2)] == [1, 0]
    due = [event.data for event in meeting.events() if "reminder_due" in event.type]
    assert [data.reminder for data in due] == [2]


def test_a_request_that_is_taken_care_of_is_reminded_of_and_never_expires(
    meeting: Meeting, clock: SettableClock, matching: Matching
) -> None:
    made = meeting.asked()
    clock.advance(days=8)
    meeting.act(made, "take-care")
    for days in (8, 1, 12, 24, 300):
        clock.advance(days=days)
        matching.introductions.clock.step()
    due = [event.data for event in meeting.events() if "reminder_due" in event.type]
    assert [data.reminder for data in due] == [1, 2, 3]
    assert meeting.own(made)["state"] == "taking_care"


def test_the_tray_holds_what_was_refused_by_all_or_taken_by_none(
    meeting: Meeting, clock: SettableClock, matching: Matching
) -> None:
    first, second = meeting.asked(), meeting.asked(offer="autre-aide")
    meeting.act(first, "decline", reason="no_capacity")
    # Another provider may still help.
    assert meeting.curator.get("/v1/introduction-tray").json()["items"] == []
    meeting.act(second, "decline", meeting.other, reason="out_of_scope")
    third = meeting.asked(offer="troisieme-aide")
    assert meeting.curator.get("/v1/introduction-tray").json()["items"] == []
    clock.advance(days=45)
    matching.introductions.clock.step()
    tray = meeting.curator.get("/v1/introduction-tray").json()["items"]
    assert [(entry["id"], entry["why"]) for entry in tray] == [(third, "unanswered")]
    clock.advance(days=15)
    matching.introductions.clock.step()
    tray = meeting.curator.get("/v1/introduction-tray").json()["items"]
    assert [entry["why"] for entry in tray] == ["refused", "refused", "expired"]
    assert tray[0]["shared"]["profile"] == {"headcount": 4}


def test_a_settled_request_leaves_the_tray_with_a_word_to_the_start_up(meeting: Meeting) -> None:
    made = meeting.asked()
    meeting.act(made, "decline", reason="no_capacity")
    path = f"/v1/introduction-tray/{made}"
    etag = meeting.curator.get(path).headers["etag"]
    body = {"note": "Voyez plutôt celle-ci.", "offers": ["autre-aide"]}
    settled = meeting.curator.post(f"{path}/settle", json=body, headers={"If-Match": etag})
    assert settled.status_code == 200
    assert meeting.curator.get("/v1/introduction-tray").json()["items"] == []
    own = meeting.own(made)
    assert own["settlement"]["note"] == "Voyez plutôt celle-ci."
    assert (own["proposals"][-1]["slug"], own["proposals"][-1]["by"]) == ("autre-aide", "curator")


def test_lists_are_read_page_by_page(meeting: Meeting) -> None:
    made = [meeting.asked(offer=slug) for slug in ("aide", "autre-aide", "troisieme-aide")]
    first = meeting.founder.get("/v1/introductions", params={"limit": 2}).json()
    following = {"limit": 2, "cursor": first["next"]}
    second = meeting.founder.get("/v1/introductions", params=following).json()
    assert [item["id"] for item in first["items"] + second["items"]] == made
    received = meeting.provider.get("/v1/received-introductions").json()["items"]
    assert [item["id"] for item in received] == made[:1]


def test_a_deleted_start_up_leaves_no_trace_of_its_requests(
    meeting: Meeting, matching: Matching
) -> None:
    made = meeting.asked()
    startup = meeting.own(made)["startup_id"]
    gone = meeting.founder.delete(f"/v1/startups/{startup}", headers={"If-Match": "*"})
    assert gone.status_code == 204
    with matching.engine.connect() as connection:
        for table in (introduction, introduction_step):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
    assert meeting.provider.get(f"/v1/received-introductions/{made}").status_code == 404


def test_a_deleted_need_takes_its_requests_along(meeting: Meeting) -> None:
    made = meeting.asked()
    path = f"/v1/needs/{meeting.need_id}"
    assert meeting.founder.delete(path, headers={"If-Match": "*"}).status_code == 204
    assert meeting.founder.get(f"/v1/introductions/{made}").status_code == 404


def test_an_offer_that_is_renamed_stays_what_was_asked_for(
    meeting: Meeting, matching: Matching
) -> None:
    made = meeting.asked()
    matching.offers.projection.handle(published(grant("aide", title="Nouvelle"), sequence=2))
    assert meeting.own(made)["offer"]["title"]["fr"] == "Aide"


def test_two_start_ups_that_differ_in_what_is_hidden_look_the_same(meeting: Meeting) -> None:
    meeting.asked()
    other = STARTUP | {"name": "Autre", "turnover_eur": 9, "sites": ["DEP-13"], "trl": 9}
    made = meeting.founder.post("/v1/startups", json=other).headers["location"]
    need = {"title": "Une aide", "description": "tout autre chose", "kinds": ["compute"]}
    meeting.need_id = meeting.founder.post(f"{made}/needs", json=need).json()["id"]
    meeting.asked()
    shown = meeting.provider.get("/v1/received-introductions").json()["items"]
    assert shown[0]["shared"] == shown[1]["shared"]
    assert FOUNDER.organisation not in json.dumps(shown).replace("alice@acme", "")


def test_a_good_rating_is_a_part_of_the_score_from_then_on(
    meeting: Meeting, anonymous: TestClient
) -> None:
    def part() -> dict[str, object]:
        found = anonymous.post("/v1/matches", json={"profile": STARTUP}).json()["items"]
        parts = next(m["contributions"] for m in found if m["offer"]["slug"] == "aide")
        return next(one for one in parts if one["criterion"] == "ratings")

    assert (part()["known"], part()["value"]) == (False, 0.5)
    made = meeting.asked()
    meeting.act(made, "take-care")
    meeting.act(made, "finish")
    meeting.change(made, "PUT", "rating", {"overall": 5})
    # Five ratings in the middle and one at the top: (5 x 3 + 5) / 6 stars, from 0 to 1.
    assert part()["known"] is True
    assert part()["value"] == pytest.approx((20 / 6 - 1) / 4, abs=1e-4)
