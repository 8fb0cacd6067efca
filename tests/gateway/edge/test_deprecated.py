"""Addresses that moved answer as before, and say where they are now and until when."""

from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx2
import pytest
from prometheus_client import REGISTRY

from aiff_gateway.edge.domain.deprecations import DEPRECATIONS
from aiff_gateway.edge.domain.routes import service_of
from aiff_gateway.edge.entrypoints.http.deprecated import DeprecatedAddresses

MOVED = [
    ("/v1/introductions/received", "/v1/received-introductions"),
    ("/v1/introductions/received/7/take-care", "/v1/received-introductions/7/take-care"),
    ("/v1/introductions/tray", "/v1/introduction-tray"),
    ("/v1/introductions/tray/7/settle", "/v1/introduction-tray/7/settle"),
    ("/v1/offers/jean-zay/revisions/2", "/v1/offer-revisions/jean-zay/2"),
    ("/v1/offers/%C3%A9cole/revisions/2", "/v1/offer-revisions/%C3%A9cole/2"),
]
KEPT = [
    "/v1/introductions",
    "/v1/introductions/7",
    "/v1/introductions/7/consent",
    "/v1/introductions/received-elsewhere",
    "/v1/introductions:preview",
    "/v1/offers/jean-zay/revisions",
    "/v1/offers/jean-zay/revisions/2/more",
    "/v1/received-introductions/7",
    "/",
]


async def echo(scope, receive, send):
    """Answer with the address that was asked for, as the edge sees it."""
    headers = [(b"x-raw", scope["raw_path"]), (b"x-query", scope["query_string"])]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


@pytest.fixture
async def caller():
    transport = httpx2.ASGITransport(DeprecatedAddresses(echo, DEPRECATIONS))
    async with httpx2.AsyncClient(transport=transport, base_url="http://edge") as client:
        yield client


@pytest.mark.parametrize(("old", "new"), MOVED)
async def test_an_old_address_is_answered_by_the_new_one_and_says_so(caller, old, new):
    answer = await caller.post(f"{old}?limit=5")
    assert answer.headers["x-raw"] == new
    assert answer.headers["x-query"] == "limit=5"
    since = int(answer.headers["deprecation"].removeprefix("@"))
    sunset = parsedate_to_datetime(answer.headers["sunset"])
    assert (sunset - datetime.fromtimestamp(since, sunset.tzinfo)).days >= 365
    assert f'<{new}>; rel="successor-version"' in answer.headers["link"]
    assert '</docs>; rel="deprecation"' in answer.headers["link"]
    assert service_of(new) == service_of(old)


@pytest.mark.parametrize("path", KEPT)
async def test_any_other_address_is_passed_on_as_it_is(caller, path):
    answer = await caller.get(path)
    assert answer.headers["x-raw"] == path
    assert "deprecation" not in answer.headers


async def test_operators_see_who_still_calls_there(caller):
    name = "aiff_gateway_deprecated_calls_total"
    labels = {"address": "/v1/introductions/tray"}
    before = REGISTRY.get_sample_value(name, labels)
    await caller.get("/v1/introductions/tray/7")
    assert REGISTRY.get_sample_value(name, labels) == before + 1
