"""Reads and searches through real sockets, as ratios to a bare Starlette endpoint."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import permutations
from urllib.parse import quote

from aiff_local.processes import free_port
from aiff_local.product import Product
from bench.harness.load import Load, measure, request_bytes
from bench.harness.product import call, identity, running, server

Row = tuple[str, str, str]
WORDS = ("gpu", "formation", "prêt", "startup", "H100", "souverain", "innovation", "data")
QUESTION = (
    b'{"profile":{"country":"FR","headcount":12,"organisation_type":"startup"},'
    b'"need":{"kinds":["funding"],"description":"subvention IA"}}'
)


def rows() -> list[Row]:
    """Measure the peer, the gateway with and without its cache, and the catalogue alone."""
    with running() as product:
        return list(_rows(product))


def _rows(product: Product) -> Iterator[Row]:
    bare_port = free_port()
    bare_server = ["uvicorn", "bench.harness.bare:app", "--port", str(bare_port), "--no-access-log"]
    with server(bare_server, bare_port, {}), _uncached_gateway(product) as uncached:
        peer = measure(bare_port, [request_bytes("/")])
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
    yield _ratio("offer read, cached in the gateway", measure(port, plain), peer, 0.5)
    yield _ratio("offer read, uncached through the gateway", measure(uncached, plain), peer, 0.06)
    # Signed last: an identity holds for seconds, and a slow machine takes its time.
    signed = [request_bytes(path, identity(product, "catalog")) for path in paths]
    yield _ratio("offer read, straight at the catalogue", measure(catalog, signed), peer, 0.12)


def _searches(uncached: int, peer: Load) -> Iterator[Row]:
    # All differ, so that the gateway cannot answer two readers with one fetch.
    asked = [
        request_bytes(f"/v1/offers?q={quote(f'{one} {other}')}")
        for one, other in permutations(WORDS, 2)
    ]
    faceted = [
        raw.replace(b" HTTP/1.1", b"&facets=kind&facets=status&limit=10 HTTP/1.1", 1)
        for raw in asked
    ]
    yield _ratio("search with facets, uncached", measure(uncached, faceted), peer, 0.04)
    page = [raw.replace(b" HTTP/1.1", b"&limit=10 HTTP/1.1", 1) for raw in asked]
    one = measure(uncached, page, clients=1)
    yield ("search page of 10, one client, p50 / p99", _latency(one), "p50 <= 4 ms")


def _matches(product: Product) -> Iterator[Row]:
    port = int(product.url.rsplit(":", 1)[1])
    found = measure(port, [request_bytes("/v1/matches", body=QUESTION)], clients=1)
    yield ("POST /v1/matches over the real catalogue, p50 / p99", _latency(found), "printed")


def _ratio(name: str, found: Load, peer: Load, goal: float) -> Row:
    measured = f"{found.per_second / peer.per_second:.3f}"
    return (name, f"{measured} (p99 {found.p99_ms:.1f} ms)", f">= {goal}")


def _latency(found: Load) -> str:
    return f"{found.p50_ms:.1f} / {found.p99_ms:.1f} ms"
