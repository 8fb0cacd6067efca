"""No offer and no organisation leads its readers into a private network."""

import pytest
from tests.catalog.support import CURATOR, content, offer_json, organisation_json

from aiff_catalog.offers.application.web_addresses import refused_addresses

PRIVATE = (
    "http://127.0.0.1/",
    "http://169.254.169.254/latest/meta-data",
    "https://user:pw@example.org/",
    "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/",
    "http://127\u30020\u30020\u30021/",
    "http://localhost:8080/admin",
)


@pytest.mark.parametrize("url", PRIVATE)
def test_every_address_of_an_offer_is_vetted_where_it_stands(url):
    offer = content(
        url=url,
        contact={"url": url},
        sources=[{"label": "site", "url": url, "confidence": "sourced"}],
    )
    assert [fault.pointer for fault in refused_addresses(offer)] == [
        "/url",
        "/contact/url",
        "/sources/0/url",
    ]


def test_a_portal_with_a_port_of_its_own_is_fine():
    assert list(refused_addresses(content(url="https://portal.example.org:8443/login"))) == []


def test_neither_offers_nor_organisations_are_saved_with_one(place):
    sent = {
        "/v1/offers": (place.client.post, offer_json(url=PRIVATE[0])),
        "/v1/organisations/acme": (
            place.client.put,
            organisation_json("acme") | {"url": PRIVATE[0]},
        ),
    }
    for path, (send, body) in sent.items():
        answer = send(path, json=body, headers=place.as_(CURATOR, If_None_Match="*"))
        assert answer.status_code == 422, answer.text
        (told,) = answer.json()["errors"]
        assert (told["pointer"], told["code"]) == ("/url", "address_refused")
