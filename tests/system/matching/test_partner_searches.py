"""A partner looks for start-ups; only who agreed is found, and sees who looked."""

import pytest

SEARCH = {
    "title": "Cohorte santé 2027",
    "description": "modèles pour l'imagerie médicale sur GPU",
    "kinds": ["compute"],
    "sectors": ["health"],
    "capacity": {"gpu_hours": 20000, "seats": 1},
}
PROFILE = {
    "name": "Imagerie SAS",
    "organisation_type": "startup",
    "country": "FR",
    "sectors": ["health"],
    "headcount": 9,
}
NEED = {
    "title": "Entraîner un modèle d'imagerie",
    "description": "imagerie médicale",
    "compute": {"gpu_hours": 5000, "gpu_model": "H100"},
}
FIELDS = ["profile.sectors", "profile.organisation_type", "need.title", "need.compute"]


@pytest.fixture(scope="module")
def startup(founder):
    made = founder.post("/v1/startups", json=PROFILE).json()["id"]
    assert founder.post(f"/v1/startups/{made}/needs", json=NEED).status_code == 201
    yield f"/v1/startups/{made}"
    founder.delete(f"/v1/startups/{made}", headers={"If-Match": "*"})


@pytest.fixture(scope="module")
def search(partner):
    made = partner.post("/v1/partner-searches", json=SEARCH)
    assert made.status_code == 201, made.text
    return made.headers["location"]


def found(partner, search):
    answer = partner.get(f"{search}/startups")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_a_partner_finds_a_start_up_from_consent_to_withdrawal(founder, partner, startup, search):
    assert found(partner, search) == []
    words = founder.get(f"{startup}/discoverability").json()
    assert (words["found"], "profile.sectors" in words["known_fields"]) == (False, True)
    body = {"fields": FIELDS, "wording": words["wording"]["version"]}
    assert founder.put(f"{startup}/discoverability", json=body).status_code == 200
    item = found(partner, search)[0]
    assert (item["state"], item["has_seat"]) == ("matching", True)
    assert "name" not in item["profile"]
    assert item["startup_side"]["offer"].startswith("scaleway-")
    assert 0 < item["reciprocal_score"] <= 1
    views = founder.get(f"{startup}/discoverability/views").json()["items"]
    assert [one["organisation"] for one in views] == ["scaleway"]
    assert founder.delete(f"{startup}/discoverability").json()["found"] is False
    assert found(partner, search) == []


def test_searches_and_consents_are_for_who_owns_them(
    founder, other_founder, partner, curator, anonymous, startup, search
):
    assert founder.get(search).status_code == 403
    assert curator.get(search).status_code == 403
    assert anonymous.get(search).status_code == 401
    assert partner.get(f"{startup}/discoverability").status_code == 403
    assert other_founder.get(f"{startup}/discoverability").status_code == 404
    offers = {"title": "x", "offers": ["jean-zay-h100"]}
    refused = partner.post("/v1/partner-searches", json=offers)
    assert refused.json()["errors"][0]["pointer"] == "/offers/0"
