"""Questions of the pages of the network to the public API."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aiff_portal.api.domain import Api, Document, Parameters, Reader

_A_YEAR = timedelta(days=365)
_PAGE, _MOST_PAGES = "100", 20
_SHOWN = "30"


@dataclass(frozen=True, slots=True)
class News:
    """What entered the catalogue, `count` in all, and the last changes of what was there."""

    published: Sequence[Document]
    count: int
    changed: Sequence[Document]


class NetworkReads:
    """Reads what the pages show."""

    def __init__(self, api: Api) -> None:
        """Keep the API."""
        self._api = api

    async def members(self, reader: Reader) -> tuple[Sequence[Document], Sequence[Document]]:
        """Return the members of the network, and the organisations with their countries."""
        members = [("kind", "network"), ("sort", "title")]
        return await asyncio.gather(
            self._all("/v1/offers", members, reader), self._all("/v1/organisations", (), reader)
        )

    async def deadlines(self, kind: str | None, today: date, reader: Reader) -> Sequence[Document]:
        """Return the offers whose next deadline falls within a year."""
        within = [
            ("deadline_after", today.isoformat()),
            ("deadline_before", (today + _A_YEAR).isoformat()),
            ("sort", "deadline"),
        ]
        of_kind = [("kind", kind)] if kind else []
        return await self._all("/v1/offers", [*of_kind, *within], reader)

    async def news(self, since: date, reader: Reader) -> News:
        """Return what was published since a day, and what else changed since."""
        newest = [("sort", "-updated_at"), ("limit", _SHOWN)]
        published = [("published_since", since.isoformat()), ("count", "true")]
        entered, updated = await asyncio.gather(
            self._api.get("/v1/offers", [*published, *newest], reader),
            self._api.get("/v1/offers", newest, reader),
        )
        known = {one["slug"] for one in entered["items"]}
        first = since.isoformat()
        changed = [
            one
            for one in updated["items"]
            if one["slug"] not in known and one["updated_at"] >= first
        ]
        return News(entered["items"], entered["count"], changed)

    async def _all(self, path: str, parameters: Parameters, reader: Reader) -> list[Document]:
        """Return what stands on all pages of a list."""
        found: list[Document] = []
        following: list[tuple[str, str]] = []
        for _ in range(_MOST_PAGES):
            asked = [*parameters, ("limit", _PAGE), *following]
            page = await self._api.get(path, asked, reader)
            found += page["items"]
            if page["next"] is None:
                break
            following = [("cursor", page["next"])]
        return found
