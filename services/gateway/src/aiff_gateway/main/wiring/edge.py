"""The edge with its adapters: the services behind it, and what it remembers of them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.types import ASGIApp

from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.edge.adapters import HttpUpstream
from aiff_gateway.edge.application.catalogue import CatalogueOrganisations
from aiff_gateway.edge.application.identities import Identities
from aiff_gateway.edge.application.public_reads import PublicReads
from aiff_gateway.edge.application.read_cache import ReadCache
from aiff_gateway.edge.application.refusal_pages import RefusalPages
from aiff_gateway.edge.domain.deprecations import DEPRECATIONS
from aiff_gateway.edge.domain.routes import Service
from aiff_gateway.edge.entrypoints.events import Invalidation
from aiff_gateway.edge.entrypoints.http.deprecated import DeprecatedAddresses
from aiff_gateway.edge.entrypoints.http.edge import Edge, EdgeDependencies
from aiff_gateway.edge.entrypoints.http.metrics import show_cache
from aiff_gateway.edge.entrypoints.http.pace import Pace
from aiff_gateway.limits.application import RequestLimits
from aiff_gateway.main.externals import Externals
from aiff_gateway.main.problems import PROBLEMS
from aiff_gateway.main.settings import GatewaySettings
from aiff_kit.auth import IdentitySigner, IdentityVerifier
from aiff_kit.bus import Bus
from aiff_kit.http import Admission
from aiff_kit.observability import Heartbeat
from aiff_kit.problems import REGISTRY

_LISTENING_SECONDS = 5.0
# Requests that are not answered from memory. More would wait longer than their callers do.
_MOST_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Backend:
    """The services behind the gateway, how they know callers, and what is kept of them."""

    upstream: HttpUpstream
    cache: ReadCache
    identities: Identities
    refusal_pages: RefusalPages


def backend(settings: GatewaySettings, externals: Externals) -> Backend:
    """Return it; connections open with `connected`."""
    upstream = HttpUpstream(settings.addresses, externals.timeouts)
    cache = ReadCache(externals.monotonic, settings.cache_entries, settings.cache_bytes)
    show_cache(lambda: cache.entries, lambda: cache.size, lambda: cache.generation)
    identities = Identities(IdentitySigner(externals.secret), externals.monotonic)
    statuses = {kind.status for kind in REGISTRY.values()}
    return Backend(upstream, cache, identities, RefusalPages(upstream, identities, statuses))


def catalogue_organisations(backend: Backend) -> CatalogueOrganisations:
    """Return the organisations that the catalogue lists."""
    return CatalogueOrganisations(backend.upstream, backend.identities)


def edge(
    backend: Backend,
    authenticator: Authenticator,
    own: ASGIApp,
    limits: RequestLimits,
    externals: Externals,
) -> ASGIApp:
    """Return the outermost application; `own` are the gateway's own routes."""
    parts = EdgeDependencies(
        authenticator=authenticator,
        identities=backend.identities,
        cache=backend.cache,
        reads=PublicReads(backend.cache, backend.upstream),
        upstream=backend.upstream,
        own=own,
        problems=PROBLEMS,
        refusal_pages=backend.refusal_pages,
        admission=Admission(_MOST_AT_ONCE),
        pace=Pace(limits, IdentityVerifier(externals.secret, Service.PORTAL.value)),
        body_seconds=externals.body_seconds,
    )
    return DeprecatedAddresses(Edge(parts), DEPRECATIONS)


@asynccontextmanager
async def connected(
    backend: Backend, bus: Callable[[], Bus], heartbeat: Heartbeat
) -> AsyncIterator[None]:
    """Keep connections to the services, and hear from events what outdates the memory."""
    loop, cache = asyncio.get_running_loop(), backend.cache

    def purge(tags: Iterable[str]) -> None:
        loop.call_soon_threadsafe(cache.purge, tags)

    def purge_all() -> None:
        loop.call_soon_threadsafe(cache.purge_all)

    invalidation = Invalidation(bus, purge, purge_all, heartbeat)
    await backend.upstream.start()
    invalidation.start()
    await asyncio.to_thread(invalidation.wait_until_listening, _LISTENING_SECONDS)
    refusal_pages = asyncio.create_task(backend.refusal_pages.keep())
    yield
    refusal_pages.cancel()
    await asyncio.to_thread(invalidation.stop)
    await backend.upstream.stop()
