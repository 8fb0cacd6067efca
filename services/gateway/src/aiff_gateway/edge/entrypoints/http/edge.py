"""The edge: every request enters and every answer leaves here.

From the outside in: request id, limits of headers and address, length of the body, who calls,
what is remembered, which service answers. A remembered answer takes the shortest way.
"""

import asyncio
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from time import perf_counter

import structlog
from opentelemetry.trace import SpanKind
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aiff_gateway.credentials.application.authentication import Authenticator, Identified
from aiff_gateway.credentials.entrypoints.http.problems import BEARER, CREDENTIAL_REFUSED
from aiff_gateway.edge.application.identities import Identities
from aiff_gateway.edge.application.ports import Call, Upstream
from aiff_gateway.edge.application.public_reads import PublicReads, ReadRequest, StreamedReply
from aiff_gateway.edge.application.read_cache import ReadCache, StoredAnswer
from aiff_gateway.edge.application.refusal_pages import RefusalPages
from aiff_gateway.edge.domain.answer_headers import answer_headers
from aiff_gateway.edge.domain.freshness import matches_etag
from aiff_gateway.edge.domain.routes import (
    LARGEST_BODY,
    METHODS,
    Service,
    largest_body,
    service_of,
)
from aiff_gateway.edge.entrypoints.http.bodies import (
    ClientGoneError,
    check_declared_length,
    read_body,
)
from aiff_gateway.edge.entrypoints.http.inbound import Inbound
from aiff_gateway.edge.entrypoints.http.metrics import (
    CACHE_READS,
    CLIENT_GONE,
    route_label,
)
from aiff_gateway.edge.entrypoints.http.pace import Pace, holders_of
from aiff_gateway.edge.entrypoints.http.problems import problem_of
from aiff_gateway.edge.entrypoints.http.sending import (
    is_held,
    send_refusal_page,
    send_reply,
    send_to_page,
    send_unchanged,
    send_whole,
)
from aiff_gateway.limits.domain.errors import LimitReachedError
from aiff_gateway.limits.domain.telling import RawHeaders, limit_headers
from aiff_gateway.limits.entrypoints.http import HOLDERS
from aiff_gateway.shared.errors import GatewayError, StorageUnavailableError
from aiff_kit.auth.principal import ANONYMOUS
from aiff_kit.http import Admission
from aiff_kit.http.app import ErrorTable
from aiff_kit.http.observed import describe_answer
from aiff_kit.observability import HTTP_TIMES, traced
from aiff_kit.problems import (
    INTERNAL,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    Problem,
    send_problem,
)

BODY_SECONDS = 15.0
_PROBES = "/health"
# Bodies that may be larger than this have more time to arrive.
_LONGER_FROM = 8 * LARGEST_BODY
_LOOK_UP_SECONDS = 10.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class EdgeDependencies:
    """What the edge works with; `own` is the application of the gateway's own routes."""

    authenticator: Authenticator
    identities: Identities
    cache: ReadCache
    reads: PublicReads
    upstream: Upstream
    own: ASGIApp
    problems: ErrorTable
    refusal_pages: RefusalPages
    admission: Admission
    pace: Pace
    body_seconds: float = BODY_SECONDS


class Edge:
    """The outermost application."""

    def __init__(self, parts: EdgeDependencies) -> None:
        """Keep the parts."""
        self._parts = parts
        self._cache = parts.cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory at once where possible, else go through all layers."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            # The answer is that of GET (RFC 9110, section 9.3.2); the server leaves out the body.
            scope = {**scope, "method": "GET"}
        began = perf_counter()
        request = Inbound(scope)
        if request.has_fair_headers:
            stored = self._remembered(request)
            if stored is not None:
                status = await self._send_stored(request, stored, send)
                CACHE_READS.hits += 1
                self._count(request, status, began)
                return
        await self._observed(request, receive, send, began)

    def _remembered(self, request: Inbound) -> StoredAnswer | None:
        """Return a fresh answer. Only complete public addresses were ever remembered."""
        if not request.is_public_read or (request.resource == b"/" and not request.wants_page):
            return None
        if request.page is not None:
            return None
        stored = self._cache.find(request.resource, request.accept, request.language)
        if stored is None or not stored.is_fresh(self._cache.monotonic()):
            return None
        return stored

    async def _observed(self, request: Inbound, receive: Receive, send: Send, began: float) -> None:
        """Serve a request as a part of its trace, and note how long that took."""
        answer = _Answer(send)
        with traced(request.method, SpanKind.SERVER, request.traceparent) as span:
            try:
                await self._guarded(request, receive, answer)
            finally:
                status = answer.status or CLIENT_GONE
                self._count(request, status, began)
                if span is not None:
                    route = route_label(request.scope["raw_path"])
                    describe_answer(span, request.method, route, status)

    async def _guarded(self, request: Inbound, receive: Receive, answer: "_Answer") -> None:
        """Serve a request and turn whatever goes wrong into a problem, while that is possible."""
        try:
            with self._admission(request):
                await self._serve(request, receive, answer)
        except ClientGoneError:
            return
        except Exception as error:
            if answer.status:
                # Half an answer is out: closing the connection is how the client learns of it.
                raise
            problem = self._as_problem(error, request)
            if isinstance(error, LimitReachedError):
                answer.headers = limit_headers(error.standings)
            await self._refuse(request, problem, receive, answer.send)

    def _count(self, request: Inbound, status: int, began: float) -> None:
        route = route_label(request.scope["raw_path"])
        # Probes would hide how the public is answered.
        if route != _PROBES:
            HTTP_TIMES.observe(route, request.method, status, perf_counter() - began)

    def _admission(self, request: Inbound) -> AbstractContextManager[None]:
        """Limit what runs at once, but never the questions whether this process is well."""
        return nullcontext() if request.path.startswith("/health/") else self._parts.admission

    async def _serve(self, request: Inbound, receive: Receive, answer: "_Answer") -> None:
        send = answer.send
        request.check_headers()
        request.check_address()
        if request.method not in METHODS:
            raise Problem(METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(METHODS)})
        check_declared_length(request, largest_body(request.path, known=True))
        if request.page is not None:
            await send_to_page(request, request.page, send)
            return
        caller = await self._identify(request)
        answer.headers = await self._parts.pace.admitted(request, caller)
        service = _service(request)
        if service is Service.GATEWAY:
            await self._serve_own(request, caller, receive, send)
        elif request.is_public_read:
            await self._serve_publicly(request, service, receive, send)
        else:
            await self._pass_on(request, caller, service, receive, send)

    async def _identify(self, request: Inbound) -> Identified | None:
        token = request.token()
        if token is None:
            return None
        known, caller = self._parts.authenticator.remembered(token)
        if not known:
            caller = await self._looked_up(token)
        if caller is None:
            raise Problem(CREDENTIAL_REFUSED, headers=BEARER)
        return caller

    async def _looked_up(self, token: str) -> Identified | None:
        """Ask the database, no longer than a caller waits: the threads may all be busy."""
        try:
            async with asyncio.timeout(_LOOK_UP_SECONDS):
                return await asyncio.to_thread(self._parts.authenticator.identify, token)
        except TimeoutError as error:
            message = "the database of the gateway takes too long"
            raise StorageUnavailableError(message) from error

    async def _serve_publicly(
        self, request: Inbound, service: Service, receive: Receive, send: Send
    ) -> None:
        CACHE_READS.misses += 1
        identity = self._parts.identities.of(ANONYMOUS, service)
        call = Call(service, "GET", request.target, request.asked_publicly(identity))
        asked = ReadRequest(request.resource, request.accept, request.language, call)
        try:
            answer = await self._parts.reads.answer(asked)
        except GatewayError:
            if request.resource != b"/":
                raise
            # The pages are down, the API is not: say at least where it is.
            await self._serve_own(request, None, receive, send)
            return
        if isinstance(answer, StreamedReply) and is_held(request, answer.reply):
            await send_unchanged(request, answer.reply, send)
        elif isinstance(answer, StreamedReply):
            await send_reply(request, answer.reply, answer.first, send, personal=False)
        else:
            await self._send_stored(request, answer, send)

    async def _pass_on(
        self,
        request: Inbound,
        caller: Identified | None,
        service: Service,
        receive: Receive,
        send: Send,
    ) -> None:
        largest = largest_body(request.path, known=caller is not None)
        # A file takes longer than a document: four times as long for 32 MiB.
        seconds = self._parts.body_seconds * max(1.0, largest / _LONGER_FROM)
        body = await read_body(request, receive, seconds, largest)
        principal = caller.principal if caller else ANONYMOUS
        identity = self._parts.identities.of(principal, service)
        headers = request.passed_on(service, identity)
        call = Call(service, request.method, request.target, headers, body)
        reply = await self._parts.upstream.open(call)
        personal = caller is not None
        await send_reply(request, reply, b"", send, personal=personal)

    async def _serve_own(
        self, request: Inbound, caller: Identified | None, receive: Receive, send: Send
    ) -> None:
        """Hand a request to the gateway's own routes, which trust the edge like any service."""
        seconds = self._parts.body_seconds
        body = await read_body(request, receive, seconds, LARGEST_BODY) or b""
        principal = caller.principal if caller else ANONYMOUS
        identity = self._parts.identities.of(principal, Service.GATEWAY)
        scope = {
            **request.scope,
            "headers": request.passed_on(Service.GATEWAY, identity),
            "credential": caller,
            HOLDERS: holders_of(request, caller),
        }
        outgoing = _with_public_headers(request, send, personal=caller is not None)
        await self._parts.own(scope, _replayed(body, receive), outgoing)

    def _as_problem(self, error: Exception, request: Inbound) -> Problem:
        if isinstance(error, Problem):
            return error
        if isinstance(error, GatewayError):
            _log.warning("refused", reason=str(error), request_id=request.request_id.decode())
            return problem_of(self._parts.problems, error)
        _log.error("unexpected error", request_id=request.request_id.decode(), exc_info=error)
        return Problem(INTERNAL)

    async def _refuse(
        self, request: Inbound, problem: Problem, receive: Receive, send: Send
    ) -> None:
        scope = {**request.scope, "request_id": request.request_id.decode()}
        send = _with_public_headers(request, send, personal=not request.is_public_read)
        page = self._parts.refusal_pages.of(request.page_language, problem.kind.status)
        if page is None:
            await send_problem(problem, scope, receive, send)
        else:
            await send_refusal_page(problem, page, send)

    async def _send_stored(self, request: Inbound, stored: StoredAnswer, send: Send) -> int:
        """Return the status of the answer."""
        age = int(self._cache.monotonic() - stored.fetched_at)
        own = ((b"age", b"%d" % age), (b"x-request-id", request.request_id))
        held = request.if_none_match
        if held is not None and matches_etag(held, stored.etag):
            await send_whole(send, 304, [*stored.unchanged, *own], b"")
            return 304
        representation = stored.plain
        if stored.gzipped is not None and request.accepts_gzip:
            representation = stored.gzipped.get()
        await send_whole(send, 200, [*representation.headers, *own], representation.body)
        return 200

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start and stop with the own application; there are no web sockets."""
        if scope["type"] == "lifespan":
            await self._parts.own(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})


class _Answer:
    """Where an answer is sent, and its status as soon as it has begun (before that 0).

    `headers` are those about the limits that the request was counted under.
    """

    def __init__(self, send: Send) -> None:
        self.status = 0
        self.headers: RawHeaders = []
        self._send = send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if self.headers:
                message = {**message, "headers": [*message["headers"], *self.headers]}
        await self._send(message)


def _service(request: Inbound) -> Service:
    """Return who answers; the first page is the portal's for people and ours for programs."""
    path = request.path
    if path == "/":
        return Service.PORTAL if request.wants_page else Service.GATEWAY
    service = service_of(path)
    if service is None:
        raise Problem(NOT_FOUND)
    return service


def _with_public_headers(request: Inbound, send: Send, *, personal: bool) -> Send:
    """Return a `send` that gives an own answer the headers that every answer has."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = answer_headers(message["headers"], personal=personal)
            headers.append((b"x-request-id", request.request_id))
            message = {**message, "headers": headers}
        await send(message)

    return send_with_headers


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives a body that was read already, then waits like the first."""
    waiting = True

    async def receive_again() -> Message:
        nonlocal waiting
        if waiting:
            waiting = False
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return receive_again
