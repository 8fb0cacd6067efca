"""Who may do what: anonymous readers, partners, curators, start-ups and strangers."""

import httpx2
import pytest

COURSE = {
    "slug": "cours-partenaire",
    "title": {"fr": "Cours", "en": "Course"},
    "summary": {"fr": "Un cours.", "en": "A course."},
    "organisations": [{"organisation": "scaleway", "role": "provider"}],
    "details": {"kind": "training"},
    "sources": [{"label": "Scaleway", "confidence": "stated_by_provider"}],
}
WRITES = [
    ("POST", "/v1/offers"),
    ("PUT", "/v1/offers/jean-zay-h100"),
    ("PATCH", "/v1/offers/jean-zay-h100"),
    ("POST", "/v1/offers/jean-zay-h100/publish"),
    ("POST", "/v1/offers/jean-zay-h100/submit"),
    ("POST", "/v1/offers/jean-zay-h100/archive"),
    ("GET", "/v1/offers/jean-zay-h100/working-copy"),
    ("GET", "/v1/listings"),
    ("GET", "/v1/reviews"),
    ("GET", "/v1/quality/jean-zay-h100"),
    ("POST", "/v1/reviews/jean-zay-h100/claim"),
    ("PUT", "/v1/organisations/inria"),
    ("POST", "/v1/startups"),
    ("GET", "/v1/startups"),
    ("GET", "/v1/offers/jean-zay-h100/revisions"),
    ("POST", "/v1/imports"),
    ("GET", "/v1/duplicates"),
    ("GET", "/v1/coverage"),
    ("POST", "/v1/offers/jean-zay-h100/merge"),
    ("GET", "/v1/imports"),
    ("GET", "/v1/partners/scaleway/mappings"),
    ("GET", "/v1/me"),
    ("POST", "/v1/api-keys"),
]


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_nobody_writes_or_sees_private_things_without_signing_in(anonymous, method, path):
    body = None if method == "GET" else {}
    answer = anonymous.request(method, path, json=body)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert "www-authenticate" in answer.headers


def test_a_service_refuses_a_call_that_did_not_come_through_the_gateway(product):
    port = product.environment()["CATALOG_PORT"]
    direct = httpx2.get(f"http://127.0.0.1:{port}/v1/offers")
    assert direct.status_code == 401
    forged = httpx2.get(
        f"http://127.0.0.1:{port}/v1/offers", headers={"X-AIFF-Identity": "e30.e30.e30"}
    )
    assert forged.status_code == 401


def test_an_identity_sent_by_a_client_does_not_pass_the_gateway(anonymous, product):
    answer = anonymous.post("/v1/offers", json=COURSE, headers={"X-AIFF-Identity": "anything"})
    assert answer.status_code == 401


def test_a_partner_writes_with_a_key_of_its_own_only_for_itself(partner, people):
    made = partner.post("/v1/api-keys", json={"name": "portail", "scopes": ["offers:write"]})
    assert made.status_code == 201, made.text
    by_key = people.client(Authorization=f"Bearer {made.json()['token']}")
    created = by_key.post("/v1/offers", json=COURSE, headers={"Idempotency-Key": "cours-1"})
    assert created.status_code == 201, created.text
    again = by_key.post("/v1/offers", json=COURSE, headers={"Idempotency-Key": "cours-1"})
    assert again.json()["id"] == created.json()["id"]
    foreign = {
        **COURSE,
        "slug": "autre",
        "organisations": [{"organisation": "inria", "role": "provider"}],
    }
    assert by_key.post("/v1/offers", json=foreign).status_code == 422
    theirs = by_key.patch(
        "/v1/offers/jean-zay-h100",
        json={"keywords": []},
        headers={"If-Match": "*", "Content-Type": "application/merge-patch+json"},
    )
    assert theirs.status_code == 404


def test_a_key_cannot_hold_more_than_its_account(partner):
    asked = {"name": "trop", "scopes": ["organisations:write"]}
    assert partner.post("/v1/api-keys", json=asked).status_code in {403, 422}


def test_a_revoked_key_stops_working(partner, people):
    made = partner.post("/v1/api-keys", json={"name": "bref", "scopes": ["offers:write"]}).json()
    by_key = people.client(Authorization=f"Bearer {made['token']}")
    assert by_key.get("/v1/me").status_code == 200
    assert partner.delete(f"/v1/api-keys/{made['key']['id']}").status_code == 204
    assert by_key.get("/v1/me").status_code == 401


def test_a_key_in_the_address_is_refused(anonymous):
    assert anonymous.get("/v1/offers", params={"api_key": "aiff_x"}).status_code == 400


def test_a_start_up_is_seen_by_nobody_else(founder, other_founder, curator):
    profile = {"name": "Exemple", "country": "FR", "headcount": 4}
    made = founder.post("/v1/startups", json=profile)
    assert made.status_code == 201, made.text
    address = f"/v1/startups/{made.json()['id']}"
    assert founder.get(address).status_code == 200
    for stranger in (other_founder,):
        assert stranger.get(address).status_code == 404
        assert stranger.delete(address, headers={"If-Match": "*"}).status_code == 404
        assert stranger.post(f"{address}/needs", json={}).status_code == 404
    assert curator.get(address).status_code in {403, 404}


def test_a_stored_need_is_answered_like_the_same_question(founder, anonymous):
    profile = {"name": "Exemple", "country": "FR", "headcount": 4, "trl": 3}
    startup = founder.post("/v1/startups", json=profile).json()
    need = {"kinds": ["funding"], "description": "subvention"}
    stored = founder.post(f"/v1/startups/{startup['id']}/needs", json=need)
    assert stored.status_code == 201, stored.text
    kept = founder.get(f"/v1/needs/{stored.json()['id']}/matches").json()
    asked = anonymous.post("/v1/matches", json={"profile": profile, "need": need}).json()
    assert [i["offer"]["slug"] for i in kept["items"]] == [
        i["offer"]["slug"] for i in asked["items"]
    ]


def test_a_wrong_password_and_an_unknown_account_look_the_same(anonymous, founder):
    wrong = anonymous.post(
        "/v1/sessions", json={"email": "fondatrice@example.org", "password": "x" * 20}
    )
    unknown = anonymous.post(
        "/v1/sessions", json={"email": "personne@example.org", "password": "x" * 20}
    )
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.json()["detail"] == unknown.json()["detail"]
