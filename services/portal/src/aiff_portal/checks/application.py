"""Questions of a check to the public API: the offer, and the verdict on it alone."""

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote

from aiff_portal.api.domain import Parameters, Reader
from aiff_portal.needs.domain.asking.state import State

Document = Mapping[str, Any]


class CheckApi(Protocol):
    """The public API."""

    async def get(self, path: str, parameters: Parameters, reader: Reader) -> Document:
        """Return a document; RefusedError where the API refuses or is away."""

    async def post(self, path: str, question: Document, reader: Reader) -> Document:
        """Return the answer to a question; RefusedError as `get`."""


class CheckQueries:
    """Asks about one offer; the API stores nothing of it."""

    def __init__(self, api: CheckApi) -> None:
        """Keep the API."""
        self._api = api

    async def offer(self, reference: str, reader: Reader) -> Document:
        """Return the offer."""
        return await self._api.get(f"/v1/offers/{quote(reference, safe='')}", (), reader)

    async def judged(self, slug: str, state: State, reader: Reader) -> Document:
        """Return the answer about this offer alone."""
        question = {**state.question(), "offers": [slug], "limit": 1}
        return await self._api.post("/v1/matches", question, reader)
