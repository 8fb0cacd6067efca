"""Curators work through what the checks find; an edit that mends it leaves the list."""

from tests.system.catalogue.test_catalogue import edit
from tests.system.conftest import eventually


def worst(curator, **parameters):
    answer = curator.get("/v1/quality", params={"limit": 100, **parameters})
    assert answer.status_code == 200, answer.text
    return {one["slug"]: one for one in answer.json()["items"]}


def published(curator, **parameters):
    found = worst(curator, check="no_contact", **parameters)
    return sorted(slug for slug, one in found.items() if one["state"] == "published")


def costs(curator, slug):
    """Return what each check costs now: the score itself moves with what other stories do."""
    quality = curator.get(f"/v1/quality/{slug}").json()
    parts = {part["check"]: part["cost"] for part in quality["parts"]}
    assert quality["score"] == max(100 - sum(parts.values()), 0)
    return parts


def test_a_curator_takes_a_listing_mends_it_and_it_leaves_the_list(curator, second_curator):
    eventually(lambda: published(curator, claimed="nobody"))
    slug = published(curator, claimed="nobody")[0]
    assert curator.put(f"/v1/quality/{slug}/claim").status_code == 204
    assert second_curator.put(f"/v1/quality/{slug}/claim").status_code == 409
    assert slug in worst(curator, claimed="me")
    assert "no_contact" in costs(curator, slug)
    contact = {"contact": {"url": "https://example.org/contact"}}
    edit(curator, second_curator, f"/v1/offers/{slug}", contact)
    eventually(lambda: slug not in published(curator))
    assert "no_contact" not in costs(curator, slug)
    edit(curator, second_curator, f"/v1/offers/{slug}", {"contact": None})
    assert curator.delete(f"/v1/quality/{slug}/claim").status_code == 204


def test_the_work_list_is_for_curators(partner, founder, anonymous):
    assert partner.get("/v1/quality").status_code == 403
    assert founder.get("/v1/quality").status_code == 403
    assert anonymous.get("/v1/quality").status_code == 401


def course(slug):
    return {
        "slug": slug,
        "title": {"fr": "Atelier sur la quantification", "en": "Workshop on quantisation"},
        "summary": {"fr": "Réduire un modèle sans le dégrader.", "en": "Shrink a model unharmed."},
        "organisations": [{"organisation": "inria", "role": "provider"}],
        "details": {"kind": "training"},
        "sources": [{"label": "Inria", "confidence": "sourced"}],
    }


def publish(curator, second_curator, slug):
    assert curator.post("/v1/offers", json=course(slug)).status_code == 201
    assert second_curator.post(f"/v1/offers/{slug}/publish").status_code == 200


def pairs(curator, cursor=None):
    """Yield all pairs: the listings of other stories are much alike too."""
    parameters = {"kind": "training", "limit": 100, **({"cursor": cursor} if cursor else {})}
    page = curator.get("/v1/duplicates", params=parameters).json()
    yield from page["items"]
    if page["next"]:
        yield from pairs(curator, page["next"])


def paired(curator, *slugs):
    for pair in pairs(curator):
        if {pair["first"]["slug"], pair["second"]["slug"]} == {*slugs}:
            return pair
    return None


def test_a_listing_that_came_twice_is_found_and_merged(curator, second_curator, partner, anonymous):
    for slug in ("quantification", "quantification-bis"):
        publish(curator, second_curator, slug)
    eventually(lambda: paired(curator, "quantification", "quantification-bis"), seconds=40)
    pair = paired(curator, "quantification", "quantification-bis")
    assert {part["name"] for part in pair["parts"]} == {"title", "page", "meaning", "provider"}
    merge = {"into": "quantification", "reason": "saisie deux fois"}
    address = "/v1/offers/quantification-bis"
    assert partner.post(f"{address}/merge", json=merge).status_code == 403
    assert anonymous.post(f"{address}/merge", json=merge).status_code == 401
    assert curator.post(f"{address}/merge", json=merge).status_code == 200
    eventually(lambda: anonymous.get(address).status_code == 301)
    assert anonymous.get(address).headers["location"].endswith("/v1/offers/quantification")
    assert paired(curator, "quantification", "quantification-bis") is None
    told = curator.get("/v1/offers/quantification/revisions").json()["items"][0]
    assert told["action"] == "absorbed"
