"""How many errors one address may report, by the API or by the form of a page."""

import pytest
from tests.gateway.harness import SECRET

from aiff_kit.auth import ANONYMOUS, IDENTITY_HEADER, IdentitySigner

pytestmark = pytest.mark.enable_socket
REPORTS = "/v1/offers/jean-zay/reports"
FORM = "/fr/offers/jean-zay/reports"
PER_HOUR = 10


async def post(client, path, **headers):
    return await client.post(path, json={}, headers=headers)


@pytest.mark.parametrize(
    "other", [REPORTS, FORM, "/en/offers/x/reports", "/v1/offers/x/%72eports", f"{REPORTS}/"]
)
async def test_an_address_has_ten_an_hour_over_all_offers_and_ways(place, client, other):
    for _ in range(PER_HOUR):
        assert (await post(client, REPORTS)).status_code != 429
    refused = await post(client, other)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert len([one for one in place.catalog.requests if one.method == "POST"]) <= PER_HOUR


async def test_reading_and_all_else_goes_on(place, client):
    for _ in range(PER_HOUR + 1):
        await post(client, REPORTS)
    assert (await client.get("/v1/offers/jean-zay")).status_code == 200
    assert (await client.post("/v1/offers", json={})).status_code == 200


async def test_what_pages_send_on_was_counted_when_people_sent_it(place, client):
    shown = IdentitySigner(SECRET).sign(ANONYMOUS, "portal")
    for _ in range(PER_HOUR + 1):
        sent_on = await post(client, REPORTS, **{IDENTITY_HEADER: shown})
        assert sent_on.status_code != 429


@pytest.mark.parametrize(
    "shown",
    [
        "forged",
        IdentitySigner(SECRET).sign(ANONYMOUS, "catalog"),
        IdentitySigner("another secret, which is as long as it must be").sign(ANONYMOUS, "portal"),
    ],
)
async def test_nobody_else_passes_for_a_page(place, client, shown):
    for _ in range(PER_HOUR):
        await post(client, REPORTS, **{IDENTITY_HEADER: shown})
    assert (await post(client, REPORTS, **{IDENTITY_HEADER: shown})).status_code == 429
