"""The document of the whole API, gathered from the services and kept for a while."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from aiff_gateway.documents.domain import Document, merged
from aiff_gateway.edge.application.ports import Call, Upstream
from aiff_gateway.edge.domain.routes import Service
from aiff_gateway.shared.errors import GatewayError

_DESCRIBED = (Service.CATALOG, Service.MATCHING)
_LARGEST_DOCUMENT = 8_388_608
_KEPT_SECONDS = 60.0
# While a service is missing the document is incomplete, so it is asked for again soon.
_KEPT_INCOMPLETE_SECONDS = 5.0


class ApiDocument:
    """Asks each service for its OpenAPI document and merges them with the gateway's own."""

    def __init__(
        self, upstream: Upstream, own: Callable[[], Document], monotonic: Callable[[], float]
    ) -> None:
        """`own` returns the gateway's own document."""
        self._upstream = upstream
        self._own = own
        self._monotonic = monotonic
        self._lock = asyncio.Lock()
        self._parts: dict[str, Document | None] = {}
        self._until = float("-inf")

    async def parts(self) -> Mapping[str, Document | None]:
        """Return the documents by service, None for one that is down."""
        async with self._lock:
            if self._monotonic() >= self._until:
                documents = await asyncio.gather(*(self._fetch(name) for name in _DESCRIBED))
                self._parts = dict(zip(_DESCRIBED, documents, strict=True))
                self._parts[Service.GATEWAY] = self._own()
                complete = all(part is not None for part in self._parts.values())
                kept = _KEPT_SECONDS if complete else _KEPT_INCOMPLETE_SECONDS
                self._until = self._monotonic() + kept
            return self._parts

    async def merged(self) -> dict[str, Any]:
        """Return the document of the whole API."""
        return merged(await self.parts())

    async def _fetch(self, service: Service) -> Document | None:
        try:
            reply = await self._upstream.open(Call(service, "GET", "/openapi.json", ()))
            body = await reply.read(_LARGEST_DOCUMENT)
            await reply.close()
            document = orjson.loads(body) if reply.status == 200 else None  # noqa: PLR2004
        except (GatewayError, orjson.JSONDecodeError):
            return None
        return document if isinstance(document, dict) else None
