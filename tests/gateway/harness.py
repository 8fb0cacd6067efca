"""The gateway on a real socket, in front of real small services on real sockets."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from aiff_contracts.events import OFFER_WITHDRAWN, Event, OfferWithdrawn
from aiff_gateway.accounts.application.accounts import AccountAdministration, AddAccount
from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.credentials.application.api_keys import ApiKeys
from aiff_gateway.edge.adapters import Timeouts
from aiff_gateway.main.externals import Externals
from aiff_gateway.main.gateway import Gateway
from aiff_gateway.main.settings import (
    GatewaySettings,
    LimitSettings,
    MailSettings,
    Settings,
    SmtpSettings,
)
from aiff_gateway.main.wiring.accounts import account_administration
from aiff_gateway.main.wiring.credentials import api_keys
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.auth import IdentityVerifier
from aiff_kit.bus import EmbeddedBus, record_of
from aiff_kit.clock import utc_now
from aiff_kit.db import open_engine, sqlite_url, upgrade
from aiff_kit.ids import new_id
from aiff_kit.settings import BusSettings, RuntimeSettings
from aiff_kit.testing import SettableClock

SECRET = "a secret that only this test knows, long enough"
PASSWORD = "correct horse battery staple"
OFFER_ID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
SLUG = "jean-zay"
TIMEOUTS = Timeouts(answer=1.0, idle=1.0)


@dataclass
class Service:
    """A small catalogue: it records what arrives and answers what the test asks for."""

    requests: list[Request] = field(default_factory=list)
    version: int = 1
    delay: float = 0.0
    headers: dict[str, str] = field(
        default_factory=lambda: {
            "Cache-Control": "public, max-age=60, stale-while-revalidate=300",
            "Vary": "Accept-Language",
        }
    )

    @property
    def last(self) -> Request:
        return self.requests[-1]

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/health/live", self.live),
                Route("/openapi.json", self.openapi),
                Route("/v1/offers", self.listing, methods=["GET", "POST"]),
                Route("/v1/offers:batch", self.listing, methods=["POST"]),
                Route("/v1/offers/{name}", self.offer, methods=["GET", "PUT"]),
                Route("/v1/vocabularies", self.private),
                Route("/v1/changes", self.stream),
                Route("/v1/statistics", self.trickle),
                Route("/v1/organisations", self.redirect),
                Route("/v1/organisations/{slug}", self.organisation),
                Route("/", self.page),
                Route("/{language}/offers/{name}", self.offer_page),
            ]
        )

    async def live(self, _request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def openapi(self, _request: Request) -> Response:
        operation = {"responses": {"200": {"description": "Offers"}}, "operationId": "list_offers"}
        return JSONResponse(
            {
                "openapi": "3.1.0",
                "info": {"title": "catalogue", "version": "1"},
                "paths": {"/v1/offers": {"get": operation}},
                "x-problem-types": {
                    "offer-withdrawn": {
                        "status": 410,
                        "title": {"fr": "Offre retirée", "en": "Offer withdrawn"},
                        "mend": {"fr": "", "en": ""},
                    }
                },
            }
        )

    async def offer(self, request: Request) -> Response:
        return await self.answer(request, {"id": str(OFFER_ID), "slug": SLUG})

    async def listing(self, request: Request) -> Response:
        await request.body()
        return await self.answer(request, {"items": ["x" * 3000]})

    async def page(self, request: Request) -> Response:
        self.requests.append(request)
        fixed = {"Cache-Control": "public, max-age=60", "ETag": '"p"', "Vary": "Accept"}
        return HTMLResponse("<title>Accueil</title>", headers=fixed)

    async def offer_page(self, request: Request) -> Response:
        """Answer as the portal does: to a reader with a session for that reader only."""
        self.requests.append(request)
        session = request.cookies.get("aiff_session")
        keeping = "private, no-store" if session else "public, max-age=60"
        tag = f'"{self.version}-{session}"'
        fixed = {"Cache-Control": keeping, "ETag": tag, "Vary": "Cookie"}
        return HTMLResponse(f"<title>{session} {self.version}</title>", headers=fixed)

    async def answer(self, request: Request, body: dict[str, Any]) -> Response:
        self.requests.append(request)
        version = self.version
        await asyncio.sleep(self.delay)
        etag = f'"{version}-open"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"ETag": etag, **self.headers})
        language = request.headers.get("accept-language")
        content = {**body, "version": version, "language": language}
        return JSONResponse(content, headers={"ETag": etag, **self.headers})

    async def private(self, request: Request) -> Response:
        self.requests.append(request)
        return JSONResponse({}, headers={"Cache-Control": "private", "ETag": '"1"'})

    async def stream(self, _request: Request) -> Response:
        async def pieces() -> AsyncIterator[bytes]:
            for number in range(5):
                yield b"%d\n" % number
                await asyncio.sleep(0.01)

        fixed = {"ETag": 'W/"stream"', "Link": '</v1/changes?since=x>; rel="next"'}
        return StreamingResponse(pieces(), headers=fixed, media_type="application/x-ndjson")

    async def trickle(self, _request: Request) -> Response:
        async def pieces() -> AsyncIterator[bytes]:
            while True:
                yield b"x"
                await asyncio.sleep(0.1)

        return StreamingResponse(
            pieces(), headers={"ETag": '"t"', "Content-Length": "1000", **self.headers}
        )

    async def organisation(self, request: Request) -> Response:
        if request.path_params["slug"] != "genci":
            return JSONResponse({}, 404)
        site = "https://www.genci.fr/fr"
        return JSONResponse({"slug": "genci", "name": "GENCI", "url": site})

    async def redirect(self, request: Request) -> Response:
        return Response(
            status_code=307, headers={"Location": str(request.url_for("offer", name="x"))}
        )


@dataclass
class Place:
    """A gateway under test: its address and what it stands on."""

    address: str
    catalog: Service
    data: Path
    clock: SettableClock
    verifier: IdentityVerifier
    accounts: AccountAdministration
    keys: ApiKeys

    @property
    def client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.address, timeout=10)

    def add_account(self, email: str, role: Role, organisation: str | None = None) -> str:
        self.accounts.add(AddAccount(email, PASSWORD, role, organisation))
        return email

    def publish_withdrawal(self) -> None:
        """Send the event that the catalogue sends when the offer is withdrawn."""
        producer = EmbeddedBus(self.data / "events.db").producer()
        producer.send([record_of(withdrawal())])
        producer.close()

    async def sign_in(self, email: str) -> dict[str, str]:
        async with self.client as client:
            answer = await client.post("/v1/sessions", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.json()['token']}"}


def withdrawal() -> Event:
    data = OfferWithdrawn(
        offer_id=OFFER_ID, slug=SLUG, version=9, withdrawn_at=utc_now(), reason="test"
    )
    return Event(
        id=new_id(),
        type=OFFER_WITHDRAWN.name,
        source="/catalog",
        key=str(OFFER_ID),
        sequence=9,
        time=utc_now(),
        data=data,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """Serve an application in a thread of its own; yield its address."""
    port = free_port()
    config = uvicorn.Config(
        app, port=port, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await asyncio.to_thread(thread.join, 10)


def settings(data: Path, limits: Mapping[str, Any] | None = None, **changes: Any) -> Settings:
    nowhere = f"http://127.0.0.1:{free_port()}"
    given = {"CATALOG_URL": nowhere, "MATCHING_URL": nowhere, "PORTAL_URL": nowhere, **changes}
    return Settings(
        runtime=RuntimeSettings(AIFF_DATA_DIR=data),
        bus=BusSettings(AIFF_DATA_DIR=data),
        gateway=GatewaySettings(**given),
        mail=MailSettings(),
        limits=LimitSettings(**(limits or {})),
        smtp=SmtpSettings(),
    )


@asynccontextmanager
async def gateway_on(
    data: Path, *, timeouts: Timeouts = TIMEOUTS, behind: Service | None = None, **limits: Any
) -> AsyncIterator[Place]:
    catalog = behind or Service()
    clock = SettableClock(datetime.now(UTC))
    upgrade(sqlite_url(data / "gateway.db"), MIGRATIONS)
    externals = Externals(
        SECRET,
        partial(EmbeddedBus, data / "events.db"),
        clock=clock,
        # The instant is replaced when the clock is set, so it is looked up at each call.
        monotonic=lambda: clock.now.timestamp(),  # noqa: PLW0108
        timeouts=timeouts,
        body_seconds=0.5,
    )
    async with serving(catalog.app()) as catalog_url:
        configured = settings(data, limits, CATALOG_URL=catalog_url, PORTAL_URL=catalog_url)
        engine = open_engine(configured.database_url)
        gateway = Gateway(configured, externals)
        async with serving(gateway.edge) as address:
            # The start counts as a purge, after which lists settle for a while.
            clock.advance(seconds=10)
            yield Place(
                address,
                catalog,
                data,
                clock,
                IdentityVerifier(SECRET, "catalog"),
                account_administration(engine, utc_now),
                api_keys(engine, utc_now),
            )
