"""The gateway's web application, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from aiff_gateway.audit.entrypoints.http import audit_routes
from aiff_gateway.credentials.entrypoints.http.routes import credential_routes
from aiff_gateway.edge.domain.routes import Service
from aiff_gateway.limits.entrypoints.http import limit_routes
from aiff_gateway.mail.entrypoints.http.routes import mail_routes
from aiff_gateway.main.database import check_database
from aiff_gateway.main.externals import Externals
from aiff_gateway.main.own import own_app
from aiff_gateway.main.settings import Settings
from aiff_gateway.main.wiring import (
    audit,
    credentials,
    documents,
    edge,
    limits,
    mail,
    organisations,
)
from aiff_kit.auth import IdentityVerifier
from aiff_kit.db import open_engine
from aiff_kit.http import CursorSigner, Health
from aiff_kit.observability import Heartbeat


class Gateway:
    """The edge and what stands behind it; connections open with the lifespan of its application."""

    def __init__(self, settings: Settings, externals: Externals) -> None:
        """Put the parts together; nothing is read or written yet."""
        self._engine = open_engine(settings.database_url)
        self._externals = externals
        self._heartbeat = Heartbeat()
        self._backend = edge.backend(settings.gateway, externals)
        cases = credentials.credential_use_cases(self._engine, externals.clock, externals.secret)
        self._limits = limits.request_limits(settings.limits, externals.monotonic)
        own = own_app(
            IdentityVerifier(externals.secret, Service.GATEWAY.value),
            self._health(),
            self._lifespan,
        )
        self._document = documents.api_document(
            self._backend.upstream, own.openapi, externals.monotonic
        )
        own.include_router(credential_routes(cases))
        listed = edge.catalogue_organisations(self._backend)
        teams = organisations.wire_organisations(self._engine, listed, externals.clock)
        cursors = CursorSigner(externals.secret)
        own.include_router(teams.routes(cases.authenticator, cursors))
        own.include_router(audit_routes(audit.audit_queries(self._engine), cursors))
        letters = mail.mail_use_cases(self._engine, externals.secret, cursors, externals.clock)
        own.include_router(mail_routes(letters))
        own.include_router(documents.routes_of(self._document))
        own.include_router(limit_routes(self._limits))
        self.edge = edge.edge(self._backend, cases.authenticator, own, self._limits, externals)

    async def merged_document(self) -> dict[str, Any]:
        """Return the document of the whole API, from the services that are running."""
        upstream = self._backend.upstream
        await upstream.start()
        try:
            return await self._document.merged()
        finally:
            await upstream.stop()

    def _health(self) -> Health:
        """Ask only for what the gateway cannot do without: a service that is down is not that."""
        return Health(
            ready={"database": lambda: check_database(self._engine)},
            alive={"loops": self._heartbeat.check},
        )

    @asynccontextmanager
    async def _lifespan(self, _app: FastAPI) -> AsyncIterator[None]:
        async with edge.connected(self._backend, self._externals.bus, self._heartbeat):
            yield
        await self._limits.close()
        self._engine.dispose()
