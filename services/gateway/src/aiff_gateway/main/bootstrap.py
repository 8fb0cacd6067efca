"""Putting the parts together: the only place that names concrete adapters."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine
from swagger_ui_bundle import swagger_ui_path

from aiff_gateway.accounts.adapters.passwords import ArgonPasswords
from aiff_gateway.accounts.application.accounts import AccountKeeping
from aiff_gateway.credentials.adapters import SqlCredentialLookup
from aiff_gateway.credentials.application.api_keys import ApiKeys
from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.credentials.application.ports import OpenCredentialWork
from aiff_gateway.credentials.application.sessions import Sessions
from aiff_gateway.credentials.entrypoints.http.routes import AccountUseCases, account_routes
from aiff_gateway.documents.application import ApiDocument
from aiff_gateway.documents.entrypoints.http import document_routes
from aiff_gateway.edge.adapters import PATIENCE, HttpUpstream, Patience
from aiff_gateway.edge.application.identities import Identities
from aiff_gateway.edge.application.public_reads import PublicReads
from aiff_gateway.edge.application.read_cache import ReadCache
from aiff_gateway.edge.domain.routes import Service
from aiff_gateway.edge.entrypoints.events import Invalidation
from aiff_gateway.edge.entrypoints.http.edge import Edge, Parts
from aiff_gateway.edge.entrypoints.http.measures import show_cache
from aiff_gateway.limits.application import SignInLimits
from aiff_gateway.main.own import own_app
from aiff_gateway.main.problems import PROBLEMS
from aiff_gateway.main.settings import GatewaySettings
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.auth import IdentitySigner, IdentityVerifier
from aiff_kit.bus import Bus
from aiff_kit.clock import Clock, utc_now
from aiff_kit.db import is_migrated, open_engine
from aiff_kit.http import Admission, Health
from aiff_kit.observability import Check, Pulse

_LISTENING_SECONDS = 5.0
# Requests that are not answered from memory. More would wait longer than their callers do.
_MOST_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What tests replace: the clocks, the bus, how long services are waited for."""

    secret: str
    bus: Callable[[], Bus]
    clock: Clock = utc_now
    monotonic: Callable[[], float] = time.monotonic
    patience: Patience = PATIENCE
    body_seconds: float = 15.0


@dataclass(frozen=True, slots=True)
class Listening:
    """Where events come from, and where the listening thread shows that it moves."""

    bus: Callable[[], Bus]
    pulse: Pulse


@dataclass(frozen=True, slots=True)
class Keeping:
    """The use cases of the command line."""

    accounts: AccountKeeping
    keys: ApiKeys


def keeping(database: str) -> Keeping:
    """Return the use cases of the command line on a database."""
    work = _work(open_engine(database))
    return Keeping(AccountKeeping(work, ArgonPasswords(), utc_now), ApiKeys(work, utc_now))


class Gateway:
    """The gateway's parts; connections open with the lifespan of its application."""

    def __init__(self, settings: GatewaySettings, around: Surroundings) -> None:
        """Put the parts together; nothing is read or written yet."""
        engine = open_engine(settings.database)
        upstream = HttpUpstream(settings.addresses, around.patience)
        cache = ReadCache(around.monotonic, settings.cache_entries, settings.cache_bytes)
        authenticator = Authenticator(SqlCredentialLookup(engine), _work(engine), around.clock)
        pulse = Pulse()
        show_cache(lambda: cache.entries, lambda: cache.size, lambda: cache.generation)
        own = own_app(
            IdentityVerifier(around.secret, Service.GATEWAY.value),
            Health(ready=_checks(engine), alive={"loops": pulse.check}),
            _lifespan(upstream, cache, Listening(around.bus, pulse), engine),
        )
        self._api = ApiDocument(upstream, own.openapi, around.monotonic)
        own.include_router(account_routes(_use_cases(engine, authenticator, around)))
        own.include_router(document_routes(self._api, swagger_ui_path))
        self._upstream = upstream
        self.edge = Edge(
            Parts(
                authenticator=authenticator,
                identities=Identities(IdentitySigner(around.secret), around.monotonic),
                cache=cache,
                reads=PublicReads(cache, upstream),
                upstream=upstream,
                own=own,
                problems=PROBLEMS,
                admission=Admission(_MOST_AT_ONCE),
                body_seconds=around.body_seconds,
            )
        )

    async def merged_document(self) -> dict[str, Any]:
        """Return the document of the whole API, from the services that are running."""
        await self._upstream.start()
        try:
            return await self._api.merged()
        finally:
            await self._upstream.stop()


def _work(engine: Engine) -> OpenCredentialWork:
    return lambda: SqlUnitOfWork(engine)


def _use_cases(
    engine: Engine, authenticator: Authenticator, around: Surroundings
) -> AccountUseCases:
    limits = SignInLimits(around.monotonic)
    sessions = Sessions(_work(engine), ArgonPasswords(), limits, around.clock)
    return AccountUseCases(sessions, ApiKeys(_work(engine), around.clock), authenticator)


def _checks(engine: Engine) -> dict[str, Check]:
    """Only what the gateway cannot do without: one service that is down must not take all down."""

    def database() -> None:
        with engine.connect().execution_options(read_only=True) as connection:
            if not is_migrated(connection, MIGRATIONS):
                message = "the database is not migrated; run: python -m aiff_gateway migrate"
                raise RuntimeError(message)

    return {"database": database}


def _lifespan(
    upstream: HttpUpstream, cache: ReadCache, listening: Listening, engine: Engine
) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()

        def purge(tags: Iterable[str]) -> None:
            loop.call_soon_threadsafe(cache.purge, tags)

        def purge_all() -> None:
            loop.call_soon_threadsafe(cache.purge_all)

        invalidation = Invalidation(listening.bus, purge, purge_all, listening.pulse)
        await upstream.start()
        invalidation.start()
        await asyncio.to_thread(invalidation.wait_until_listening, _LISTENING_SECONDS)
        yield
        await asyncio.to_thread(invalidation.stop)
        await upstream.stop()
        engine.dispose()

    return lifespan
