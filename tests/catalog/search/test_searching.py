import shutil

import pytest
from openapi_spec_validator import validate
from tests.catalog.support import CURATOR, offer_json


def test_anybody_searches_and_gets_summaries_with_their_derived_status(place):
    place.publish("bourse", intake={"shape": "permanent"})
    place.drain()
    answer = place.client.get("/v1/offers", params={"count": "true"})
    body = answer.json()
    assert body["count"] == 1
    item = body["items"][0]
    assert item["slug"] == "bourse"
    assert item["providers"] == [{"slug": "genci", "name": "GENCI"}]
    assert item["intake_status"] == "open"
    assert item["sectors"] is None
    assert item["highlights"] == {"instruments": ["grant"], "dilution": ["none"]}


def test_a_search_can_be_revalidated(place):
    answer = place.client.get("/v1/offers")
    headers = {"If-None-Match": answer.headers["etag"]}
    assert place.client.get("/v1/offers", headers=headers).status_code == 304


@pytest.mark.parametrize(
    ("parameters", "pointers"),
    [
        ({"colour": "red"}, {"/colour"}),
        ({"kind": "gpu"}, {"/kind"}),
        (
            {"kind": ["compute", "gpu"], "limit": "0", "colour": "red"},
            {"/kind/1", "/limit", "/colour"},
        ),
        ({"region": "ATLANTIS"}, {"/region"}),
        ({"sector": "magic"}, {"/sector"}),
        ({"status": "ajar"}, {"/status"}),
        ({"language": "french"}, {"/language"}),
        ({"provider": "Not A Slug"}, {"/provider"}),
        ({"gpu_memory_min": "lots"}, {"/gpu_memory_min"}),
        ({"gpu_memory_min": "nan"}, {"/gpu_memory_min"}),
        ({"amount_min": "-1"}, {"/amount_min"}),
        ({"amount_min": "inf"}, {"/amount_min"}),
        ({"published_since": "20261201"}, {"/published_since"}),
        ({"published_since": "2026-02-30"}, {"/published_since"}),
        ({"deadline_after": "9999-12-31"}, {"/deadline_after"}),
        (
            {"deadline_after": "2026-12-02", "deadline_before": "2026-12-01"},
            {"/deadline_before"},
        ),
        ({"sort": "price"}, {"/sort"}),
        ({"facets": "title"}, {"/facets"}),
        ({"limit": "101"}, {"/limit"}),
        ({"q": "x" * 201}, {"/q"}),
        ({"q": "a\x00b"}, {"/q"}),
    ],
)
def test_an_unknown_parameter_or_value_is_400_with_all_places(place, parameters, pointers):
    answer = place.client.get("/v1/offers", params=parameters)
    assert answer.status_code == 400
    assert {error["pointer"] for error in answer.json()["errors"]} == pointers


def test_a_cursor_is_tied_to_its_filters_and_cannot_be_altered(place):
    for number in range(3):
        place.publish(f"offre-{number}")
    place.drain()
    cursor = place.search(limit=1)["next"]
    assert place.search(limit=1, cursor=cursor)["items"]
    bad = ["", "x", "é", "A" * 300, cursor[:-1] + ("A" if cursor[-1] != "A" else "B")]
    for altered in bad:
        answer = place.client.get("/v1/offers", params={"limit": 1, "cursor": altered})
        assert answer.json()["type"] == "/problems/cursor-mismatch", altered
        assert answer.status_code == 400
    for other in ({"q": "bourse"}, {"kind": "funding"}, {"sort": "deadline"}):
        answer = place.client.get("/v1/offers", params={"cursor": cursor, **other})
        assert answer.json()["type"] == "/problems/cursor-mismatch"


def test_the_link_header_leads_to_the_next_page(place):
    for number in range(3):
        place.publish(f"offre-{number}")
    place.drain()
    answer = place.client.get("/v1/offers", params={"limit": 2, "kind": "funding"})
    address = answer.headers["link"].split(">")[0].removeprefix("<")
    assert [item["slug"] for item in place.client.get(address).json()["items"]] == ["offre-2"]


def test_the_same_search_as_json_gives_the_same_answer(place):
    place.publish("bourse", territories=["FR"])
    place.publish("cours", "training")
    place.drain()
    body = {"kind": ["funding"], "region": ["FR-IDF"], "facets": ["kind"], "count": True}
    answer = place.client.post("/v1/offers/search", json=body)
    expected = place.search(kind="funding", region="FR-IDF", facets="kind", count="true")
    assert answer.json() == expected


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{", 400),
        (b'{"q":"a","q":"b"}', 400),
        (b'{"gpu_memory_min":NaN}', 400),
        (b'{"q":"\\ud800"}', 400),
        (b"[" * 100_000, 400),
        (b'{"colour":"red"}', 422),
        (b'{"kind":["gpu"],"limit":0}', 422),
        (b"[]", 422),
    ],
)
def test_json_that_is_no_search_is_refused_as_a_problem(place, raw, status):
    answer = place.client.post(
        "/v1/offers/search", content=raw, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"]


def test_vocabularies_are_public_and_can_be_revalidated(place):
    answer = place.client.get("/v1/vocabularies")
    assert {"kinds", "sectors", "stages", "territories", "attributes"} <= set(answer.json())
    headers = {"If-None-Match": answer.headers["etag"]}
    assert place.client.get("/v1/vocabularies", headers=headers).status_code == 304


OFFER_PATHS = (
    "archive",
    "diff",
    "discard",
    "merge",
    "publish",
    "recall",
    "reinstate",
    "restore",
    "reports",
    "similar",
    "revisions",
    "submit",
    "suspend",
    "working-copy",
)
REVIEW_STEPS = (
    "approve",
    "assign",
    "claim",
    "reject",
    "release",
    "request-changes",
    "unschedule",
)


EXCHANGE_PATHS = (
    "/sitemap.xml",
    "/sitemap/{number}",
    "/v1/changes",
    "/v1/changes/feed.atom",
    "/v1/exports",
    "/v1/exports/{name}",
    "/v1/offers/{reference}/history",
    "/v1/offers/{reference}/schema-org",
    "/v1/offer-revisions/{reference}/{number}",
)
VOCABULARY_PATHS = (
    "/v1/vocabularies/{name}",
    "/v1/vocabularies/{name}/diff",
    "/v1/vocabularies/{name}/discard",
    "/v1/vocabularies/{name}/draft",
    "/v1/vocabularies/{name}/editions",
    "/v1/vocabularies/{name}/editions/{number}",
    "/v1/vocabularies/{name}/preview",
    "/v1/vocabularies/{name}/publish",
    "/v1/vocabularies/{name}/restore",
)
PARTNER_PATHS = (
    "/v1/offers/by-external-id/{partner}/{external_id}",
    "/v1/offers:batch",
    "/v1/partners/{partner}/mappings",
    "/v1/partners/{partner}/mappings/{source}",
    "/v1/partners/{partner}/policy",
    "/v1/partners/{partner}/records",
)


IMPORT_PATHS = (
    "/v1/imports",
    "/v1/imports/{import_id}",
    *(f"/v1/imports/{{import_id}}/{part}" for part in ("apply", "cancel", "errors", "rows")),
)


def test_the_openapi_document_is_valid(place):
    document = place.client.get("/openapi.json").json()
    validate(document)
    assert set(document["paths"]) == {
        "/v1/offers",
        "/v1/offers/search",
        "/v1/offers/suggestions",
        "/v1/offers/{reference}",
        *(f"/v1/offers/{{reference}}/{path}" for path in OFFER_PATHS),
        "/v1/listings",
        "/v1/reviews",
        "/v1/reviews/{reference}",
        *(f"/v1/reviews/{{reference}}/{step}" for step in REVIEW_STEPS),
        "/v1/organisations",
        "/v1/organisations/{slug}",
        "/v1/territories",
        "/v1/vocabularies",
        *EXCHANGE_PATHS,
        *VOCABULARY_PATHS,
        *PARTNER_PATHS,
        *IMPORT_PATHS,
        "/v1/compare",
        "/v1/duplicates",
        "/v1/duplicates/{pair_id}/dismiss",
        "/v1/duplicates/{pair_id}/reopen",
        "/v1/quality",
        "/v1/quality/{reference}",
        "/v1/quality/{reference}/claim",
        "/v1/quality/{reference}/links",
        "/v1/reports",
        "/v1/reports/{report_id}/resolve",
        "/v1/statistics",
    }


def test_suggestions_are_public_kept_for_a_minute_and_can_be_revalidated(place):
    place.publish("bourse")
    place.drain()
    answer = place.client.get("/v1/offers/suggestions", params={"q": "bou"})
    assert answer.headers["cache-control"].startswith("public, max-age=60")
    headers = {"If-None-Match": answer.headers["etag"]}
    again = place.client.get("/v1/offers/suggestions", params={"q": "bou"}, headers=headers)
    assert again.status_code == 304


def test_suggestions_from_the_database_are_not_kept(place):
    place.publish("bourse")
    answer = place.client.get("/v1/offers/suggestions", params={"q": "bou"})
    assert answer.json()["degraded"] is False
    shutil.rmtree(place.settings.search.index_dir)
    answer = place.client.get("/v1/offers/suggestions", params={"q": "bou"})
    assert [one["value"] for one in answer.json()["items"]] == ["bourse"]
    assert answer.json()["degraded"] is True
    assert answer.headers["cache-control"] == "public, max-age=1"


@pytest.mark.parametrize(
    ("parameters", "pointers"),
    [
        ({}, {"/q"}),
        ({"q": ""}, {"/q"}),
        ({"q": "x" * 201}, {"/q"}),
        ({"q": "a\x00b"}, {"/q"}),
        ({"q": "a", "limit": "21"}, {"/limit"}),
        ({"q": "a", "limit": "0", "colour": "red"}, {"/limit", "/colour"}),
    ],
)
def test_suggestions_refuse_what_they_do_not_know(place, parameters, pointers):
    answer = place.client.get("/v1/offers/suggestions", params=parameters)
    assert answer.status_code == 400
    assert {error["pointer"] for error in answer.json()["errors"]} == pointers


@pytest.mark.parametrize("slug", ["search", "suggestions"])
def test_an_offer_cannot_have_the_name_of_another_address(place, slug):
    headers = place.as_(CURATOR)
    answer = place.client.post("/v1/offers", json=offer_json(slug), headers=headers)
    assert answer.status_code == 409
