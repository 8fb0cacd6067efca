"""What a connection carries is bounded, and read in one way only, before the application."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
import uvicorn

from aiff_kit.http.server import connections
from aiff_kit.http.server.connections import MOST_BYTES, BoundedConnection

pytestmark = pytest.mark.enable_socket
HOST = b"Host: example.org\r\n"


async def echo(scope, receive, send):
    """Answer the headers that the application sees once the body has come."""
    while (await receive()).get("more_body"):
        pass
    seen = [[name.decode(), value.decode()] for name, value in scope["headers"]]
    body = json.dumps(seen).encode()
    size = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": size})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def connected():
    """Serve on a free port; yield a reader and a writer."""
    config = uvicorn.Config(echo, http=BoundedConnection, log_config=None, lifespan="off")
    config.load()
    state = uvicorn.server.ServerState()

    def made():
        return BoundedConnection(config=config, server_state=state, app_state={})

    server = await asyncio.get_running_loop().create_server(made, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        server.close()


async def answered(head, body=b""):
    async with connected() as (reader, writer):
        writer.write(head + b"Connection: close\r\n\r\n" + body)
        return await asyncio.wait_for(reader.read(), 5)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\n" + HOST, b"200"),
        (b"GET / HTTP/1.0\r\n", b"200"),
        (b"GET / HTTP/1.1\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n" + HOST + HOST, b"400"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Authorization: a\r\nauthorization: b\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * MOST_BYTES + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X: aaaa\r\n" * (MOST_BYTES // 5), b"431"),
        (b"GET /" + b"a" * MOST_BYTES + b" HTTP/1.1\r\n" + HOST, b"431"),
        (b"GET\r\n", b"400"),
    ],
)
async def test_a_head_that_has_no_end_or_two_meanings_is_refused(head, status):
    answer = await answered(head)
    assert answer.split()[1] == status
    if status != b"200":
        assert b"application/problem+json" in answer
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == int(status)


async def test_trailers_are_no_headers():
    body = b"2\r\n{}\r\n0\r\nAuthorization: Bearer other\r\nX-Late: 1\r\n\r\n"
    head = b"POST / HTTP/1.1\r\n" + HOST + b"Authorization: Bearer own\r\n"
    answer = await answered(head + b"Transfer-Encoding: chunked\r\n", body)
    seen = dict(json.loads(answer.partition(b"\r\n\r\n")[2]))
    assert seen["authorization"] == "Bearer own"
    assert "x-late" not in seen


async def test_headers_that_never_end_are_not_kept():
    async with connected() as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\n" + HOST + b"X: ")
        sent = 0
        try:
            while sent < 100 * MOST_BYTES:
                writer.write(b"a" * MOST_BYTES)
                await writer.drain()
                sent += MOST_BYTES
            assert (await reader.read()).split()[1] == b"431"
        except ConnectionError:
            # Who sends on after the answer may miss it.
            assert sent < 100 * MOST_BYTES


async def test_a_head_that_drips_ends_in_time(monkeypatch):
    monkeypatch.setattr(connections, "SECONDS", 0.3)
    async with connected() as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\n" + HOST)
        assert (await asyncio.wait_for(reader.read(), 5)).split()[1] == b"408"


async def test_a_body_larger_than_the_head_may_be_is_taken():
    size = 5 * MOST_BYTES
    head = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n" % size
    assert (await answered(head, b"a" * size)).split()[1] == b"200"


@pytest.mark.parametrize("sent", [0, MOST_BYTES - 1_000, 5 * MOST_BYTES])
async def test_what_came_before_does_not_count_as_the_next_head(sent):
    async with connected() as (reader, writer):
        length = b"Content-Length: %d\r\n\r\n" % sent
        writer.write(b"POST / HTTP/1.1\r\n" + HOST + length)
        await writer.drain()
        await asyncio.sleep(0.01)
        writer.write(b"x" * sent)
        assert await status_of(reader) == b"200"
        # The next head comes in two pieces, on the same connection.
        writer.write(b"GET / HTTP/1.1\r\n" + HOST)
        await writer.drain()
        await asyncio.sleep(0.01)
        writer.write(b"X-Late: " + b"a" * 2_000 + b"\r\n\r\n")
        assert await status_of(reader) == b"200"


async def status_of(reader):
    """Read one answer to its end and return its status."""
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
    lines = dict(line.lower().split(b": ", 1) for line in head.splitlines() if b": " in line)
    await asyncio.wait_for(reader.readexactly(int(lines[b"content-length"])), 5)
    return head.split()[1]


async def test_a_second_head_without_end_is_refused_too():
    async with connected() as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert await status_of(reader) == b"200"
        writer.write(b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * MOST_BYTES)
        assert await status_of(reader) == b"431"
