"""Attention to providers is measured beside the answers, shown to staff, and capped."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from tests.matching.documents import grant, published
from tests.matching.introducing import CURATOR, FOUNDER, Meeting

from aiff_kit.auth import Principal
from aiff_kit.testing import PassingFaultError, SettableClock, fails_once
from aiff_matching.experience import domain as experience
from aiff_matching.experience.application import ExposureCap
from aiff_matching.main.matching import Matching


@pytest.fixture
def offers(matching: Matching) -> None:
    for document in (
        grant("aa"),
        grant("bb", provider="inria"),
        grant("cc", provider="bpifrance"),
    ):
        matching.offers.projection.handle(published(document))


def order(client: TestClient) -> list[str]:
    return [one["offer"]["slug"] for one in client.post("/v1/matches", json={}).json()["items"]]


def test_what_answers_show_first_is_measured_and_a_provider_above_the_cap_yields(
    matching: Matching,
    client_of: Callable[[Principal], TestClient],
    owner: TestClient,
    anonymous: TestClient,
    clock: SettableClock,
    offers: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(experience, "LEAST_ATTENTION", 3.0)
    assert [order(anonymous) for _ in range(3)] == [["aa", "bb", "cc"]] * 3
    matching.experience.meter.write()
    assert matching.experience.cap.step() == 0
    assert [order(owner) for _ in range(3)] == [["aa", "bb", "cc"]] * 3
    matching.experience.meter.write()
    clock.advance(hours=2)
    assert matching.experience.cap.step() == 1
    report = client_of(CURATOR).get("/v1/exposure").json()
    assert 0 < report["most_lost"] < 0.02
    assert [(one["provider"], one["yields"]) for one in report["items"]] == [
        ("genci", True),
        ("inria", False),
        ("bpifrance", False),
    ]
    assert order(anonymous) == ["bb", "cc", "aa"]
    clock.advance(days=40)
    assert matching.experience.cap.step() == 1
    assert client_of(CURATOR).get("/v1/exposure").json()["items"] == []
    assert order(anonymous) == ["aa", "bb", "cc"]


def test_only_staff_read_the_exposure(
    anonymous: TestClient, client_of: Callable[[Principal], TestClient]
) -> None:
    assert anonymous.get("/v1/exposure").status_code == 401
    assert client_of(FOUNDER).get("/v1/exposure").status_code == 403


def test_history_takes_part_once_enough_were_helped(
    matching: Matching,
    client_of: Callable[[Principal], TestClient],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(experience, "LEAST_NEEDS", 2)
    meeting = Meeting(matching, client_of)
    asked = {"profile": {"country": "FR"}, "need": {"title": "Une aide"}}
    weights = meeting.founder.post("/v1/matches", json=asked).json()["weights"]
    assert (weights["history"], weights["exposure"]) == (0, 0)
    made = meeting.asked(fields=["profile.country", "need.title"])
    assert meeting.act(made, "take-care").status_code == 200
    meeting.need_id = meeting.new_need()
    elsewhere = meeting.asked(offer="autre-aide", fields=["profile.sites"])
    assert meeting.act(elsewhere, "take-care", meeting.other).status_code == 200
    answer = meeting.founder.post("/v1/matches", json=asked).json()
    assert answer["weights"]["history"] == 3
    parts = {
        one["offer"]["slug"]: part
        for one in answer["items"]
        for part in one["contributions"]
        if part["criterion"] == "history"
    }
    assert (parts["aide"]["known"], parts["autre-aide"]["known"]) == (True, False)
    assert parts["aide"]["value"] > parts["autre-aide"]["value"] == 0.5
    # What was not agreed to be shown is not learnt from.
    hidden = asked | {"need": {"description": "très secret"}}
    weights = meeting.founder.post("/v1/matches", json=hidden).json()["weights"]
    assert weights["history"] == 0
    assert meeting.change(made, "DELETE", "consent").status_code == 200
    weights = meeting.founder.post("/v1/matches", json=asked).json()["weights"]
    assert weights["history"] == 0


def test_a_judgement_that_could_not_be_stored_is_made_at_the_next_step(
    matching: Matching,
    owner: TestClient,
    clock: SettableClock,
    offers: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(experience, "LEAST_ATTENTION", 1.0)
    assert order(owner) == ["aa", "bb", "cc"]
    matching.experience.meter.write()
    cap = ExposureCap(fails_once(matching.base.unit_of_work), 0.3, clock)
    with pytest.raises(PassingFaultError):
        cap.step()
    assert cap.step() == 1
