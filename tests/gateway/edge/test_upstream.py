"""The pool of connections to the services."""

import asyncio
import threading
import time
from contextlib import asynccontextmanager, suppress

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from tests.gateway.harness import Service as QuickService
from tests.gateway.harness import serving

from aiff_gateway.edge.adapters import HttpUpstream, Timeouts
from aiff_gateway.edge.application.ports import Call
from aiff_gateway.edge.domain.errors import UpstreamTimeoutError, UpstreamUnavailableError
from aiff_gateway.edge.domain.routes import Service

pytestmark = pytest.mark.enable_socket


class Trickling:
    """A service that sends a piece of its answer now and then, until nobody listens."""

    HEAD = b"HTTP/1.1 200 OK\r\n"
    LENGTH = b"Content-Length: 1000\r\n\r\n"
    CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"

    def __init__(self, at_once: bytes, piece: bytes, every: float, times: int = 1000):
        self.at_once, self.piece, self.every, self.times = at_once, piece, every, times
        self.left = asyncio.Event()

    async def _answer(self, reader, writer):
        with suppress(OSError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(self.at_once)
            for _ in range(self.times):
                writer.write(self.piece)
                if await self._is_left(reader):
                    break
            else:
                writer.write(b"0\r\n\r\n")
        self.left.set()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async def _is_left(self, reader) -> bool:
        try:
            return await asyncio.wait_for(reader.read(1), self.every) == b""
        except TimeoutError:
            return False

    @asynccontextmanager
    async def asked_by(self, timeouts):
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        upstream = HttpUpstream({Service.CATALOG: f"http://127.0.0.1:{port}"}, timeouts)
        await upstream.start()
        try:
            yield lambda: upstream.open(Call(Service.CATALOG, "GET", "/v1/offers", []))
        finally:
            await upstream.stop()
            server.close()
            await asyncio.wait_for(self.left.wait(), 5)


SHORT = Timeouts(answer=0.4, idle=0.3, stream=0.6)


async def read_until_it_fails(ask):
    began = time.monotonic()
    with pytest.raises(UpstreamTimeoutError):
        await (await ask()).read(10_000)
    return time.monotonic() - began


async def test_headers_that_come_a_byte_at_a_time_are_waited_for_as_long_as_an_answer():
    service = Trickling(Trickling.HEAD, b"X-Slow: 1\r\n", every=0.1)
    async with service.asked_by(SHORT) as ask:
        assert 0.35 < await read_until_it_fails(ask) < 5
        await asyncio.wait_for(service.left.wait(), 5)


async def test_an_answer_of_a_stated_length_has_one_limit_in_all():
    service = Trickling(Trickling.HEAD + Trickling.LENGTH, b"x", every=0.1)
    async with service.asked_by(SHORT) as ask:
        assert 0.35 < await read_until_it_fails(ask) < 5
        await asyncio.wait_for(service.left.wait(), 5)


async def test_a_stream_may_take_longer_than_an_answer_but_not_for_ever():
    service = Trickling(Trickling.HEAD + Trickling.CHUNKED, b"1\r\nx\r\n", every=0.1)
    async with service.asked_by(SHORT) as ask:
        assert 0.55 < await read_until_it_fails(ask) < 5
        await asyncio.wait_for(service.left.wait(), 5)


async def test_a_stream_that_falls_silent_is_ended_before_its_time():
    service = Trickling(Trickling.HEAD + Trickling.CHUNKED, b"1\r\nx\r\n", every=60)
    patient = Timeouts(answer=0.2, idle=0.3, stream=60)
    async with service.asked_by(patient) as ask:
        assert 0.25 < await read_until_it_fails(ask) < 5


async def test_a_stream_longer_than_an_answer_may_take_arrives_whole():
    service = Trickling(Trickling.HEAD + Trickling.CHUNKED, b"1\r\nx\r\n", every=0.1, times=6)
    async with service.asked_by(Timeouts(answer=0.2, idle=0.3, stream=5)) as ask:
        assert await (await ask()).read(10_000) == b"x" * 6


async def test_a_client_that_reads_slowly_uses_up_no_patience():
    service = Trickling(Trickling.HEAD + b"Content-Length: 3\r\n\r\n", b"x", every=0.05, times=3)
    async with service.asked_by(SHORT) as ask:
        reply, pieces = await ask(), []
        async for piece in reply.pieces():
            pieces.append(piece)
            await asyncio.sleep(0.5)
        assert b"".join(pieces) == b"xxx"


class Held:
    """A service that answers nobody until it is let go."""

    def __init__(self):
        self.asked, self.let_go = threading.Event(), threading.Event()
        self.app = Starlette(routes=[Route("/v1/matches", self.answer)])

    async def answer(self, _request):
        self.asked.set()
        await asyncio.to_thread(self.let_go.wait, 30)
        return Response("done")


async def test_callers_of_a_service_that_is_full_come_later_and_other_services_answer():
    held = Held()
    async with serving(held.app) as slow, serving(QuickService().app()) as quick:
        addresses = {Service.MATCHING: slow, Service.CATALOG: quick}
        upstream = HttpUpstream(addresses, Timeouts(connection=1.0), connections=1)
        await upstream.start()
        asked = Call(Service.MATCHING, "GET", "/v1/matches", [])
        first = asyncio.create_task(upstream.open(asked))
        await asyncio.to_thread(held.asked.wait, 30)
        with pytest.raises(UpstreamUnavailableError):
            await upstream.open(asked)
        other = await upstream.open(Call(Service.CATALOG, "GET", "/v1/offers", []))
        held.let_go.set()
        assert await (await first).read(100) == b"done"
        assert (await upstream.open(asked)).status == other.status == 200
        await upstream.stop()
