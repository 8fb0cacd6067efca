"""Partners that look for start-ups, and start-ups that let themselves be found, or not."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.matching.documents import STARTUP, cmp, grant, published
from tests.matching.introducing import FOUNDER, OTHER_PROVIDER, PROVIDER, RIVAL

from aiff_kit.auth import Principal, Scope
from aiff_matching.main.matching import Matching
from aiff_matching.partners.domain.discoverability import FOUND_WORDING

FIELDS = ["profile.sectors", "profile.organisation_type", "profile.sites", "profile.headcount"]
NEEDS = ["need.title", "need.description", "need.kinds", "need.compute"]
FINDER, OTHER_FINDER = (
    Principal(one.subject, one.organisation, frozenset({Scope.STARTUPS_FIND}))
    for one in (PROVIDER, OTHER_PROVIDER)
)
UNKNOWN = "01900000-0000-7000-8000-000000000000"


class Market:
    """Two founders and two partners; one partner has an offer."""

    def __init__(self, matching: Matching, client_of: Callable[[Principal], TestClient]) -> None:
        matching.offers.projection.handle(
            published(grant("aide", cmp("headcount", "<", 10), title="Aide aux robots"))
        )
        self.founder, self.rival = client_of(FOUNDER), client_of(RIVAL)
        self.partner, self.other = client_of(FINDER), client_of(OTHER_FINDER)

    def startup(self, who: TestClient | None = None, need: Any = None, **profile: Any) -> str:
        client = who or self.founder
        made = client.post("/v1/startups", json=STARTUP | {"sectors": ["health"]} | profile)
        if need is not None:
            assert client.post(f"{made.headers['location']}/needs", json=need).status_code == 201
        return str(made.json()["id"])

    def agree(self, startup: str, fields: list[str], who: TestClient | None = None) -> Any:
        body = {"fields": fields, "wording": FOUND_WORDING.version}
        return (who or self.founder).put(f"/v1/startups/{startup}/discoverability", json=body)

    def search(self, **wanted: Any) -> str:
        made = self.partner.post("/v1/partner-searches", json={"title": "Cohorte"} | wanted)
        assert made.status_code == 201, made.text
        return str(made.headers["location"])

    def found(self, **wanted: Any) -> dict[str, Any]:
        answer = self.partner.get(f"{self.search(**wanted)}/startups")
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body


@pytest.fixture
def market(matching: Matching, client_of: Callable[[Principal], TestClient]) -> Market:
    return Market(matching, client_of)


def test_nobody_is_found_without_having_agreed(market: Market) -> None:
    startup = market.startup()
    assert market.found()["items"] == []
    assert market.agree(startup, FIELDS).json()["found"] is True
    assert [one["startup_id"] for one in market.found()["items"]] == [startup]


def test_a_partner_sees_the_agreed_fields_and_nothing_else(market: Market) -> None:
    startup = market.startup(name="Secret SAS", need={"title": "Un prêt", "description": "caché"})
    market.agree(startup, ["profile.sectors", "need.title"])
    answer = market.found()
    item = answer["items"][0]
    assert item["profile"] == {"sectors": ["health"]}
    assert item["need"] == {"title": "Un prêt"}
    assert "Secret" not in str(answer)
    assert "caché" not in str(answer)


def test_consent_taken_back_counts_at_once(market: Market) -> None:
    startup = market.startup()
    market.agree(startup, FIELDS)
    search = market.search()
    assert market.partner.get(f"{search}/startups").json()["items"]
    answer = market.founder.delete(f"/v1/startups/{startup}/discoverability")
    assert answer.json()["found"] is False
    assert market.partner.get(f"{search}/startups").json()["items"] == []
    given = answer.json()["consents"][0]
    assert given["withdrawn_at"] is not None


def test_the_startup_sees_who_saw_it_how_often(market: Market) -> None:
    startup = market.startup()
    market.agree(startup, FIELDS)
    market.found()
    market.found()
    views = market.founder.get(f"/v1/startups/{startup}/discoverability/views").json()["items"]
    assert [(one["organisation"], one["times"]) for one in views] == [("genci", 2)]


def test_a_requirement_that_fails_leaves_out_and_one_unknown_is_to_confirm(
    market: Market,
) -> None:
    health = market.startup()
    silent = market.startup()
    energy = market.startup(sectors=["energy"])
    for one, fields in ((health, FIELDS), (silent, FIELDS[1:]), (energy, FIELDS)):
        market.agree(one, fields)
    answer = market.found(sectors=["health"])
    states = {one["startup_id"]: one["state"] for one in answer["items"]}
    assert states == {health: "matching", silent: "to_confirm"}
    assert answer["items"][0]["startup_id"] == health
    assert (answer["counts"], answer["left_out"]) == (
        {"matching": 1, "to_confirm": 1},
        {"sectors": 1},
    )
    unknown = answer["items"][1]["requirements"][0]
    assert (unknown["state"], unknown["known"]) == ("to_confirm", None)


@pytest.mark.parametrize(
    ("wanted", "left_out"),
    [
        ({"territories": ["REG-84"]}, {"sites": 1}),
        ({"organisation_types": ["lab"]}, {"organisation_type": 1}),
        ({"kinds": ["training"]}, {"kind": 1}),
        ({"capacity": {"gpu_hours": 100}}, {"gpu_hours": 1}),
        ({"capacity": {"ends": "2026-12-31"}}, {"start": 1}),
        ({"rule": cmp("headcount", ">=", 50)}, {"headcount": 1}),
        ({"territories": ["FR-IDF"], "kinds": ["compute"], "capacity": {"gpu_hours": 500}}, {}),
    ],
)
def test_each_requirement_decides(
    market: Market, wanted: dict[str, Any], left_out: dict[str, int]
) -> None:
    job = {"gpu_hours": 500, "start": "2027-02-01"}
    startup = market.startup(need={"kinds": ["compute"], "compute": job})
    market.agree(startup, [*FIELDS, *NEEDS])
    answer = market.found(**wanted)
    assert answer["left_out"] == left_out
    assert len(answer["items"]) == (0 if left_out else 1)


def test_both_sides_count_and_an_unknown_side_is_said_and_never_zero(market: Market) -> None:
    shown = market.startup(need={"description": "financer un robot", "kinds": ["funding"]})
    hidden = market.startup(need={"description": "financer un robot", "kinds": ["funding"]})
    large = market.startup(
        headcount=400, need={"description": "financer un robot", "kinds": ["funding"]}
    )
    for one, fields in ((shown, [*FIELDS, *NEEDS]), (hidden, FIELDS), (large, [*FIELDS, *NEEDS])):
        market.agree(one, fields)
    items = {one["startup_id"]: one for one in market.found(description="robots")["items"]}
    own = items[shown]["startup_side"]
    assert (own["offer"], own["verdict"]) == ("aide", "eligible")
    mine, theirs = items[shown]["interest"]["score"], own["score"]
    mean = 2 * mine * theirs / (mine + theirs)
    assert items[shown]["reciprocal_score"] == pytest.approx(mean, abs=1e-5)
    assert items[hidden]["startup_side"]["score"] is None
    assert items[hidden]["reciprocal_score"] is None
    assert "besoin" in items[hidden]["startup_side"]["sentence"]["fr"]
    assert (items[large]["startup_side"]["score"], items[large]["reciprocal_score"]) == (0, 0)
    order = [one["startup_id"] for one in market.found(description="robots")["items"]]
    assert order[-1] == large


def test_seats_go_to_the_first(market: Market) -> None:
    for _ in range(3):
        market.agree(market.startup(), FIELDS)
    items = market.found(capacity={"seats": 2})["items"]
    assert [one["has_seat"] for one in items] == [True, True, False]
    again = market.found(capacity={"seats": 2})["items"]
    assert [one["startup_id"] for one in again] == [one["startup_id"] for one in items]


def test_the_most_fitting_need_of_a_startup_is_shown_once(market: Market) -> None:
    startup = market.startup(need={"title": "Apprendre", "kinds": ["training"]})
    more = {"title": "Calculer", "kinds": ["compute"]}
    assert market.founder.post(f"/v1/startups/{startup}/needs", json=more).status_code == 201
    market.agree(startup, [*FIELDS, *NEEDS])
    items = market.found(kinds=["compute"])["items"]
    assert [one["need"]["title"] for one in items] == ["Calculer"]


def test_a_deleted_startup_is_found_no_more_and_leaves_no_trace(market: Market) -> None:
    startup = market.startup()
    market.agree(startup, FIELDS)
    market.found()
    headers = {"If-Match": "*"}
    assert market.founder.delete(f"/v1/startups/{startup}", headers=headers).status_code == 204
    assert market.found()["items"] == []


def test_searches_are_their_organisation_s_own_and_versioned(market: Market) -> None:
    search = market.search(sectors=["health"])
    assert market.other.get(search).status_code == 404
    assert market.other.get(f"{search}/startups").status_code == 404
    assert market.other.delete(search, headers={"If-Match": "*"}).status_code == 404
    assert market.other.get("/v1/partner-searches").json()["items"] == []
    assert market.partner.put(search, json={"title": "x"}).status_code == 428
    headers = {"If-Match": '"1"'}
    changed = market.partner.put(search, json={"title": "x"}, headers=headers)
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert market.partner.put(search, json={"title": "y"}, headers=headers).status_code == 412
    assert market.partner.delete(search, headers={"If-Match": '"2"'}).status_code == 204
    assert market.partner.get(search).status_code == 404


def test_who_may_not_look_and_who_may_not_agree(market: Market, anonymous: TestClient) -> None:
    startup = market.startup()
    path = f"/v1/startups/{startup}/discoverability"
    assert market.founder.get("/v1/partner-searches").status_code == 403
    assert anonymous.get("/v1/partner-searches").status_code == 401
    assert anonymous.put(path, json={"fields": [], "wording": "x"}).status_code == 401
    assert market.agree(startup, FIELDS, market.rival).status_code == 404
    assert market.rival.get(f"{path}/views").status_code == 404
    assert market.partner.get(path).status_code == 403


def test_what_cannot_be_agreed_to_or_looked_for_is_named(market: Market) -> None:
    startup = market.startup()
    wrong = market.agree(startup, ["contact"])
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/fields/0")
    body = {"fields": FIELDS, "wording": "2020"}
    stale = market.founder.put(f"/v1/startups/{startup}/discoverability", json=body)
    assert stale.json()["type"].endswith("/wording-outdated")
    for wanted, pointer in (
        ({"offers": ["nowhere"]}, "/offers/0"),
        ({"sectors": ["astrology"]}, ""),
        ({"capacity": {"begins": "2027-02-01", "ends": "2027-01-01"}}, "/capacity"),
        ({"colour": "red"}, "/colour"),
    ):
        answer = market.partner.post("/v1/partner-searches", json={"title": "x"} | wanted)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert (
        market.other.post(
            "/v1/partner-searches", json={"title": "x", "offers": ["aide"]}
        ).status_code
        == 422
    )
