"""Introductions as founders, partners and curators live them, through the gateway.

What they would try: see before sending what will be seen; ask, be taken care of, rate; be refused
and told what else there is; take a consent back; wait in vain until the clock says it is enough.
"""

import time
from functools import partial

import pytest
from tests.system.conftest import PASSWORD, People, drain, eventually, start

ANY = {"If-Match": "*"}
PROFILE = {
    "name": "Turbine SAS",
    "country": "FR",
    "organisation_type": "startup",
    "headcount": 4,
    "sites": ["DEP-75"],
    "turnover_eur": 77123,
}
NEED = {"title": "Fine-tuning d'un modèle de santé", "kinds": ["compute"]}
OFFER = "scaleway-h100-sxm-8"
SHOWN = ["profile.headcount", "need.title", "contact"]


@pytest.fixture
def asking(founder):
    """Store a start-up with a need of its own, and return what would be sent."""
    made = founder.post("/v1/startups", json=PROFILE)
    need = founder.post(f"/v1/startups/{made.json()['id']}/needs", json=NEED)
    assert need.status_code == 201, need.text
    return {
        "need_id": need.json()["id"],
        "offer": OFFER,
        "message": "Bonjour, 8 H100 pendant un mois ?",
        "contact": "ada@turbine.example",
        "fields": SHOWN,
    }


def previewed(client, asking):
    answer = client.post("/v1/introductions:preview", json=asking)
    assert answer.status_code == 200, answer.text
    return answer.json()


def asked(client, asking):
    wording = previewed(client, asking)["wording"]["version"]
    made = client.post("/v1/introductions", json={**asking, "wording": wording})
    assert made.status_code == 201, made.text
    return made.json()["id"]


def is_rating_known(client, need_id):
    matches = client.get(f"/v1/needs/{need_id}/matches?limit=100").json()["items"]
    found = {match["offer"]["slug"]: match for match in matches}
    return {one["criterion"]: one for one in found[OFFER]["contributions"]}["ratings"]["known"]


def answered(partner, made, verb, **body):
    path = f"/v1/received-introductions/{made}/{verb}"
    answer = partner.post(path, json=body or None, headers=ANY)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_from_the_preview_to_the_rating(founder, partner, asking):
    # Given a founder who saw what the provider would see
    preview = previewed(founder, asking)
    assert preview["shared"]["profile"] == {"headcount": 4}
    # When she asks
    made = asked(founder, asking)
    # Then the provider sees just that, and takes care of her
    received = partner.get(f"/v1/received-introductions/{made}")
    shared, promised = received.json()["shared"], preview["shared"]
    for name in ("message", "contact", "profile", "need", "verdict"):
        assert shared[name] == promised[name]
    assert shared["evidence"]["reasons"] == promised["evidence"]["reasons"]
    for hidden in ("Turbine SAS", "77123", "DEP-75", asking["need_id"]):
        assert hidden not in received.text
    for verb in ("see", "take-care", "finish"):
        answered(partner, made, verb)
    # And she says how good it was
    rating = founder.put(f"/v1/introductions/{made}/rating", json={"overall": 5}, headers=ANY)
    assert rating.json()["state"] == "done"
    eventually(lambda: is_rating_known(founder, asking["need_id"]))


def test_a_refusal_says_why_and_what_else_there_is(founder, partner, curator, asking):
    made = asked(founder, asking)
    answered(partner, made, "decline", reason="no_capacity", offer="scaleway-h100-pcie")
    own = founder.get(f"/v1/introductions/{made}").json()
    assert own["state"] == "declined"
    assert own["refusal"]["sentence"]["fr"] == "Plus de place en ce moment."
    by = [proposal["by"] for proposal in own["proposals"]]
    assert by == ["partner", "product", "product", "product"]
    # Refused by all, it waits for a curator, who finds another way.
    tray = curator.get("/v1/introduction-tray?limit=100").json()["items"]
    assert made in [entry["id"] for entry in tray]
    settled = curator.post(
        f"/v1/introduction-tray/{made}/settle",
        json={"note": "Essayez la Fast Lane.", "offers": ["eurohpc-aif-fast-lane"]},
        headers=ANY,
    )
    assert settled.status_code == 200, settled.text
    own = founder.get(f"/v1/introductions/{made}").json()
    assert own["settlement"]["note"] == "Essayez la Fast Lane."


def test_a_consent_can_be_taken_back(founder, partner, asking):
    made = asked(founder, asking)
    hidden = founder.delete(f"/v1/introductions/{made}/consent", headers=ANY)
    assert hidden.json()["consents"][0]["withdrawn_at"]
    received = partner.get(f"/v1/received-introductions/{made}")
    assert received.json()["shared"] is None
    assert "Bonjour" not in received.text


def test_strangers_find_nothing(founder, other_founder, partner, curator, people, asking):
    made = asked(founder, asking)
    stranger = people.sign_in("autre-portail@example.org", "partner", "ovhcloud")
    assert other_founder.get(f"/v1/introductions/{made}").status_code == 404
    assert stranger.get(f"/v1/received-introductions/{made}").status_code == 404
    assert curator.get(f"/v1/introduction-tray/{made}").status_code == 404
    assert partner.get(f"/v1/introductions/{made}").status_code == 403
    assert founder.get("/v1/introduction-tray").status_code == 403
    assert people.anonymous.get("/v1/introductions").status_code == 401
    again = founder.post("/v1/introductions", json={**asking, "wording": "x"})
    assert again.json()["type"].endswith("/wording-outdated")


def test_what_is_given_by_recommendation_is_not_asked_for(founder, anonymous, asking):
    found = anonymous.get("/v1/offers?status=by_recommendation&limit=1").json()["items"]
    asking["offer"] = found[0]["slug"]
    refused = founder.post("/v1/introductions:preview", json=asking)
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/by-recommendation")


def test_the_clock_reminds_the_provider_and_ends_what_nobody_takes(tmp_path, few):
    def at(day, story):
        """Live a day of the story on the same data: the product is stopped in between."""
        product = start(tmp_path, few, AIFF_CLOCK_START=f"{day}T12:00:00+01:00")
        try:
            product.start()
            drain(product, seconds=60)
            with People(product) as people:
                return story(people)
        finally:
            product.stop()

    def begin(people):
        founder = people.sign_in("ada@example.org", "startup")
        people.sign_in("portail@example.org", "partner", "scaleway")
        people.sign_in("curatrice@example.org", "curator", "cap-digital")
        made = founder.post("/v1/startups", json=PROFILE).json()["id"]
        need = founder.post(f"/v1/startups/{made}/needs", json=NEED).json()["id"]
        return asked(founder, {"need_id": need, "offer": OFFER, "message": "Bonjour"})

    made = at("2026-11-23", begin)
    for day, *expected in (
        ("2026-12-03", 1, "requested", 0),
        ("2027-01-08", 3, "requested", 1),
        ("2027-01-23", 3, "expired", 1),
    ):
        at(day, partial(reminded, made, *expected))


def reminded(made, reminders, state, waiting, people):
    partner = signed_in(people, "portail@example.org")
    path = f"/v1/received-introductions/{made}"
    found = wait_until(
        lambda: partner.get(path).json(),
        lambda item: (item["reminders"], item["state"]) == (reminders, state),
    )
    assert found["waiting_since"].startswith("2026-11-23")
    tray = signed_in(people, "curatrice@example.org").get("/v1/introduction-tray").json()
    assert len(tray["items"]) == waiting


def signed_in(people, email):
    body = {"email": email, "password": PASSWORD}
    session = people.anonymous.post("/v1/sessions", json=body)
    return people.client(Authorization=f"Bearer {session.json()['token']}")


def wait_until(read, holds, seconds=20):
    deadline = time.monotonic() + seconds
    while not holds(found := read()):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)
    return found
