"""What the gateway itself asks the catalogue."""

from urllib.parse import quote

import orjson

from aiff_gateway.edge.application.identities import Identities
from aiff_gateway.edge.application.ports import Call, Upstream
from aiff_gateway.edge.domain.errors import UpstreamUnavailableError
from aiff_gateway.edge.domain.routes import Service
from aiff_gateway.organisations.domain.requests import ListedOrganisation
from aiff_kit.auth.principal import ANONYMOUS

_OK, _BAD_REQUEST, _SERVERS_FAULT = 200, 400, 500
_LARGEST = 262_144


class CatalogueOrganisations:
    """The organisations that the catalogue shows everybody."""

    def __init__(self, upstream: Upstream, identities: Identities) -> None:
        """Keep the way to the catalogue."""
        self._upstream = upstream
        self._identities = identities

    async def named(self, slug: str) -> ListedOrganisation | None:
        """Return an organisation, None where none is listed under the slug.

        Raises UpstreamUnavailableError where the catalogue does not say either.
        """
        identity = self._identities.of(ANONYMOUS, Service.CATALOG)
        target = f"/v1/organisations/{quote(slug, safe='')}"
        headers = ((b"x-aiff-identity", identity),)
        reply = await self._upstream.open(Call(Service.CATALOG, "GET", target, headers))
        try:
            body = await reply.read(_LARGEST)
        finally:
            await reply.close()
        if reply.status == _OK:
            return _listed(body)
        if _BAD_REQUEST <= reply.status < _SERVERS_FAULT:
            return None
        message = "the catalogue does not say which organisations it lists"
        raise UpstreamUnavailableError(message)


def _listed(body: bytes) -> ListedOrganisation:
    said = orjson.loads(body)
    return ListedOrganisation(said["slug"], said["name"], said.get("url"))
