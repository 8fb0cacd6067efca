"""Curators work through what the checks find; an edit that mends it leaves the list."""

import time

from tests.system.test_catalogue import edit


def worst(curator, **parameters):
    answer = curator.get("/v1/quality", params={"limit": 100, **parameters})
    assert answer.status_code == 200, answer.text
    return {one["slug"]: one for one in answer.json()["items"]}


def eventually(check, seconds=20):
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def published(curator, **parameters):
    found = worst(curator, check="no_contact", **parameters)
    return sorted(slug for slug, one in found.items() if one["state"] == "published")


def test_a_curator_takes_a_listing_mends_it_and_it_leaves_the_list(curator, second_curator):
    eventually(lambda: published(curator, claimed="nobody"))
    slug = published(curator, claimed="nobody")[0]
    assert curator.put(f"/v1/quality/{slug}/claim").status_code == 204
    assert second_curator.put(f"/v1/quality/{slug}/claim").status_code == 409
    assert slug in worst(curator, claimed="me")
    before = curator.get(f"/v1/quality/{slug}").json()["score"]
    contact = {"contact": {"url": "https://example.org/contact"}}
    edit(curator, second_curator, f"/v1/offers/{slug}", contact)
    eventually(lambda: slug not in published(curator))
    assert curator.get(f"/v1/quality/{slug}").json()["score"] > before
    edit(curator, second_curator, f"/v1/offers/{slug}", {"contact": None})
    assert curator.delete(f"/v1/quality/{slug}/claim").status_code == 204


def test_the_work_list_is_for_curators(partner, founder, anonymous):
    assert partner.get("/v1/quality").status_code == 403
    assert founder.get("/v1/quality").status_code == 403
    assert anonymous.get("/v1/quality").status_code == 401
