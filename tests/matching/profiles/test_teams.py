"""A team works on one profile, takes over what its founder began alone, and is advised."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from tests.matching.documents import STARTUP
from tests.matching.introducing import Meeting

from aiff_kit.auth import Principal, Scope
from aiff_matching.introductions.domain.consent import WORDING
from aiff_matching.main.matching import Matching
from aiff_matching.partners.domain.discoverability import FOUND_WORDING

Clients = Callable[[Principal], TestClient]
EDITING = frozenset({Scope.STARTUPS_READ, Scope.STARTUPS_WRITE, Scope.INTRODUCTIONS_REQUEST})
ALONE = Principal("alice", None, EDITING)
IN_THE_TEAM = Principal("alice", "acme-1a2b3c", EDITING | {Scope.STARTUPS_TRANSFER})
COLLEAGUE = Principal("bea", "acme-1a2b3c", EDITING | {Scope.STARTUPS_TRANSFER})
ADVISER = Principal("ines", None, EDITING, "acme-1a2b3c")
ANY = {"If-Match": "*"}
# By organisation members: what a person alone holds may not be taken by others or given away.
REFUSED = [
    (COLLEAGUE, 404),
    (Principal("alice", "acme-1a2b3c", EDITING), 403),
    (ADVISER, 403),
]


def begun(client: TestClient) -> tuple[str, str]:
    """Return the addresses of a new start-up and of its need."""
    made = client.post("/v1/startups", json=STARTUP | {"name": "Acme"})
    assert made.status_code == 201, made.text
    location = made.headers["location"]
    need = {"title": "Une aide", "kinds": ["funding"]}
    stored = client.post(f"{location}/needs", json=need)
    assert stored.status_code == 201, stored.text
    return location, stored.headers["location"]


def ask(client: TestClient, need: str) -> str:
    body = {
        "need_id": need.rpartition("/")[2],
        "offer": "aide",
        "message": "Bonjour",
        "contact": "alice@acme.example",
        "fields": ["profile.headcount", "contact"],
        "wording": WORDING.version,
    }
    answer = client.post("/v1/introductions", json=body)
    assert answer.status_code == 201, answer.text
    return f"/v1/introductions/{answer.json()['id']}"


def test_two_people_of_a_team_work_on_one_profile(client_of: Clients) -> None:
    one, other = client_of(IN_THE_TEAM), client_of(COLLEAGUE)
    location, need = begun(one)
    read = other.get(location)
    changed = other.patch(
        location, json={"headcount": 5}, headers={"If-Match": read.headers["etag"]}
    )
    assert changed.status_code == 200
    late = one.patch(location, json={"headcount": 6}, headers={"If-Match": read.headers["etag"]})
    assert late.status_code == 412
    assert one.get(location).json()["profile"]["headcount"] == 5
    assert other.delete(need, headers=ANY).status_code == 204


def test_what_was_begun_alone_passes_to_the_team_with_all_that_hangs_on_it(
    matching: Matching, client_of: Clients
) -> None:
    Meeting(matching, client_of)
    alone, team, colleague = map(client_of, (ALONE, IN_THE_TEAM, COLLEAGUE))
    location, need = begun(alone)
    introduction = ask(alone, need)
    assert colleague.get(location).status_code == 404
    before = alone.get(location).headers["etag"]
    moved = team.post(f"{location}/transfer", headers={"If-Match": before})
    assert moved.status_code == 200, moved.text
    for path in (location, need, introduction):
        assert colleague.get(path).status_code == 200
        assert alone.get(path).status_code == 404
    withdrawn = colleague.post(f"{introduction}/withdraw", headers=ANY)
    assert withdrawn.status_code == 200, withdrawn.text
    assert withdrawn.json()["state"] == "withdrawn"
    assert colleague.delete(location, headers=ANY).status_code == 204
    assert colleague.get(introduction).status_code == 404


def test_a_consent_to_be_found_passes_too(client_of: Clients) -> None:
    alone, team, colleague = map(client_of, (ALONE, IN_THE_TEAM, COLLEAGUE))
    location, _ = begun(alone)
    body = {"fields": ["profile.sectors"], "wording": FOUND_WORDING.version}
    given = alone.put(f"{location}/discoverability", json=body)
    assert given.status_code == 200, given.text
    team.post(f"{location}/transfer", headers=ANY)
    assert alone.get(f"{location}/discoverability").status_code == 404
    seen = colleague.get(f"{location}/discoverability").json()
    assert "profile.sectors" in str(seen)
    assert colleague.delete(f"{location}/discoverability").status_code == 200


@pytest.mark.parametrize(("caller", "status"), REFUSED)
def test_nobody_takes_what_somebody_else_began_alone(
    client_of: Clients, caller: Principal, status: int
) -> None:
    location, _ = begun(client_of(ALONE))
    answer = client_of(caller).post(f"{location}/transfer", headers=ANY)
    assert answer.status_code == status
    assert client_of(ALONE).get(location).status_code == 200


def test_a_stale_transfer_is_refused(client_of: Clients) -> None:
    location, _ = begun(client_of(ALONE))
    answer = client_of(IN_THE_TEAM).post(f"{location}/transfer", headers={"If-Match": '"7"'})
    assert answer.status_code == 412


def test_what_an_adviser_does_is_shown_as_theirs(matching: Matching, client_of: Clients) -> None:
    Meeting(matching, client_of)
    team, adviser = client_of(IN_THE_TEAM), client_of(ADVISER)
    _, need = begun(team)
    introduction = ask(adviser, need)
    team.post(f"{introduction}/withdraw", headers=ANY)
    steps = team.get(introduction).json()["history"]
    assert [(step["role"], step["adviser"]) for step in steps] == [
        ("startup", "ines"),
        ("startup", None),
    ]
    assert client_of(Principal("ines", None, EDITING)).get(introduction).status_code == 404
