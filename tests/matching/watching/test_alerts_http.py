"""Alerts over HTTP: owned, paged, read, and told as the owner says."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from tests.matching.documents import STARTUP, cmp, grant, published

from aiff_kit.auth import Principal, Scope
from aiff_matching.main.matching import Matching

UNKNOWN = "01900000-0000-7000-8000-000000000000"
READER = Principal("carol", "acme", frozenset({Scope.STARTUPS_READ}))
SETTINGS = {"frequency": "weekly", "kinds": None, "minimum": "unknown"}
ROUTES = [
    ("GET", "/v1/needs/{need}/alerts"),
    ("POST", "/v1/needs/{need}/alerts:read"),
    ("GET", "/v1/needs/{need}/alert-settings"),
    ("PUT", "/v1/needs/{need}/alert-settings"),
]
BODIES = {"POST": {}, "PUT": SETTINGS}


def need_of(client: TestClient) -> str:
    startup = client.post("/v1/startups", json=STARTUP).headers["location"]
    return client.post(f"{startup}/needs", json={"title": "une bourse"}).headers["location"]


def publish(matching: Matching, *slugs: str) -> None:
    while matching.watching.watch.step():
        pass
    for slug in slugs:
        matching.offers.projection.handle(published(grant(slug, cmp("headcount", "<", 10))))
    while matching.watching.watch.step():
        pass


def call(client: TestClient, method: str, path: str, need: str = UNKNOWN):
    headers = {"If-Match": '"1"'} if method == "PUT" else {}
    address = path.format(need=need.rsplit("/", maxsplit=1)[-1])
    return client.request(method, address, json=BODIES.get(method), headers=headers)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_an_anonymous_caller_is_refused(anonymous: TestClient, method: str, path: str) -> None:
    assert call(anonymous, method, path).status_code == 401


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_another_organisation_gets_404(owner, stranger, method: str, path: str) -> None:
    need = need_of(owner)
    assert call(stranger, method, path, need).status_code == 404
    assert call(owner, method, path, need).status_code == 200


def test_a_reader_may_not_mark_or_change(client_of: Callable[[Principal], TestClient], owner):
    need = need_of(owner)
    answers = [call(client_of(READER), method, path, need) for method, path in ROUTES]
    assert [answer.status_code for answer in answers] == [200, 403, 200, 403]


def test_alerts_are_paged_newest_first_to_the_end(owner, matching: Matching) -> None:
    need = need_of(owner)
    publish(matching, "bourse", "pret", "prix")
    first = owner.get(f"{need}/alerts", params={"limit": 2, "unread": True}).json()
    cursor = {"limit": 2, "cursor": first["next"]}
    second = owner.get(f"{need}/alerts", params=cursor | {"unread": True}).json()
    slugs = [item["offer_slug"] for item in first["items"] + second["items"]]
    assert sorted(slugs) == ["bourse", "pret", "prix"]
    assert second["next"] is None
    assert first["items"][0]["kind"] == "new_match"
    assert first["items"][0]["verdict"] == "eligible"
    mismatch = owner.get(f"{need}/alerts", params=cursor)
    assert (mismatch.status_code, mismatch.json()["type"].rsplit("/", 1)[-1]) == (
        400,
        "cursor-mismatch",
    )


def test_read_alerts_leave_the_unread_ones(owner, matching: Matching) -> None:
    need = need_of(owner)
    publish(matching, "bourse", "pret")
    one = owner.get(f"{need}/alerts").json()["items"][0]["id"]
    assert owner.post(f"{need}/alerts:read", json={"alerts": [one]}).json() == {"read": 1}
    assert owner.post(f"{need}/alerts:read", json={"alerts": [one]}).json() == {"read": 0}
    left = owner.get(f"{need}/alerts", params={"unread": True}).json()["items"]
    assert one not in [item["id"] for item in left]
    assert len(left) == 1
    assert owner.post(f"{need}/alerts:read", json={}).json() == {"read": 1}
    assert len(owner.get(f"{need}/alerts").json()["items"]) == 2


def test_settings_are_replaced_at_their_version_only(owner) -> None:
    address = f"{need_of(owner)}/alert-settings"
    usual = owner.get(address)
    assert usual.json() == {"frequency": "daily", "kinds": None, "minimum": "to_confirm"}
    assert owner.put(address, json=SETTINGS).status_code == 428
    match = {"If-Match": usual.headers["etag"]}
    changed = owner.put(address, json=SETTINGS, headers=match)
    assert (changed.status_code, changed.json()) == (200, SETTINGS)
    assert owner.put(address, json=SETTINGS, headers=match).status_code == 412


@pytest.mark.parametrize(
    "change", [{"frequency": "hourly"}, {"kinds": ["gossip"]}, {"kinds": []}, {"mail": "a@b.fr"}]
)
def test_settings_that_mean_nothing_are_refused_with_a_pointer(owner, change) -> None:
    address = f"{need_of(owner)}/alert-settings"
    answer = owner.put(address, json=SETTINGS | change, headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{next(iter(change))}")


def test_an_unknown_parameter_is_refused(owner) -> None:
    assert owner.get(f"{need_of(owner)}/alerts", params={"read": "yes"}).status_code == 400
