"""What the edge adds, takes away and refuses."""

import asyncio
import socket
import time

import httpx2
import pytest
from tests.gateway.harness import OFFER_ID, Place, gateway_on

from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.edge.adapters import Timeouts
from aiff_kit.auth import ANONYMOUS, IDENTITY_HEADER

pytestmark = pytest.mark.enable_socket

OFFER = f"/v1/offers/{OFFER_ID}"


async def test_an_anonymous_call_carries_a_signed_identity_too(place, client):
    await client.get(OFFER)
    token = place.catalog.last.headers[IDENTITY_HEADER]
    assert place.verifier.verify(token) == ANONYMOUS


async def test_what_clients_may_not_say_is_stripped(place, client):
    lies = {
        "X-AIFF-Identity": "forged",
        "x-aiff-anything": "1",
        "X-User-Id": "root",
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "for=10.0.0.1",
        "X-Real-IP": "10.0.0.1",
        "Connection": "X-Secret",
        "X-Secret": "hop by hop",
        "Cookie": "session=1",
        "X-Harmless": "kept",
    }
    await client.post("/v1/offers", json={}, headers=lies)
    arrived = place.catalog.last.headers
    place.verifier.verify(arrived[IDENTITY_HEADER])
    assert arrived["x-harmless"] == "kept"
    gone = {name.lower() for name in lies} - {"x-aiff-identity", "x-harmless", "connection"}
    assert gone.isdisjoint(arrived.keys())
    assert arrived["host"] != "evil.example"


async def test_a_well_formed_request_id_is_carried_on(place, client):
    answer = await client.get(OFFER, headers={"X-Request-Id": "ticket-12345"})
    assert answer.headers["X-Request-Id"] == "ticket-12345"
    assert place.catalog.last.headers["x-request-id"] == "ticket-12345"


@pytest.mark.parametrize("given", [{}, {"X-Request-Id": "a b"}, {"X-Request-Id": "x" * 65}])
async def test_else_every_request_gets_an_id_of_its_own(place, client, given):
    first = await client.get(OFFER, headers=given)
    second = await client.get(OFFER, headers=given)
    ids = {first.headers["X-Request-Id"], second.headers["X-Request-Id"]}
    assert len(ids) == 2
    assert given.get("X-Request-Id") not in ids


async def test_a_trace_is_carried_on_or_begun(place, client):
    trace = f"00-{'a' * 32}-{'b' * 16}-01"
    await client.post("/v1/offers", json={}, headers={"traceparent": trace})
    assert place.catalog.last.headers["traceparent"] == trace
    await client.post("/v1/offers", json={}, headers={"traceparent": "nonsense"})
    assert place.catalog.last.headers["traceparent"].startswith("00-")


@pytest.mark.parametrize("path", [OFFER, "/v1/nothing", "/docs", "/v1/me"])
async def test_every_answer_is_safe_for_browsers_and_has_its_id(client, path):
    answer = await client.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"]
    assert answer.headers["X-Request-Id"]
    assert "Authorization" in answer.headers["Vary"]


async def test_an_unknown_path_is_a_404_problem_in_the_readers_language(client):
    answer = await client.get("/v1/nothing", headers={"Accept-Language": "fr"})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["title"], body["type"]) == (
        404,
        "Introuvable",
        "/problems/not-found",
    )
    assert body["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize(
    "path", ["/v1/offersx", "/v1/offers/../../health", "/v1/offers/%2e%2e/%2E%2e/x", "/health/.."]
)
async def test_paths_that_only_look_like_a_route_are_404(place, path):
    raw = await _raw(place, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert raw.startswith(b"HTTP/1.1 404")
    assert place.catalog.requests == []


async def test_a_method_that_nobody_knows_is_405_with_allow(client):
    answer = await client.request("PROPFIND", OFFER)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.json()["type"] == "/problems/method-not-allowed"


async def test_a_wrong_method_on_the_gateways_own_route_is_405_with_allow(client):
    answer = await client.put("/v1/sessions", json={})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "DELETE, GET, HEAD, POST"


async def test_a_body_that_says_it_is_too_large_is_413(place, client):
    answer = await client.post("/v1/offers", content=b"x" * 1_048_577)
    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/too-large"
    assert place.catalog.requests == []


async def test_a_chunked_body_without_length_is_413_as_soon_as_it_is_too_large(place, client):
    async def endless():
        for _ in range(40):
            yield b"x" * 65_536

    answer = await client.post("/v1/offers", content=endless())
    assert answer.status_code == 413
    assert place.catalog.requests == []


async def test_a_batch_of_a_known_caller_may_be_larger(place, client, partner):
    session = await place.sign_in(partner)
    large = b"x" * 2_097_152
    taken = await client.post("/v1/offers:batch", content=large, headers=session)
    assert taken.status_code == 200
    assert len(place.catalog.requests) == 1
    for address, content, headers in (
        ("/v1/offers:batch", large, {}),
        ("/v1/offers", large, session),
        ("/v1/offers:batch", b"x" * 8_388_609, session),
    ):
        answer = await client.post(address, content=content, headers=headers)
        assert answer.status_code == 413
    assert len(place.catalog.requests) == 1


async def test_a_slow_body_is_408(place):
    head = b"POST /v1/offers HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"
    assert (await _raw(place, head)).startswith(b"HTTP/1.1 408")
    assert place.catalog.requests == []


@pytest.mark.parametrize(
    "headers",
    [{f"X-{n}": "1" for n in range(101)}, {"X-Long": "x" * 16_385}],
    ids=["too many", "too long"],
)
async def test_headers_beyond_the_limit_are_431(place, client, headers):
    answer = await client.get(OFFER, headers=headers)
    assert answer.status_code == 431
    assert answer.json()["type"] == "/problems/headers-too-large"
    assert place.catalog.requests == []


async def test_a_service_that_is_down_is_503_with_retry_after_and_no_address(client):
    answer = await client.post("/v1/matches", json={})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.json()["type"] == "/problems/unavailable"
    assert "127.0.0.1" not in answer.text
    assert (await client.get("/v1/startups")).status_code == 503


async def test_a_service_that_takes_too_long_is_504(tmp_path):
    async with gateway_on(tmp_path, timeouts=Timeouts(answer=0.3)) as place, place.client as client:
        place.catalog.delay = 1.0
        for answer in (await client.get(OFFER), await client.post("/v1/offers", json={})):
            assert answer.status_code == 504
            assert answer.json()["type"] == "/problems/timeout"


async def test_a_service_that_sends_a_byte_now_and_then_holds_nobody_for_ever(tmp_path):
    trickling = Timeouts(answer=0.4)
    async with gateway_on(tmp_path, timeouts=trickling) as place, place.client as client:
        answer = await client.get("/v1/statistics")
        assert (answer.status_code, answer.json()["type"]) == (504, "/problems/timeout")
        # What has begun for somebody known can only be broken off, which its length shows.
        session = await place.sign_in(place.add_account("ada@example.org", Role.STARTUP))
        with pytest.raises(httpx2.RemoteProtocolError):
            await client.get("/v1/statistics", headers=session)


async def test_a_services_redirect_does_not_show_its_address(client):
    answer = await client.get("/v1/organisations")
    assert answer.headers["Location"] == "/v1/offers/x"


async def test_answers_are_streamed_as_they_arrive(client):
    async with client.stream("GET", "/v1/changes") as answer:
        pieces = [piece async for piece in answer.aiter_raw()]
    assert b"".join(pieces) == b"0\n1\n2\n3\n4\n"
    assert len(pieces) > 1


@pytest.mark.parametrize(("held", "status"), [('W/"stream"', 304), ('"stream"', 304), ('"x"', 200)])
async def test_who_holds_a_stream_that_is_too_large_to_remember_gets_304(client, held, status):
    answer = await client.get("/v1/changes", headers={"If-None-Match": held})
    assert answer.status_code == status
    assert answer.headers["etag"] == 'W/"stream"'
    assert (answer.content == b"") == (status == 304)


async def test_a_key_in_the_address_is_refused(place, client):
    for query in ("api_key=x", "q=1&access_token=x", f"q=aiff_k_{'0' * 8}_{'A' * 43}"):
        answer = await client.get(f"/v1/offers?{query}")
        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/credential-in-address"
    assert place.catalog.requests == []


async def test_the_first_page_tells_a_program_and_a_person_where_to_go(place, client):
    index = await client.get("/", headers={"Accept": "application/json"})
    assert index.json()["links"]["openapi"] == "/openapi.json"
    page = await client.get("/", headers={"Accept": "text/html"})
    assert "Accueil" in page.text
    again = await client.get("/", headers={"Accept": "application/json"})
    assert again.json() == index.json()


async def test_a_service_that_is_down_does_not_make_the_gateway_unready(client):
    assert (await client.get("/health/live")).status_code == 200
    assert (await client.post("/v1/matches", json={})).status_code == 503
    answer = await client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": "ok"}


async def _raw(place: Place, request: bytes) -> bytes:
    """Send bytes that no polite client would send; return the start of the answer."""
    port = int(place.address.rsplit(":", 1)[1])

    def exchange() -> bytes:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(request)
            time.sleep(0.05)
            return connection.recv(65_536)

    return await asyncio.to_thread(exchange)
