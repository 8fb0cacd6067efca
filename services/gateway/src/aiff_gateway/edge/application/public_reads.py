"""Anonymous reads: from memory while fresh, else fetched once for all who ask meanwhile."""

import asyncio
from dataclasses import dataclass, replace

from aiff_gateway.edge.application.ports import Call, Reply, Upstream
from aiff_gateway.edge.application.read_cache import ReadCache, StoredAnswer
from aiff_gateway.edge.application.representations import stored_answer
from aiff_gateway.edge.domain.freshness import lifetime, storable
from aiff_gateway.shared.errors import GatewayError

# A larger answer is passed through and not remembered.
MAX_STORED_BODY = 1_048_576


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """An anonymous GET: which resource, and the headers that may select a variant."""

    resource: bytes
    accept: bytes
    language: bytes
    call: Call


@dataclass(frozen=True, slots=True)
class StreamedReply:
    """An answer that is not remembered: its first bytes, then the rest from the reply."""

    reply: Reply
    first: bytes


@dataclass(frozen=True, slots=True)
class _Flight:
    generation: int
    outcome: asyncio.Future[StoredAnswer | GatewayError | None]


class PublicReads:
    """Answers requests through the cache; equal ones at the same time share one call."""

    def __init__(self, cache: ReadCache, upstream: Upstream) -> None:
        """Keep the cache and the services behind it."""
        self._cache = cache
        self._upstream = upstream
        self._flights: dict[tuple[bytes, bytes, bytes], _Flight] = {}

    async def answer(self, request: ReadRequest) -> StoredAnswer | StreamedReply:
        """Return a remembered or fetched answer; the upstream's errors pass through."""
        key = (request.resource, request.accept, request.language)
        flight = self._flights.get(key)
        if flight is None or flight.generation != self._cache.generation:
            return await self._lead(key, request)
        outcome = await asyncio.shield(flight.outcome)
        if isinstance(outcome, GatewayError):
            raise outcome
        # What cannot be remembered cannot be shared either: it belongs to one caller.
        return outcome or await self._fetch(request, None)

    async def _lead(
        self, key: tuple[bytes, bytes, bytes], request: ReadRequest
    ) -> StoredAnswer | StreamedReply:
        flight = _Flight(self._cache.generation, asyncio.get_running_loop().create_future())
        self._flights[key] = flight
        outcome: StoredAnswer | GatewayError | None = None
        try:
            known = self._cache.find(request.resource, request.accept, request.language)
            answer = await self._fetch(request, known)
            outcome = answer if isinstance(answer, StoredAnswer) else None
        except GatewayError as error:
            outcome = error
            raise
        finally:
            if self._flights.get(key) is flight:
                del self._flights[key]
            flight.outcome.set_result(outcome)
        return answer

    async def _fetch(
        self, request: ReadRequest, known: StoredAnswer | None
    ) -> StoredAnswer | StreamedReply:
        generation = self._cache.generation
        reply = await self._upstream.open(_conditional(request.call, known))
        if known is not None and reply.status == 304:  # noqa: PLR2004
            await reply.close()
            return self._keep(request, _renewed(known, reply, self._cache), generation)
        if not storable(reply.status, dict(reply.headers)):
            return StreamedReply(reply, b"")
        body = await reply.read(MAX_STORED_BODY)
        if len(body) > MAX_STORED_BODY:
            return StreamedReply(reply, body)
        await reply.close()
        now = self._cache.monotonic()
        return self._keep(
            request, stored_answer(request.resource, reply.headers, body, now), generation
        )

    def _keep(self, request: ReadRequest, answer: StoredAnswer, generation: int) -> StoredAnswer:
        selecting = (request.accept, request.language)
        self._cache.store(request.resource, selecting, answer, generation)
        return answer


def _conditional(call: Call, known: StoredAnswer | None) -> Call:
    if known is None:
        return call
    return replace(call, headers=[*call.headers, (b"if-none-match", known.etag)])


def _renewed(known: StoredAnswer, reply: Reply, cache: ReadCache) -> StoredAnswer:
    """Return a stale answer made fresh by a 304; its new lifetime is taken when stated."""
    stated = lifetime(dict(reply.headers).get(b"cache-control", b""))
    seconds = known.lifetime if stated is None else stated
    return replace(known, fetched_at=cache.monotonic(), lifetime=seconds)
