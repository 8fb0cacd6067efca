"""What each kind of page weighs, costs and breaks: one row a page.

The time is that of the portal alone: what its page waited for from the API is taken away. It says
what the pages add to an answer that programs get as well.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median

import httpx2

from aiff_kit.clock import utc_now
from aiff_local.product import Product
from aiff_portal.api.adapters import open_client
from aiff_portal.main.service import application
from bench.harness.product import identity, running
from bench.pages import tools
from bench.pages.crawling import Visit, telling, visits
from bench.pages.judging import WIDE, Judged, launched, open_context

Row = tuple[str, str, str]
_TIMES = 15
_FIRST_TIMES = 3
_HEADING = "page: weight, shift, time, axe, html"
_GOAL = "150 kB, 0, 25 ms, 0, 0"


@dataclass
class Waiting(httpx2.AsyncBaseTransport):
    """Asks the running gateway, and counts the seconds in which anything was waited for."""

    inner: httpx2.AsyncBaseTransport = field(default_factory=httpx2.AsyncHTTPTransport)
    seconds: float = 0.0
    _outstanding: int = 0
    _since: float = 0.0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Ask; what is asked at the same time is waited for once."""
        if self._outstanding == 0:
            self._since = time.perf_counter()
        self._outstanding += 1
        try:
            answer = await self.inner.handle_async_request(request)
            await answer.aread()
            return answer
        finally:
            self._outstanding -= 1
            if self._outstanding == 0:
                self.seconds += time.perf_counter() - self._since

    async def aclose(self) -> None:
        """Give the connections back."""
        await self.inner.aclose()


def rows() -> list[Row]:
    """Find the pages of a running product and measure those that show everything."""
    with running() as product:
        return list(_rows(product, telling(one for one in visits(product.url) if one.is_page)))


def _rows(product: Product, pages: list[Visit]) -> Iterator[Row]:
    told = tools.validated({page.address: page.html for page in pages})
    times = asyncio.run(_times(product, pages))
    yield (_HEADING, "", _GOAL)
    with launched() as browser, open_context(browser, WIDE) as context:
        for page in pages:
            tab = Judged(context, product.url)
            tab.open(page.address, page.status)
            tab.page.close()
            own = f"{times[page.address] * 1000:.1f} ms"
            size = f"{tab.weight / 1000:.0f} kB"
            broken = f"{len(tab.faults)}, {len(told[page.address])}"
            yield (page.address[:60], f"{size}, {tab.shift:.3f}, {own}, {broken}", "")


async def _times(product: Product, pages: list[Visit]) -> Mapping[str, float]:
    """Return the seconds of the portal alone for each page, the middle of many."""
    waiting = Waiting()
    client = open_client(product.url, waiting)
    secret = (product.data_dir / "identity.secret").read_text(encoding="ascii")
    app = application(client, secret, utc_now)
    transport = httpx2.ASGITransport(app)
    async with client, httpx2.AsyncClient(transport=transport, base_url=product.url) as portal:
        return {page.address: await _own_time(portal, waiting, product, page) for page in pages}


async def _own_time(
    portal: httpx2.AsyncClient, waiting: Waiting, product: Product, page: Visit
) -> float:
    taken = []
    for _ in range(_FIRST_TIMES + _TIMES):
        waiting.seconds = 0.0
        began = time.perf_counter()
        await portal.get(page.address, headers=identity(product, "portal"))
        taken.append(time.perf_counter() - began - waiting.seconds)
    return median(taken[_FIRST_TIMES:])
