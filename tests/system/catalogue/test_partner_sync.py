"""A partner's system keeps its offers here: nightly batches, reviews, a policy, its records."""

from tests.system.catalogue.test_catalogue import wait_for

HOST = "/v1/partners/scaleway"


def item(number, **changes):
    content = {
        "slug": f"sync-{number}",
        "title": {"fr": f"Atelier {number}", "en": f"Workshop {number}"},
        "summary": {"fr": "Une journée d'atelier.", "en": "A day of workshop."},
        "organisations": [{"organisation": "scaleway", "role": "provider"}],
        "details": {"kind": "training", "levels": ["beginner"]},
        "sources": [{"label": "Scaleway", "confidence": "stated_by_provider"}],
        **changes,
    }
    return {"external_id": f"crm:{number}", "offer": content}


def send(partner, *items, **parameters):
    body = {"partner": "scaleway", "items": items}
    answer = partner.post("/v1/offers:batch", json=body, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def states(partner):
    page = partner.get(f"{HOST}/records", params={"limit": 100}).json()
    return {one["external_id"]: one["state"] for one in page["items"]}


def test_a_partner_s_system_sends_its_offers_every_night(partner, curator, anonymous):
    broken = item(3, organisations=[{"organisation": "nobody-knows", "role": "provider"}])
    tried = send(partner, item(1), item(2), broken, dry_run=True)
    assert (tried["created"], tried["refused"]) == (2, 1)
    first = send(partner, item(1), item(2), broken)
    assert [one["status"] for one in first["items"]] == [201, 201, 422]
    seen = [states(partner)[f"crm:{number}"] for number in (1, 2, 3)]
    assert seen == ["awaiting_review", "awaiting_review", "refused"]
    assert curator.post("/v1/reviews/sync-1/approve", json={}).status_code == 200
    reason = {"reason": "le programme n'existe plus"}
    assert curator.post("/v1/reviews/sync-2/reject", json=reason).status_code == 200
    wait_for(lambda: anonymous.get("/v1/offers/sync-1").status_code == 200)
    second = send(partner, item(1), item(2), item(3))
    assert (second["unchanged"], second["created"]) == (2, 1)
    record = partner.get("/v1/offers/by-external-id/scaleway/crm:2").json()
    assert (record["state"], record["reason"]) == ("rejected", reason["reason"])


def test_a_trusted_partner_changes_its_prices_without_a_review(partner, curator, anonymous):
    address = "/v1/offers/by-external-id/scaleway/crm:9"
    policy = {"kinds": ["training"], "fields": ["/pricing"]}
    assert partner.put(f"{HOST}/policy", json=policy).status_code == 403
    answer = curator.put(f"{HOST}/policy", json=policy, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    created = partner.put(address, json=item(9)["offer"])
    assert (created.status_code, created.json()["state"]) == (201, "published")
    free = item(9, pricing={"basis": "free"})["offer"]
    assert partner.put(address, json=free).json()["pending_state"] is None
    wait_for(lambda: anonymous.get("/v1/offers/sync-9").json()["pricing"]["basis"] == "free")
    renamed = {**free, "title": {"fr": "Tout autre chose", "en": "Something else"}}
    assert partner.put(address, json=renamed).json()["pending_state"] == "submitted"
    assert anonymous.get("/v1/offers/sync-9").json()["title"]["fr"] == "Atelier 9"
    nothing = {"kinds": [], "fields": []}
    curator.put(f"{HOST}/policy", json=nothing, headers={"If-Match": "*"})
