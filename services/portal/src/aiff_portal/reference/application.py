"""Questions of the reference's pages to the public API."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from aiff_portal.api.domain import Api, Reader
from aiff_portal.reference.domain.description import Description


class ReferenceReads:
    """Reads what the API says of itself."""

    def __init__(self, api: Api) -> None:
        """Keep the API."""
        self._api = api
        self._read: tuple[Mapping[str, Any], Description] | None = None

    async def description(self, reader: Reader) -> Description:
        """Return the description of the whole API; it is read anew only where it has changed."""
        document = await self._api.get("/openapi.json", (), reader)
        if self._read is None or self._read[0] != document:
            self._read = document, Description(document)
        return self._read[1]

    async def problems(self, reader: Reader) -> Sequence[Mapping[str, Any]]:
        """Return every kind of problem."""
        found: Sequence[Mapping[str, Any]] = (await self._api.get("/problems", (), reader))["items"]
        return found

    async def problem(self, slug: str, reader: Reader) -> Mapping[str, Any]:
        """Return one kind of problem."""
        return await self._api.get(f"/problems/{quote(slug, safe='')}", (), reader)
