from tests.catalog.support import BY_CURATOR, CURATOR, PARTNER, content

from aiff_kit.auth import Principal, Scope
from aiff_kit.ids import new_id

INRIA = Principal("partner-2", "inria", PARTNER.scopes)
NOBODYS = Principal("key-1", None, PARTNER.scopes)


def test_a_call_that_did_not_come_through_the_gateway_is_refused(place):
    place.publish("bourse")
    for token in ("", "forged"):
        answer = place.client.get("/v1/offers/bourse", headers={"X-AIFF-Identity": token})
        assert answer.status_code == 401
        assert answer.json()["type"] == "/problems/not-through-gateway"


def test_anybody_reads_a_published_offer_by_id_and_by_slug(place):
    offer = place.publish("bourse")
    by_slug = place.client.get("/v1/offers/bourse")
    by_id = place.client.get(f"/v1/offers/{str(offer.id).upper()}")
    assert by_slug.status_code == 200
    assert by_slug.content == by_id.content
    document = by_slug.json()
    assert document["id"] == str(offer.id)
    assert document["intake_status"] == "unknown"
    assert document["organisation_details"][0]["slug"] == "genci"
    assert by_slug.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=300"
    assert by_slug.headers["etag"] == '"2-unknown"'
    assert '</fr/offers/bourse>; rel="alternate"; type="text/html"' in by_slug.headers["link"]
    assert "</en/offers/bourse>" in by_id.headers["link"]


def test_who_holds_the_newest_version_gets_304_without_a_body(place):
    place.publish("bourse")
    etag = place.client.get("/v1/offers/bourse").headers["etag"]
    answer = place.client.get("/v1/offers/bourse", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == etag


def test_the_representation_changes_when_the_clock_changes_the_status(place):
    closing = {"shape": "window", "window": {"closes": {"on": "2026-11-30"}}}
    place.publish("bourse", intake=closing)
    before = place.client.get("/v1/offers/bourse")
    place.clock.advance(days=7)
    headers = {"If-None-Match": before.headers["etag"]}
    after = place.client.get("/v1/offers/bourse", headers=headers)
    assert before.json()["intake_status"] == "open"
    assert before.json()["next_deadline"]["on"] == "2026-11-30"
    assert (after.status_code, after.json()["intake_status"]) == (200, "closed")
    assert after.json()["next_deadline"] is None


def test_a_former_slug_leads_to_the_present_one(place):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse-bis"))
    answer = place.client.get("/v1/offers/bourse")
    assert (answer.status_code, answer.headers["location"]) == (301, "/v1/offers/bourse-bis")


def test_a_withdrawn_offer_answers_410_with_its_reason(place):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse-bis"))
    place.archive(offer, "le programme est terminé")
    for reference in ("bourse", "bourse-bis", str(offer.id)):
        answer = place.client.get(f"/v1/offers/{reference}")
        assert answer.status_code == 410
        assert answer.json()["detail"] == "le programme est terminé"
        assert "withdrawn_at" in answer.json()


def test_an_unknown_offer_is_404_whatever_its_name_looks_like(place):
    for reference in ("rien", str(new_id()), "%00", "a' OR '1'='1", "x" * 300, "%F0%9F%98%80"):
        answer = place.client.get(f"/v1/offers/{reference}")
        assert answer.status_code == 404, reference
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_parameter_that_the_address_does_not_take_is_400(place):
    place.publish("bourse")
    answer = place.client.get("/v1/offers/bourse", params={"fields": "title"})
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/fields"]


def test_a_draft_exists_only_for_those_who_may_write_it(place):
    drafted = place.catalog.offers.commands.create(content("brouillon"), BY_CURATOR)
    reader = Principal("reader", "genci", frozenset((Scope.OFFERS_HISTORY,)))
    for principal, status in {
        CURATOR: 200,
        PARTNER: 200,
        INRIA: 404,
        NOBODYS: 404,
        reader: 404,
    }.items():
        answer = place.client.get(f"/v1/offers/{drafted.id}", headers=place.as_(principal))
        assert answer.status_code == status, principal
    assert place.client.get("/v1/offers/brouillon").status_code == 404
    seen = place.client.get("/v1/offers/brouillon", headers=place.as_(PARTNER))
    assert seen.json()["state"] == "draft"
    assert seen.headers["cache-control"] == "private, no-store"
    assert seen.headers["etag"] == '"1"'


def test_history_is_for_those_with_the_scope_and_own_offers(place):
    place.publish("bourse")
    path = "/v1/offers/bourse/revisions"
    assert place.client.get(path).status_code == 401
    reader = Principal("reader", "genci", frozenset())
    for principal, status in {reader: 403, INRIA: 404, PARTNER: 200, CURATOR: 200}.items():
        answer = place.client.get(path, headers=place.as_(principal))
        assert answer.status_code == status, principal


def test_history_tells_who_changed_what_when_and_why_in_pages(place):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse", keywords=["aide"]))
    headers = place.as_(CURATOR)
    path = f"/v1/offers/{offer.id}/revisions"
    first = place.client.get(path, params={"limit": 2}, headers=headers).json()
    assert [one["action"] for one in first["items"]] == ["published", "revised"]
    assert first["items"][1]["changes"] == [
        {"pointer": "/keywords", "before": [], "after": ["aide"]}
    ]
    rest = place.client.get(path, params={"cursor": first["next"]}, headers=headers).json()
    assert [(one["number"], one["action"]) for one in rest["items"]] == [
        (2, "published"),
        (1, "drafted"),
    ]
    assert rest["next"] is None
