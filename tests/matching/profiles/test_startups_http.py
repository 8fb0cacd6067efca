"""Stored start-ups and needs: owned, versioned, deleted without a trace."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient
from tests.matching.documents import STARTUP, cmp, grant, published

from aiff_kit.auth import Principal, Scope
from aiff_kit.http import IdempotencyStore
from aiff_matching.main.matching import Matching
from aiff_matching.shared.tables import decision, need, startup

UNKNOWN = "01900000-0000-7000-8000-000000000000"
READER = Principal("carol", "acme", frozenset({Scope.STARTUPS_READ}))


def created(client: TestClient, **profile: object) -> tuple[str, str]:
    response = client.post("/v1/startups", json=STARTUP | profile)
    assert response.status_code == 201, response.text
    return response.headers["location"], response.headers["etag"]


def with_need(client: TestClient) -> tuple[str, str, str]:
    location, _ = created(client)
    response = client.post(f"{location}/needs", json={"title": "une bourse"})
    assert response.status_code == 201, response.text
    return location, response.headers["location"], response.headers["etag"]


def rows(matching: Matching, table: object) -> int:
    with matching.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/startups"),
        ("GET", "/v1/startups"),
        ("GET", f"/v1/startups/{UNKNOWN}"),
        ("PUT", f"/v1/startups/{UNKNOWN}"),
        ("PATCH", f"/v1/startups/{UNKNOWN}"),
        ("DELETE", f"/v1/startups/{UNKNOWN}"),
        ("POST", f"/v1/startups/{UNKNOWN}/needs"),
        ("GET", f"/v1/startups/{UNKNOWN}/needs"),
        ("GET", f"/v1/needs/{UNKNOWN}"),
        ("PUT", f"/v1/needs/{UNKNOWN}"),
        ("DELETE", f"/v1/needs/{UNKNOWN}"),
        ("GET", f"/v1/needs/{UNKNOWN}/matches"),
    ],
)
def test_an_anonymous_caller_is_refused(anonymous: TestClient, method: str, path: str) -> None:
    body = {} if method in {"POST", "PUT", "PATCH"} else None
    response = anonymous.request(method, path, json=body)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


def test_a_reader_may_not_write(client_of: Callable[[Principal], TestClient]) -> None:
    assert client_of(READER).post("/v1/startups", json=STARTUP).status_code == 403


def test_a_created_startup_is_read_back_with_its_version(owner: TestClient) -> None:
    location, etag = created(owner)
    response = owner.get(location)
    assert response.json()["profile"]["headcount"] == 4
    assert response.headers["etag"] == etag == '"1"'
    assert owner.get(location, headers={"If-None-Match": etag}).status_code == 304


def test_another_organisation_gets_404_for_everything(
    owner: TestClient, stranger: TestClient
) -> None:
    location, need_at, _ = with_need(owner)
    match = {"If-Match": '"1"'}
    answers = [
        stranger.get(location),
        stranger.put(location, json=STARTUP, headers=match),
        stranger.patch(location, json={}, headers=match),
        stranger.delete(location, headers=match),
        stranger.get(f"{location}/needs"),
        stranger.post(f"{location}/needs", json={}),
        stranger.get(need_at),
        stranger.put(need_at, json={}, headers=match),
        stranger.delete(need_at, headers=match),
        stranger.get(f"{need_at}/matches"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert stranger.get("/v1/startups").json()["items"] == []


def test_a_change_needs_the_current_version(owner: TestClient) -> None:
    location, etag = created(owner)
    assert owner.put(location, json=STARTUP).status_code == 428
    changed = owner.put(location, json=STARTUP | {"headcount": 9}, headers={"If-Match": etag})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert owner.put(location, json=STARTUP, headers={"If-Match": etag}).status_code == 412
    assert owner.delete(location, headers={"If-Match": etag}).status_code == 412


def test_a_merge_patch_changes_and_removes_single_answers(owner: TestClient) -> None:
    location, etag = created(owner)
    patch = {"headcount": {"min": 10, "max": 19}, "turnover_eur": None}
    response = owner.patch(location, json=patch, headers={"If-Match": etag})
    profile = response.json()["profile"]
    assert profile["headcount"] == {"min": 10, "max": 19}
    assert profile["turnover_eur"] is None
    assert profile["country"] == "FR"


def test_a_patch_to_something_unacceptable_changes_nothing(owner: TestClient) -> None:
    location, etag = created(owner)
    response = owner.patch(location, json={"trl": 12}, headers={"If-Match": etag})
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/trl"
    assert owner.get(location).headers["etag"] == etag


def test_the_owner_and_the_version_cannot_be_set_by_the_body(owner: TestClient) -> None:
    response = owner.post("/v1/startups", json=STARTUP | {"tenant": "org:other", "version": 7})
    assert {fault["pointer"] for fault in response.json()["errors"]} == {"/tenant", "/version"}


def test_an_idempotency_key_creates_once(owner: TestClient, matching: Matching) -> None:
    headers = {"Idempotency-Key": "key-1"}
    first = owner.post("/v1/startups", json=STARTUP, headers=headers)
    second = owner.post("/v1/startups", json=STARTUP, headers=headers)
    other = owner.post("/v1/startups", json=STARTUP | {"headcount": 5}, headers=headers)
    assert first.json() == second.json()
    assert second.headers["location"] == first.headers["location"]
    assert other.status_code == 422
    assert rows(matching, startup) == 1


@pytest.mark.parametrize("kind", ["startup", "need"])
def test_a_creation_whose_answer_could_not_be_kept_left_nothing_and_is_repeated(
    owner: TestClient, matching: Matching, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    paths = {"startup": "/v1/startups", "need": f"{created(owner)[0]}/needs"}
    bodies = {"startup": STARTUP, "need": {"title": "une bourse"}}
    counted = rows(matching, startup), rows(matching, need)

    def create() -> int:
        headers = {"Idempotency-Key": "key-1"}
        return owner.post(paths[kind], json=bodies[kind], headers=headers).status_code

    with monkeypatch.context() as broken:
        broken.setattr(IdempotencyStore, "_keep", unable)
        assert create() == 500
    assert (rows(matching, startup), rows(matching, need)) == counted
    assert [create(), create()] == [201, 201]
    assert rows(matching, startup) + rows(matching, need) == sum(counted) + 1


def unable(*_: object) -> None:
    raise RuntimeError


def test_a_list_is_paged_with_a_signed_cursor(owner: TestClient) -> None:
    for headcount in range(3):
        created(owner, headcount=headcount)
    first = owner.get("/v1/startups?limit=2")
    assert 'rel="next"' in first.headers["link"]
    rest = owner.get(f"/v1/startups?limit=2&cursor={first.json()['next']}").json()
    found = [*first.json()["items"], *rest["items"]]
    assert [item["profile"]["headcount"] for item in found] == [0, 1, 2]
    assert rest["next"] is None


@pytest.mark.parametrize("query", ["cursor=broken", "cursor=é", "limit=0", "limit=101", "sort=x"])
def test_a_bad_parameter_is_400(owner: TestClient, query: str) -> None:
    assert owner.get(f"/v1/startups?{query}").status_code == 400


def test_a_cursor_of_another_list_is_refused(owner: TestClient) -> None:
    created(owner)
    location, _ = created(owner)
    cursor = owner.get("/v1/startups?limit=1").json()["next"]
    response = owner.get(f"{location}/needs?cursor={cursor}")
    assert (response.status_code, response.json()["type"].rsplit("/", 1)[-1]) == (
        400,
        "cursor-mismatch",
    )


def test_a_need_is_listed_replaced_and_deleted(owner: TestClient) -> None:
    location, need_at, etag = with_need(owner)
    assert len(owner.get(f"{location}/needs").json()["items"]) == 1
    changed = owner.put(need_at, json={"title": "des GPU"}, headers={"If-Match": etag})
    assert changed.json()["need"]["title"] == "des GPU"
    assert owner.delete(need_at, headers={"If-Match": '"2"'}).status_code == 204
    assert owner.get(need_at).status_code == 404


def test_the_matches_of_a_stored_need_are_logged(owner: TestClient, matching: Matching) -> None:
    matching.offers.projection.handle(
        published(grant("bourse", cmp("headcount", "<", 30)), sequence=1)
    )
    _, need_at, _ = with_need(owner)
    answer = owner.get(f"{need_at}/matches").json()
    assert answer["items"][0]["verdict"] == "eligible"
    with matching.engine.connect() as connection:
        row = connection.execute(select(decision)).one()
    assert (row.verdict, row.offer_version, row.need_version, row.position) == ("eligible", 1, 1, 0)
    assert len(row.profile_hash) == 64


def test_a_deleted_startup_leaves_no_need_and_no_decision(
    owner: TestClient, matching: Matching
) -> None:
    matching.offers.projection.handle(published(grant("bourse")))
    location, need_at, _ = with_need(owner)
    owner.get(f"{need_at}/matches")
    assert owner.delete(location, headers={"If-Match": '"1"'}).status_code == 204
    assert [rows(matching, table) for table in (startup, need, decision)] == [0, 0, 0]


def test_an_id_that_is_no_id_is_400(owner: TestClient) -> None:
    assert owner.get("/v1/startups/1%27%20OR%201=1").status_code == 400
