"""The review of texts over HTTP: the queue, the answers, the differences, the two pairs of eyes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.catalog.support import BY_CURATOR, CURATOR, NOW, PARTNER, SECOND, content, offer_json

from aiff_catalog.reviews.application.calendar import PublicationCalendar

PUBLISH_AT = (NOW + timedelta(days=2)).isoformat()
INRIA = replace(PARTNER, subject="partner-2", organisation="inria")


def post(place, path, principal=SECOND, **body):
    return place.client.post(path, json=body or None, headers=place.as_(principal))


def waiting(place, slug="bourse", principal=PARTNER, **changes):
    """A partner drafts and submits an offer."""
    body = offer_json(slug, **changes)
    drafted = place.client.post("/v1/offers", json=body, headers=place.as_(principal))
    assert drafted.status_code == 201, drafted.text
    submitted = post(place, f"/v1/offers/{slug}/submit", principal)
    assert submitted.json()["state"] == "submitted", submitted.text
    return submitted.json()


def queue(place, principal=SECOND, **parameters):
    answer = place.client.get("/v1/reviews", params=parameters, headers=place.as_(principal))
    assert answer.status_code == 200, answer.text
    return answer.json()


def slugs(page):
    return [item["slug"] for item in page["items"]]


def test_a_partner_s_text_is_claimed_commented_mended_and_approved(place):
    waiting(place)
    claimed = post(place, "/v1/reviews/bourse/claim")
    assert (claimed.json()["state"], claimed.json()["pending"]["reviewer"]) == (
        "in_review",
        "curator-2",
    )
    comments = [{"pointer": "/title/fr", "text": "dites le montant"}]
    asked = post(place, "/v1/reviews/bourse/request-changes", comments=comments)
    assert asked.json()["state"] == "changes_requested"
    assert queue(place)["items"] == []
    seen = place.client.get("/v1/offers/bourse/working-copy", headers=place.as_(PARTNER))
    assert seen.json()["pending"]["comments"] == comments
    mended = offer_json(title={"fr": "Bourse de 30 k€", "en": "Grant of 30k"})
    headers = place.as_(PARTNER, If_Match=seen.headers["etag"])
    assert place.client.put("/v1/offers/bourse", json=mended, headers=headers).status_code == 200
    assert post(place, "/v1/offers/bourse/submit", PARTNER).json()["state"] == "in_review"
    review = place.client.get("/v1/reviews/bourse", headers=place.as_(SECOND)).json()
    assert [field["label"]["fr"] for field in review["since_last_review"]] == [
        "titre / français",
        "titre / anglais",
    ]
    approved = post(place, "/v1/reviews/bourse/approve", publish_at=None)
    assert approved.status_code == 200, approved.text
    assert approved.json()["state"] == "published"
    assert place.client.get("/v1/offers/bourse").json()["title"]["fr"] == "Bourse de 30 k€"


def test_the_queue_is_oldest_first_with_age_and_filters(place):
    for day, (slug, kind) in enumerate((("a", "funding"), ("b", "training"), ("c", "funding"))):
        place.clock.now = NOW + timedelta(days=day)
        waiting(place, f"offre-{slug}", kind=kind)
    theirs = [{"organisation": "inria", "role": "provider"}]
    waiting(place, "offre-d", INRIA, organisations=theirs)
    post(place, "/v1/reviews/offre-b/claim")
    found = queue(place)
    assert slugs(found) == ["offre-a", "offre-b", "offre-c", "offre-d"]
    assert [item["age_days"] for item in found["items"]] == [2, 1, 0, 0]
    assert slugs(queue(place, kind="funding")) == ["offre-a", "offre-c", "offre-d"]
    assert slugs(queue(place, partner="inria")) == ["offre-d"]
    assert slugs(queue(place, state="in_review")) == ["offre-b"]
    assert slugs(queue(place, reviewer="me")) == ["offre-b"]
    assert slugs(queue(place, CURATOR, reviewer="me")) == []


def test_the_queue_is_paged_without_gap_or_repeat(place):
    for number in range(5):
        waiting(place, f"offre-{number}")
    seen, cursor = [], None
    while True:
        page = queue(place, limit=2, **({"cursor": cursor} if cursor else {}))
        seen += slugs(page)
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [f"offre-{number}" for number in range(5)]
    first = queue(place, limit=2)["next"]
    other = place.client.get(
        "/v1/reviews", params={"cursor": first, "kind": "training"}, headers=place.as_(SECOND)
    )
    assert other.json()["type"] == "/problems/cursor-mismatch"


def test_nobody_approves_a_text_that_they_wrote_on(place):
    place.catalog.offers.commands.create(content("bourse"), BY_CURATOR)
    for path in ("/v1/offers/bourse/publish", "/v1/reviews/bourse/approve"):
        answer = post(place, path, CURATOR, **({} if "publish" in path else {"publish_at": None}))
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/own-text")
    corrected = place.client.patch(
        "/v1/offers/bourse", json={"keywords": ["aide"]}, headers=place.as_(SECOND, If_Match="*")
    )
    assert corrected.json()["pending"]["editors"] == ["curator-1", "curator-2"]
    assert post(place, "/v1/offers/bourse/publish", SECOND).status_code == 403
    third = replace(CURATOR, subject="curator-3")
    assert post(place, "/v1/offers/bourse/publish", third).status_code == 200


def test_a_planned_publication_happens_at_its_instant_and_not_before(place):
    waiting(place)
    planned = post(place, "/v1/reviews/bourse/approve", publish_at=PUBLISH_AT)
    assert planned.json()["state"] == "scheduled"
    place.catalog.reviews.calendar.publish_due()
    assert place.client.get("/v1/offers/bourse").status_code == 404
    place.clock.now = NOW + timedelta(days=2, seconds=1)
    place.catalog.reviews.calendar.publish_due()
    place.drain()
    assert place.client.get("/v1/offers/bourse").status_code == 200
    assert place.found() == ["bourse"]
    newest = place.client.get("/v1/offers/bourse/revisions", headers=place.as_(SECOND)).json()
    assert (newest["items"][0]["author"], newest["items"][0]["action"]) == (
        "curator-2",
        "published",
    )


def test_a_planned_publication_is_taken_back_and_never_planned_for_the_past(place):
    waiting(place)
    past = post(place, "/v1/reviews/bourse/approve", publish_at="2020-01-01T00:00:00Z")
    assert past.json()["type"] == "/problems/past-instant"
    naive = post(place, "/v1/reviews/bourse/approve", publish_at="2030-01-01T00:00:00")
    assert naive.status_code == 422
    far = post(place, "/v1/reviews/bourse/approve", publish_at="9999-12-31T23:59:59-23:59")
    assert far.json()["errors"][0]["pointer"] == "/publish_at"
    counted = post(place, "/v1/reviews/bourse/approve", publish_at=2_000_000_000)
    assert counted.json()["errors"][0]["pointer"] == "/publish_at"
    post(place, "/v1/reviews/bourse/approve", publish_at=PUBLISH_AT)
    assert post(place, "/v1/reviews/bourse/unschedule").json()["state"] == "in_review"
    place.clock.now = NOW + timedelta(days=3)
    assert place.catalog.reviews.calendar.publish_due() == 0


def test_a_planned_text_that_can_no_longer_be_published_goes_back_to_review(place):
    waiting(place)
    post(place, "/v1/reviews/bourse/approve", publish_at=PUBLISH_AT)
    place.catalog.offers.commands.load(content("bourse", languages=["fr"]), BY_CURATOR)
    place.clock.now = NOW + timedelta(days=3)
    assert place.catalog.reviews.calendar.publish_due() == 1
    back = place.client.get("/v1/offers/bourse/working-copy", headers=place.as_(SECOND)).json()
    assert back["pending"]["state"] == "in_review"
    assert "has changed since" in back["pending"]["reason"]
    assert back["pending"]["waiting_since"] is not None


def test_a_rejected_text_tells_why_and_may_come_again(place):
    waiting(place)
    rejected = post(place, "/v1/reviews/bourse/reject", reason="hors du réseau").json()
    assert (rejected["state"], rejected["pending"]["reason"]) == ("rejected", "hors du réseau")
    assert post(place, "/v1/offers/bourse/submit", PARTNER).status_code == 409
    headers = place.as_(PARTNER, If_Match="*")
    place.client.patch("/v1/offers/bourse", json={"keywords": ["ia"]}, headers=headers)
    assert post(place, "/v1/offers/bourse/submit", PARTNER).json()["state"] == "in_review"


@pytest.mark.parametrize("how", ["suspend", "archive"])
def test_an_offer_out_of_sight_says_why_and_comes_back(place, how):
    place.publish("bourse")
    hidden = post(place, f"/v1/offers/bourse/{how}", reason="en travaux").json()
    gone = place.client.get("/v1/offers/bourse")
    assert (gone.status_code, gone.json()["state"]) == (410, hidden["state"])
    assert gone.json()["detail"] == "en travaux"
    place.drain()
    assert place.found() == []
    assert post(place, "/v1/offers/bourse/reinstate").json()["state"] == "published"
    place.drain()
    assert place.found() == ["bourse"]


def test_what_has_been_closed_for_long_expires_and_says_so(place):
    closing = {"shape": "window", "window": {"closes": {"on": "2026-11-30"}}}
    place.publish("fermee", intake=closing)
    place.publish("permanente", intake={"shape": "permanent"})
    place.clock.now = NOW + timedelta(days=400)
    assert place.catalog.reviews.calendar.expire_due() == 0, "without a policy nothing expires"
    year = timedelta(days=365)
    calendar = PublicationCalendar(place.catalog.base.open, place.clock, year)
    place.clock.now = NOW + timedelta(days=300)
    assert calendar.expire_due() == 0
    place.clock.now = NOW + timedelta(days=400)
    assert calendar.expire_due() == 1
    gone = place.client.get("/v1/offers/fermee")
    assert (gone.status_code, gone.json()["state"]) == (410, "expired")
    assert place.client.get("/v1/offers/permanente").status_code == 200
    assert calendar.expire_due() == 0


def test_differences_are_told_in_both_languages_with_the_raw_values_beside(place):
    place.publish("bourse")
    headers = place.as_(CURATOR, If_Match="*")
    change = {"review_by": "2027-03-14", "support": {"named_advisor": True}}
    place.client.patch("/v1/offers/bourse", json=change, headers=headers)
    answer = place.client.get("/v1/offers/bourse/diff", headers=place.as_(CURATOR)).json()
    told = {field["pointer"]: field for field in answer["fields"]}
    assert told["/review_by"]["label"] == {"fr": "à revoir avant le", "en": "review by"}
    assert told["/review_by"]["before"] == {"fr": "non renseigné", "en": "not stated"}
    assert told["/review_by"]["after"] == {"fr": "14 mars 2027", "en": "14 March 2027"}
    assert told["/review_by"]["raw_after"] == "2027-03-14"
    assert "conseiller attitré: oui" in told["/support"]["after"]["fr"]


def test_a_former_text_is_read_compared_and_restored(place):
    offer = place.publish("bourse")
    place.revise(offer, content("bourse", keywords=["aide"]))
    former = place.client.get("/v1/offer-revisions/bourse/2", headers=place.as_(CURATOR)).json()
    assert former["keywords"] == []
    headers = place.as_(CURATOR)
    between = place.client.get(
        "/v1/offers/bourse/diff", params={"from": "2", "to": "4"}, headers=headers
    ).json()
    assert [field["pointer"] for field in between["fields"]] == ["/keywords"]
    restored = post(place, "/v1/offers/bourse/restore", CURATOR, number=2)
    assert restored.json()["keywords"] == []
    assert place.client.get("/v1/offers/bourse").json()["keywords"] == ["aide"]
    unknown = place.client.get("/v1/offer-revisions/bourse/99", headers=headers)
    assert unknown.json()["type"] == "/problems/text-not-kept"


def test_a_partner_lists_and_reads_their_own_in_any_state_and_nobody_else_s(place):
    waiting(place)
    theirs = [{"organisation": "inria", "role": "provider"}]
    waiting(place, "cours", INRIA, organisations=theirs)
    place.publish("prix")
    mine = place.client.get("/v1/listings", headers=place.as_(PARTNER)).json()
    assert {item["slug"]: item["state"] for item in mine["items"]} == {
        "bourse": "submitted",
        "prix": "published",
    }
    everything = place.client.get("/v1/listings", headers=place.as_(CURATOR)).json()
    assert {item["slug"] for item in everything["items"]} == {"bourse", "cours", "prix"}
    drafts = place.client.get(
        "/v1/listings", params={"state": "published"}, headers=place.as_(CURATOR)
    )
    assert slugs(drafts.json()) == ["prix"]
    below = ("working-copy", "diff?from=1&to=1", "revisions")
    for path in (*(f"/v1/offers/cours/{name}" for name in below), "/v1/offer-revisions/cours/1"):
        answer = place.client.get(path, headers=place.as_(PARTNER))
        assert answer.status_code == 404, path


def test_a_partner_neither_reviews_nor_publishes(place):
    waiting(place)
    for path in ("/v1/reviews/bourse/claim", "/v1/offers/bourse/publish"):
        assert post(place, path, PARTNER).status_code == 403


def test_an_edit_under_review_goes_back_to_its_author(place):
    waiting(place)
    stale = place.client.get("/v1/reviews/bourse", headers=place.as_(SECOND)).headers["etag"]
    headers = place.as_(PARTNER, If_Match="*")
    edited = place.client.patch("/v1/offers/bourse", json={"keywords": ["ia"]}, headers=headers)
    assert edited.json()["state"] == "draft"
    approve = place.client.post(
        "/v1/reviews/bourse/approve", json={}, headers=place.as_(SECOND, If_Match=stale)
    )
    assert approve.status_code == 412
