"""What people read where the gateway itself refuses a page: made by the portal, kept here.

They are asked for beforehand, because the portal may be what is away when they are needed.
"""

import asyncio
from collections.abc import Collection, Mapping

from aiff_gateway.edge.application.identities import Identities
from aiff_gateway.edge.application.ports import Call, Headers, Upstream
from aiff_gateway.edge.domain.routes import LANGUAGES, Service
from aiff_gateway.shared.errors import GatewayError
from aiff_kit.auth.principal import ANONYMOUS

_LARGEST_PAGE = 262_144
_FOUND = 200
# The words of a new portal are taken over after this time; one that is not there is asked soon.
_KEPT_SECONDS = 300.0
_SOON_SECONDS = 2.0
_KEPT_HEADERS = frozenset((b"content-language", b"content-security-policy", b"content-type"))

Page = tuple[Headers, bytes]


class RefusalPages:
    """Keeps one page for each status and language."""

    def __init__(
        self, upstream: Upstream, identities: Identities, statuses: Collection[int]
    ) -> None:
        """Keep whom to ask; `statuses` are those that the gateway may refuse with."""
        self._upstream = upstream
        self._identities = identities
        self._statuses = statuses
        self._kept: Mapping[tuple[str, int], Page] = {}

    def of(self, language: str | None, status: int) -> Page | None:
        """Return a page with its headers, None where the portal never gave it."""
        return self._kept.get((language, status)) if language else None

    async def keep(self) -> None:
        """Ask for all of them again and again; ends when it is cancelled."""
        while True:  # noqa: ASYNC110  Nobody tells when it is time.
            await asyncio.sleep(_KEPT_SECONDS if await self.fill() else _SOON_SECONDS)

    async def fill(self) -> bool:
        """Ask for all of them once; what was kept stays where one cannot be had."""
        wanted = [(language, status) for language in LANGUAGES for status in self._statuses]
        try:
            found = {key: await self._asked(*key) for key in wanted}
        except GatewayError:
            return False
        self._kept = {**self._kept, **{key: page for key, page in found.items() if page}}
        return all(found.values())

    async def _asked(self, language: str, status: int) -> Page | None:
        identity = self._identities.of(ANONYMOUS, Service.PORTAL)
        headers = ((b"accept", b"text/html"), (b"x-aiff-identity", identity))
        call = Call(Service.PORTAL, "GET", f"/{language}/refused/{status}", headers)
        reply = await self._upstream.open(call)
        body = await reply.read(_LARGEST_PAGE)
        await reply.close()
        if reply.status != _FOUND:
            return None
        return tuple(one for one in reply.headers if one[0] in _KEPT_HEADERS), body
