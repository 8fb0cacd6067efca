"""Reads, searches and matches through real sockets, beside a bare Starlette endpoint.

Each search and each match is asked once: what is repeated, and so remembered, is named so.
"""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import cycle, repeat
from urllib.parse import quote

from aiff_local.processes import free_port
from aiff_local.product import Product
from bench.harness.load import Load, measure, request_bytes
from bench.harness.product import call, identity, running, server
from bench.harness.questions import drawn, questions

Row = tuple[str, str, str]
_FACETS = "&facets=kind&facets=status&limit=10"
_REPEATED = 56
_NEEDS = ("a text", "funding", "compute")


def rows() -> list[Row]:
    """Measure the peer, the gateway with and without its cache, and the catalogue alone."""
    with running() as product:
        return list(_rows(product))


def _rows(product: Product) -> Iterator[Row]:
    bare_port = free_port()
    bare_server = ["uvicorn", "bench.harness.bare:app", "--port", str(bare_port), "--no-access-log"]
    with server(bare_server, bare_port, {}), _uncached_gateway(product) as uncached:
        peer = measure(bare_port, repeat(request_bytes("/")))
        yield ("bare Starlette JSON endpoint", f"{peer.per_second:,.0f}/s", "peer")
        yield from _reads(product, uncached, peer)
        yield from _searches(uncached, peer)
        yield from _matches(product)


def _uncached_gateway(product: Product) -> AbstractContextManager[int]:
    port = free_port()
    settings = {"AIFF_GATEWAY_PORT": str(port), "GATEWAY_CACHE_ENTRIES": "0"}
    return server(["aiff_gateway", "serve"], port, {**product.environment(), **settings})


def _reads(product: Product, uncached: int, peer: Load) -> Iterator[Row]:
    port = int(product.url.rsplit(":", 1)[1])
    catalog = int(product.environment()["CATALOG_PORT"])
    items = call(f"{product.url}/v1/offers?limit=50")["items"]
    paths = [f"/v1/offers/{item['id']}" for item in items]
    plain = [request_bytes(path) for path in paths]
    yield _ratio("offer read, cached in the gateway", measure(port, cycle(plain)), peer, 0.5)
    through = measure(uncached, cycle(plain))
    yield _ratio("offer read, uncached through the gateway", through, peer, 0.06)
    # Signed last: an identity holds for seconds, and a slow machine takes its time.
    signed = [request_bytes(path, identity(product, "catalog")) for path in paths]
    straight = measure(catalog, cycle(signed))
    yield _ratio("offer read, straight at the catalogue", straight, peer, 0.12)


def _searches(uncached: int, peer: Load) -> Iterator[Row]:
    faceted = drawn(lambda: search(_FACETS))
    yield _ratio("search with facets, uncached", measure(uncached, faceted), peer, 0.04)
    few = cycle([next(faceted) for _ in range(_REPEATED)])
    repeated = measure(uncached, few)
    yield _ratio(f"  the same {_REPEATED} repeated, remembered by the index", repeated, peer, None)
    one = measure(uncached, faceted, clients=1)
    yield ("search with facets, one client, p50 / p99", _latency(one), "p50 <= 5 ms")
    page = drawn(lambda: search("&limit=10"))
    one = measure(uncached, page, clients=1)
    yield ("search page of 10, one client, p50 / p99", _latency(one), "p50 <= 4 ms")


def search(parameters: str) -> bytes:
    """Return a request for three words that nobody searched for before."""
    return request_bytes(f"/v1/offers?q={quote(questions().text())}{parameters}")


def _matches(product: Product) -> Iterator[Row]:
    port = int(product.url.rsplit(":", 1)[1])
    title = "POST /v1/matches over the real catalogue"
    asked = map(_match, cycle(_NEEDS))
    found = measure(port, asked, clients=1)
    yield (f"{title}, p50 / p99", _latency(found), "p50 <= 10 ms")
    for kind in _NEEDS:
        found = measure(port, map(_match, repeat(kind)), clients=1)
        yield (f"  {kind}", _latency(found), "-")
    found = measure(port, repeat(next(asked)), clients=1)
    yield ("  one question repeated", _latency(found), "-")


def _match(kind: str) -> bytes:
    asked = {"profile": questions().profile(), "need": questions().need(kind)}
    return request_bytes("/v1/matches", body=json.dumps(asked).encode())


def _ratio(name: str, found: Load, peer: Load, goal: float | None) -> Row:
    measured = f"{found.per_second / peer.per_second:.3f}"
    return (name, f"{measured} (p99 {found.p99_ms:.1f} ms)", f">= {goal}" if goal else "-")


def _latency(found: Load) -> str:
    return f"{found.p50_ms:.1f} / {found.p99_ms:.1f} ms"
