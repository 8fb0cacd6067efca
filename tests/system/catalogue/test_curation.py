"""The curators' desk as a partner, two curators and the public see it, through the gateway.

What they would try: submit a listing and see it come back with comments; approve one's own text;
read the queue of somebody else; look at a text before it is public; plan a publication; restore
what was better before; approve what has changed under one's eyes.
"""

import time
from datetime import datetime, timedelta
from uuid import uuid4

from tests.system.catalogue.test_catalogue import wait_for

PATCH = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}


def listing(slug, provider="scaleway"):
    return {
        "slug": slug,
        "title": {"fr": "Atelier GPU", "en": "GPU workshop"},
        "summary": {"fr": "Une journée.", "en": "A day."},
        "organisations": [{"organisation": provider, "role": "provider"}],
        "details": {"kind": "training"},
        "sources": [{"label": "Scaleway", "confidence": "stated_by_provider"}],
    }


def submitted(partner, slug):
    created = partner.post("/v1/offers", json=listing(slug))
    assert created.status_code == 201, created.text
    answer = partner.post(f"/v1/offers/{slug}/submit")
    assert (answer.status_code, answer.json()["state"]) == (200, "submitted")
    return f"/v1/reviews/{slug}"


def queued(curator, **filters):
    return [item["slug"] for item in curator.get("/v1/reviews", params=filters).json()["items"]]


def test_a_partner_s_listing_is_commented_mended_and_published(partner, curator, anonymous):
    review = submitted(partner, "atelier-commente")
    assert "atelier-commente" in queued(curator, partner="scaleway", kind="training")
    assert anonymous.get("/v1/offers/atelier-commente").status_code == 404
    assert curator.post(f"{review}/claim").json()["state"] == "in_review"
    comments = [{"pointer": "/summary/fr", "text": "dites le lieu et le prix"}]
    curator.post(f"{review}/request-changes", json={"comments": comments})
    seen = partner.get("/v1/offers/atelier-commente/working-copy").json()
    assert seen["pending"]["comments"] == comments
    mended = {"summary": {"fr": "Une journée à Paris, gratuite.", "en": "A free day in Paris."}}
    partner.patch("/v1/offers/atelier-commente", json=mended, headers=PATCH)
    partner.post("/v1/offers/atelier-commente/submit")
    changed = curator.get(review).json()["since_last_review"]
    assert [field["label"]["en"] for field in changed] == ["summary / French", "summary / English"]
    assert curator.post(f"{review}/approve", json={}).json()["state"] == "published"
    wait_for(lambda: anonymous.get("/v1/offers/atelier-commente").status_code == 200)


def test_nobody_approves_their_own_text_and_partners_approve_none(partner, curator, second_curator):
    curator.post("/v1/offers", json=listing("atelier-propre", "cap-digital"))
    refused = curator.post("/v1/offers/atelier-propre/publish")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/own-text")
    assert second_curator.post("/v1/offers/atelier-propre/publish").status_code == 200
    review = submitted(partner, "atelier-partenaire")
    for path in (f"{review}/approve", "/v1/offers/atelier-partenaire/publish"):
        assert partner.post(path, json={}).status_code == 403
    assert partner.get("/v1/reviews").status_code == 403


def test_an_edit_of_a_published_offer_waits_while_readers_keep_the_old_text(
    curator, second_curator, anonymous
):
    before = anonymous.get("/v1/offers/idris-dlo-jz").json()
    address = f"/v1/offers/{before['id']}"
    new = {"title": {"fr": "Nouveau titre", "en": "New title"}}
    assert curator.patch(address, json=new, headers=PATCH).status_code == 200
    assert anonymous.get(address).json()["title"] == before["title"]
    told = curator.get(f"{address}/diff").json()["fields"]
    assert [field["pointer"] for field in told] == ["/title/fr", "/title/en"]
    assert curator.post(f"{address}/discard").status_code == 200
    assert curator.get(f"{address}/working-copy").json()["pending"] is None
    assert second_curator.post(f"{address}/publish").status_code == 409


def test_a_better_text_of_the_past_comes_back(curator, second_curator, anonymous):
    curator.post("/v1/offers", json=listing("atelier-restaure", "cap-digital"))
    address = "/v1/offers/atelier-restaure"
    second_curator.post(f"{address}/publish")
    worse = {"summary": {"fr": "Moins bien.", "en": "Worse."}}
    curator.patch(address, json=worse, headers=PATCH)
    second_curator.post(f"{address}/publish")
    wait_for(lambda: anonymous.get(address).json()["summary"]["en"] == "Worse.")
    assert curator.post(f"{address}/restore", json={"number": 1}).status_code == 200
    second_curator.post(f"{address}/publish")
    wait_for(lambda: anonymous.get(address).json()["summary"]["en"] == "A day.")


def test_a_suspended_offer_says_why_and_comes_back(curator, second_curator, anonymous):
    curator.post("/v1/offers", json=listing("atelier-suspendu", "cap-digital"))
    address = "/v1/offers/atelier-suspendu"
    second_curator.post(f"{address}/publish")
    wait_for(lambda: anonymous.get(address).status_code == 200)
    curator.post(f"{address}/suspend", json={"reason": "tarif en cours de révision"})
    wait_for(lambda: anonymous.get(address).status_code == 410)
    gone = anonymous.get(address).json()
    assert (gone["state"], gone["detail"]) == ("suspended", "tarif en cours de révision")
    assert curator.post(f"{address}/reinstate").status_code == 200
    wait_for(lambda: anonymous.get(address).status_code == 200)


def test_a_text_that_changed_under_the_reviewer_s_eyes_is_not_approved(partner, curator):
    review = submitted(partner, "atelier-change")
    read = curator.get(review).headers["etag"]
    partner.patch("/v1/offers/atelier-change", json={"keywords": ["gpu"]}, headers=PATCH)
    late = curator.post(f"{review}/approve", json={}, headers={"If-Match": read})
    assert late.status_code == 412
    assert "atelier-change" not in queued(curator)


def instant_of(client, seconds):
    """Return an instant of the product's own clock, some seconds from now."""
    slug = f"horloge-{uuid4().hex[:8]}"
    created = client.post("/v1/offers", json=listing(slug, "cap-digital")).json()["created_at"]
    return (datetime.fromisoformat(created) + timedelta(seconds=seconds)).isoformat()


def test_an_approved_text_appears_at_the_instant_that_was_planned(partner, curator, anonymous):
    review, address = submitted(partner, "atelier-planifie"), "/v1/offers/atelier-planifie"
    passed = {"publish_at": instant_of(curator, -60)}
    assert curator.post(f"{review}/approve", json=passed).status_code == 422
    answer = curator.post(f"{review}/approve", json={"publish_at": instant_of(curator, 4)})
    assert (answer.status_code, answer.json()["state"]) == (200, "scheduled")
    assert anonymous.get(address).status_code == 404
    time.sleep(4)
    wait_for(lambda: anonymous.get(address).status_code == 200)
    record = partner.get(f"{address}/revisions").json()["items"]
    assert [one["action"] for one in record[:2]] == ["published", "scheduled"]


def test_a_text_is_given_to_the_second_curator_who_finds_it_in_her_own_list(
    partner, curator, second_curator, founder, anonymous
):
    review = submitted(partner, "atelier-confie")
    name = second_curator.get("/v1/me").json()["subject"]
    assert partner.post(f"{review}/assign", json={"reviewer": name}).status_code == 403
    assert curator.post(f"{review}/assign", json={"reviewer": name}).status_code == 200
    assert "atelier-confie" in queued(second_curator, reviewer="me")
    assert "atelier-confie" not in queued(curator, reviewer="me")
    assert founder.get("/v1/reviews").status_code == 403
    assert anonymous.get(review).status_code == 401


def test_an_archived_offer_is_closed_to_everybody_until_a_curator_reinstates_it(
    partner, curator, second_curator, anonymous
):
    review, address = submitted(partner, "atelier-archive"), "/v1/offers/atelier-archive"
    assert curator.post(f"{review}/approve", json={}).status_code == 200
    reason = {"reason": "l'atelier n'a plus lieu"}
    assert partner.post(f"{address}/archive", json=reason).status_code == 403
    assert curator.post(f"{address}/archive", json=reason).status_code == 200
    wait_for(lambda: anonymous.get(address).status_code == 410)
    assert anonymous.get(address).json()["detail"] == reason["reason"]
    for writer in (partner, second_curator):
        answer = writer.patch(address, json={"keywords": ["gpu"]}, headers=PATCH)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/illegal-transition")
    assert partner.post(f"{address}/reinstate").status_code == 403
    assert second_curator.post(f"{address}/reinstate").status_code == 200
    wait_for(lambda: anonymous.get(address).status_code == 200)


def test_a_partner_neither_sees_nor_changes_what_another_one_drafts(partner, curator, anonymous):
    foreign = "/v1/offers/atelier-genci"
    assert curator.post("/v1/offers", json=listing("atelier-genci", "genci")).status_code == 201
    assert partner.get(f"{foreign}/working-copy").status_code == 404
    assert partner.get(f"{foreign}/revisions").status_code == 404
    assert partner.patch(foreign, json={"keywords": ["a"]}, headers=PATCH).status_code == 404
    assert partner.post(f"{foreign}/submit").status_code == 404
    assert partner.post("/v1/offers", json=listing("atelier-vole", "genci")).status_code == 422
    assert anonymous.get(f"{foreign}/working-copy").status_code == 401
