"""Questions of the pages to the public API: a need in, what follows from it out."""

from aiff_portal.api.domain import Api, Document, Reader, SentFile
from aiff_portal.needs.domain.asking.state import State

# As many matches as an answer gives: what a rule refuses stands last, and is shown too.
_MOST = 100
_ENOUGH_TO_ASK = 20


class NeedQueries:
    """Asks what follows from a reader's answers; the API stores nothing of it."""

    def __init__(self, api: Api) -> None:
        """Keep the API."""
        self._api = api

    async def next_question(self, state: State, reader: Reader) -> Document | None:
        """Return what the engine would ask next, None where no answer would change the first."""
        asked = state.weighed() | {"limit": _ENOUGH_TO_ASK}
        found = await self._api.post("/v1/matches", asked, reader)
        question: Document | None = found["next_question"]
        return question

    async def matches(self, state: State, reader: Reader) -> Document:
        """Return the offers that answer a need, arranged by verdict."""
        asked = state.weighed() | {"limit": _MOST, "group": "verdict"}
        return await self._api.post("/v1/matches", asked, reader)

    async def plan(self, state: State, reader: Reader) -> Document:
        """Return the ways to the compute of a need."""
        return await self._api.post("/v1/compute/plan", state.question(), reader)

    async def journey(self, state: State, reader: Reader) -> Document:
        """Return the steps from today to the goal."""
        return await self._api.post("/v1/journeys", state.weighed(), reader)

    async def calendar(self, state: State, reader: Reader) -> SentFile:
        """Return the steps as a calendar file."""
        question, path = state.weighed(), "/v1/journeys"
        return await self._api.post_for_file(path, question, reader, "text/calendar")

    async def programmes(self, reader: Reader) -> Document:
        """Return the programmes whose forms are known."""
        return await self._api.get("/v1/dossiers", (), reader)

    async def dossier(self, programme: str, state: State, reader: Reader) -> Document:
        """Return what a programme asks, filled as far as the answers go."""
        question = state.question() | {"programme": programme}
        return await self._api.post("/v1/dossiers", question, reader)

    async def table(self, programme: str, state: State, reader: Reader) -> SentFile:
        """Return a dossier as a table for spreadsheets."""
        question = state.question() | {"programme": programme}
        return await self._api.post_for_file("/v1/dossiers", question, reader, "text/csv")
