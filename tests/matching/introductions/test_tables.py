"""What the tables of introductions promise, on both databases."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient
from tests.matching.documents import offer_id
from tests.matching.introducing import Meeting

from aiff_kit.auth import Principal
from aiff_kit.db import upgrade
from aiff_kit.testing import SettableClock
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.shared.migrations import MIGRATIONS


@pytest.fixture(params=["embedded", pytest.param("real", marks=pytest.mark.engines)])
def matching(request, tmp_path, clock):
    settings = {
        "AIFF_DATA_DIR": tmp_path,
        "MATCHING_DATABASE_URL": None,
        "MATCHING_ENCODER": "none",
    }
    if request.param == "real":
        postgres, name = request.getfixturevalue("postgres"), f"test_{uuid4().hex}"
        postgres.create_database(name)
        settings["MATCHING_DATABASE_URL"] = postgres.url(name)
    made = MatchingSettings(**settings)
    upgrade(made.database_url, MIGRATIONS)
    service = Matching(made, clock)
    yield service
    service.close()


@pytest.fixture
def meeting(matching: Matching, client_of: Callable[[Principal], TestClient]) -> Meeting:
    return Meeting(matching, client_of)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run calls in threads that start together and return what they returned."""
    barrier, found = Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        barrier.wait()
        found.append(call())

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_equal_requests_at_once_one_is_open(meeting: Meeting) -> None:
    answers = at_once(*[lambda: meeting.ask().status_code] * 3)
    assert sorted(answers) == [201, 409, 409]
    assert len(meeting.founder.get("/v1/introductions").json()["items"]) == 1


def test_of_two_moves_at_once_one_takes_effect(meeting: Meeting) -> None:
    made = meeting.asked()
    verbs = ("take-care", "see", "take-care")
    path = f"/v1/received-introductions/{made}"
    headers = {"If-Match": '"1"'}
    answers = at_once(
        *[
            lambda verb=verb: meeting.provider.post(f"{path}/{verb}", headers=headers).status_code
            for verb in verbs
        ]
    )
    assert sorted(answers) == [200, 412, 412]
    assert len(meeting.own(made)["history"]) == 2


def test_ratings_given_at_once_are_all_counted(meeting: Meeting, matching: Matching) -> None:
    made = []
    for _ in range(3):
        meeting.need_id = meeting.new_need()
        made.append(meeting.asked())
        meeting.act(made[-1], "take-care")
        meeting.act(made[-1], "finish")
    body = {"overall": 4}
    answers = at_once(
        *[lambda one=one: meeting.change(one, "PUT", "rating", body).status_code for one in made]
    )
    assert answers == [200, 200, 200]
    rated = [event for event in meeting.events() if "rated" in event.type]
    assert sorted(event.sequence for event in rated) == [1, 2, 3]
    found = matching.offers.catalogue.current().find("aide")
    assert found.rating.count == 3


def test_the_tray_and_the_clock_read_the_same_on_both(
    meeting: Meeting, matching: Matching, clock: SettableClock
) -> None:
    declined, waiting = meeting.asked(), meeting.asked(offer="autre-aide")
    meeting.act(declined, "decline", reason="no_capacity")

    def tray() -> list[tuple[str, str]]:
        items = meeting.curator.get("/v1/introduction-tray").json()["items"]
        return [(item["id"], item["why"]) for item in items]

    assert tray() == []
    clock.advance(days=45)
    assert matching.introductions.clock.step() == 1
    assert tray() == [(waiting, "unanswered")]
    clock.advance(days=15)
    assert [matching.introductions.clock.step() for _ in range(2)] == [1, 0]
    assert tray() == [(declined, "refused"), (waiting, "expired")]
    with matching.base.unit_of_work() as uow:
        need = uow.introductions.unresolved(UUID(declined)).need_id
        assert uow.introductions.asked_for(need) == {offer_id("aide"), offer_id("autre-aide")}
    gone = meeting.founder.delete(f"/v1/needs/{need}", headers={"If-Match": "*"})
    assert gone.status_code == 204
    assert tray() == []
