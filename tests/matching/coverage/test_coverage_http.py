"""How well needs are covered: counted by the worker, read by staff, silent about a few."""

import csv
import io
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from tests.matching.conftest import OWNER
from tests.matching.documents import grant, published
from tests.matching.introducing import CURATOR

from aiff_kit.auth import Principal
from aiff_kit.testing import PassingFaultError, SettableClock, fails_once
from aiff_matching.coverage.application import CoverageCounting
from aiff_matching.main.matching import Matching

ClientOf = Callable[[Principal], TestClient]
NEED = {"kinds": ["funding"], "description": "subvention"}
COMPUTE = {"kinds": ["compute"], "description": "des GPU"}


def register(client: TestClient, *needs: dict[str, object]) -> None:
    startup = client.post("/v1/startups", json={"country": "FR", "sectors": ["health"]})
    assert startup.status_code == 201, startup.text
    for need in needs:
        address = f"/v1/startups/{startup.json()['id']}/needs"
        assert client.post(address, json=need).status_code == 201


def work(matching: Matching) -> None:
    while matching.watching.watch.step():
        pass
    while matching.coverage.counting.step():
        pass


@pytest.fixture
def staff(client_of: ClientOf) -> TestClient:
    return client_of(CURATOR)


def levels(staff: TestClient, grouping: str) -> dict[tuple[str, str], int]:
    items = staff.get("/v1/coverage").json()["items"]
    return {
        (one["key"], one["level"]): one["needs"] for one in items if one["grouping"] == grouping
    }


def test_staff_see_which_needs_nothing_covers(
    matching: Matching, owner: TestClient, staff: TestClient
) -> None:
    matching.offers.projection.handle(published(grant("aide")))
    for _ in range(5):
        register(owner, NEED, COMPUTE)
    work(matching)
    kinds = levels(staff, "kind")
    assert kinds["compute", "none"] == 5
    assert sum(needs for (kind, level), needs in kinds.items() if kind == "funding") == 5
    assert ("funding", "none") not in kinds
    assert levels(staff, "sector").keys() >= {("health", "none")}


def test_four_start_ups_are_too_few_to_be_told(
    matching: Matching, owner: TestClient, staff: TestClient
) -> None:
    for _ in range(4):
        register(owner, NEED, COMPUTE)
    work(matching)
    answer = staff.get("/v1/coverage")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_the_figures_are_made_anew_each_hour_and_never_while_somebody_reads(
    matching: Matching, owner: TestClient, staff: TestClient, clock: SettableClock
) -> None:
    for _ in range(5):
        register(owner, NEED)
    work(matching)
    register(owner, NEED)
    work(matching)
    assert levels(staff, "all") == {("all", "none"): 5}
    clock.advance(hours=1)
    work(matching)
    assert levels(staff, "all") == {("all", "none"): 6}


def test_the_figures_are_csv_too(matching: Matching, owner: TestClient, staff: TestClient) -> None:
    for _ in range(5):
        register(owner, NEED)
    work(matching)
    answer = staff.get("/v1/coverage", headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {"day", "grouping", "key", "level", "needs"} == set(rows[0])
    assert ("all", "none", "5") in {(one["key"], one["level"], one["needs"]) for one in rows}
    day = rows[0]["day"]
    assert staff.get("/v1/coverage", params={"day": day}).status_code == 200
    assert staff.get("/v1/coverage", params={"day": "2020-01-01"}).status_code == 404
    assert staff.get("/v1/coverage", params={"week": "1"}).status_code == 400


def test_only_staff_read_the_coverage(client_of: ClientOf, anonymous: TestClient) -> None:
    assert client_of(OWNER).get("/v1/coverage").status_code == 403
    assert anonymous.get("/v1/coverage").status_code == 401


def test_a_count_that_could_not_begin_begins_at_the_next_step(
    matching: Matching, owner: TestClient, clock: SettableClock
) -> None:
    register(owner, NEED)
    counting = CoverageCounting(
        fails_once(matching.base.unit_of_work), matching.offers.catalogue, clock
    )
    with pytest.raises(PassingFaultError):
        counting.step()
    assert counting.step() == 1
