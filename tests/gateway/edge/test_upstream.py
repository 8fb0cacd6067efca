"""The pool of connections to the services."""

import asyncio
import threading

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from tests.gateway.harness import Service as QuickService
from tests.gateway.harness import serving

from aiff_gateway.edge.adapters import HttpUpstream
from aiff_gateway.edge.application.ports import Call
from aiff_gateway.edge.domain.errors import UpstreamUnavailableError
from aiff_gateway.edge.domain.routes import Service


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
        upstream = HttpUpstream(addresses, connections=1, room_seconds=1.0)
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
