"""A stored need hears of what changes, once, while its founder does something else.

What a founder would try: store a need and leave; come back to what is new since; see a price that
was edited ten times as one line; learn that an offer is gone; have it read; ask for quiet.
"""

import time

import pytest
from tests.system.catalogue.test_catalogue import edit, publish

WITHIN_SECONDS = 20.0
PROFILE = {"organisation_type": "startup", "country": "FR", "headcount": 5}


@pytest.fixture
def need(founder):
    startup = founder.post("/v1/startups", json=PROFILE).headers["location"]
    stored = founder.post(f"{startup}/needs", json={"kinds": ["training"]})
    assert stored.status_code == 201, stored.text
    return stored.headers["location"]


def lines(founder, need, slug):
    answer = founder.get(f"{need}/alerts", params={"unread": True, "limit": 100})
    assert answer.status_code == 200, answer.text
    return [item for item in answer.json()["items"] if item["offer_slug"] == slug]


def wait_for(founder, need, slug, check):
    """Return the lines about an offer once they are as expected; fail when they are not in time."""
    began = time.monotonic()
    while not check(found := lines(founder, need, slug)):
        assert time.monotonic() - began < WITHIN_SECONDS, found
        time.sleep(0.1)
    return found


def test_a_founder_sees_a_published_offer_that_fits_as_one_unread_line(
    curator, second_curator, founder, other_founder, need
):
    publish(curator, second_curator, "atelier-tout-neuf")
    [line] = wait_for(founder, need, "atelier-tout-neuf", bool)
    assert line["kind"] == "new_match"
    assert line["verdict"] in {"eligible", "to_confirm"}
    assert other_founder.get(f"{need}/alerts").status_code == 404
    assert founder.post(f"{need}/alerts:read", json={"alerts": [line["id"]]}).json()["read"] == 1
    assert lines(founder, need, "atelier-tout-neuf") == []


def test_a_price_that_is_edited_again_and_again_is_one_line(curator, second_curator, founder, need):
    address = publish(curator, second_curator, "atelier-cher")
    wait_for(founder, need, "atelier-cher", bool)
    founder.post(f"{need}/alerts:read", json={})
    for amount in range(1, 11):
        row = {"amount": f"{amount}00", "currency": "EUR", "period": "once"}
        edit(curator, second_curator, address, {"pricing": {"basis": "priced", "rows": [row]}})
    [line] = wait_for(founder, need, "atelier-cher", bool)
    assert line["kind"] == "terms_changed"


def test_an_offer_that_is_withdrawn_is_told_as_lost(curator, second_curator, founder, need):
    address = publish(curator, second_curator, "atelier-bref")
    wait_for(founder, need, "atelier-bref", bool)
    founder.post(f"{need}/alerts:read", json={})
    gone = curator.post(f"{address}/archive", json={"reason": "terminé"}, headers={"If-Match": "*"})
    assert gone.status_code == 200, gone.text
    [line] = wait_for(founder, need, "atelier-bref", bool)
    assert (line["kind"], line["verdict"]) == ("lost", None)


def test_a_quiet_need_is_told_nothing(curator, second_curator, founder, need):
    address = f"{need}/alert-settings"
    usual = founder.get(address)
    quiet = usual.json() | {"frequency": "off"}
    changed = founder.put(address, json=quiet, headers={"If-Match": usual.headers["etag"]})
    assert changed.status_code == 200, changed.text
    startup = founder.get(need).json()["startup_id"]
    told = founder.post(f"/v1/startups/{startup}/needs", json={"kinds": ["training"]})
    publish(curator, second_curator, "atelier-discret")
    wait_for(founder, told.headers["location"], "atelier-discret", bool)
    assert lines(founder, need, "atelier-discret") == []
