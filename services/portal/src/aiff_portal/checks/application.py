"""Questions of a check to the public API: the offer, and the verdict on it alone."""

from urllib.parse import quote

from aiff_portal.api.domain import Api, Document, Reader
from aiff_portal.needs.domain.asking.state import State


class CheckQueries:
    """Asks about one offer; the API stores nothing of it."""

    def __init__(self, api: Api) -> None:
        """Keep the API."""
        self._api = api

    async def offer(self, reference: str, reader: Reader) -> Document:
        """Return the offer."""
        return await self._api.get(f"/v1/offers/{quote(reference, safe='')}", (), reader)

    async def judged(self, slug: str, state: State, reader: Reader) -> Document:
        """Return the answer about this offer alone."""
        question = {**state.question(), "offers": [slug], "limit": 1}
        return await self._api.post("/v1/matches", question, reader)
