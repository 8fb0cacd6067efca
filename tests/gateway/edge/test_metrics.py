"""What the gateway counts, and that the public cannot read it."""

import pytest
from prometheus_client import REGISTRY
from tests.gateway.harness import OFFER_ID

OFFER = f"/v1/offers/{OFFER_ID}"
COUNT = "aiff_http_request_duration_seconds_count"


def value(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/v1/../metrics", "/%6detrics"])
@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-For": "127.0.0.1"}])
async def test_the_public_cannot_read_the_metrics(client, path, headers):
    answer = await client.get(path, headers=headers)
    assert answer.status_code == 404
    assert "aiff_" not in answer.text


async def test_answers_count_under_their_public_prefix_whoever_gave_them(client):
    labels = {"route": "/v1/offers", "method": "GET", "status": "200"}
    before = value(COUNT, **labels)
    reads = {outcome: value("aiff_gateway_cache_reads_total", outcome=outcome) for outcome in OUT}
    for _ in range(3):
        await client.get(OFFER)
    assert value(COUNT, **labels) == before + 3
    found = {outcome: value("aiff_gateway_cache_reads_total", outcome=outcome) for outcome in OUT}
    assert found == {"hit": reads["hit"] + 2, "miss": reads["miss"] + 1}


OUT = ("hit", "miss")


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        ("GET", "/v1/startups", "/v1/startups", "503"),
        ("GET", "/nowhere/ada", "unmatched", "404"),
        ("GET", "/v1/offers?token=x", "/v1/offers", "400"),
        ("PROPFIND", "/v1/offers", "/v1/offers", "405"),
    ],
)
async def test_a_refused_request_is_counted_by_its_status(client, method, path, route, status):
    counted = method if method == "GET" else "other"
    labels = {"route": route, "method": counted, "status": status}
    before = value(COUNT, **labels)
    await client.request(method, path)
    assert value(COUNT, **labels) == before + 1


async def test_the_size_of_the_memory_is_shown(client):
    await client.get(OFFER)
    assert value("aiff_gateway_cache_entries") == 1
    assert value("aiff_gateway_cache_bytes") > 0
    assert value("aiff_gateway_events_reachable") == 1
