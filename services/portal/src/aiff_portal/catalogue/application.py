"""Questions of the catalogue's pages to the public API, each as few calls as its page needs."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from urllib.parse import quote

from aiff_portal.api.domain import Api, Document, Reader
from aiff_portal.catalogue.domain.comparing import Selection
from aiff_portal.catalogue.domain.search import Search
from aiff_portal.ui.domain.refusals import RefusedError

_FEW, _NEXT_DATES, _SUGGESTED = "6", "6", "8"
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Overview:
    """Offers of the catalogue or of one kind: how many, what changed last, what closes soon."""

    newest: Document
    closing: Sequence[Document]


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer with what is similar and when it was published anew; nothing where nobody says."""

    document: Document
    similar: Sequence[Document]
    history: Sequence[Document]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A selection with what the API said: `unknown` are offers that nobody can read."""

    selection: Selection
    document: Document | None = None
    similar: Sequence[Document] = ()
    unknown: tuple[str, ...] = ()


class CatalogueReads:
    """Reads what the pages show."""

    def __init__(self, api: Api) -> None:
        """Keep the API."""
        self._api = api

    async def search(self, search: Search, reader: Reader) -> Document:
        """Return a page of results with its facets."""
        return await self._api.get("/v1/offers", search.parameters(), reader)

    async def suggestions(self, text: str, reader: Reader) -> Sequence[Document]:
        """Return how a text could go on; a single letter could go on too many ways."""
        if len(text) < _SHORTEST:
            return ()
        asked = [("q", text), ("limit", _SUGGESTED)]
        answer = await self._api.get("/v1/offers/suggestions", asked, reader)
        found: Sequence[Document] = answer["items"]
        return found

    async def overview(
        self, reader: Reader, facets: Sequence[str], kind: str | None = None
    ) -> Overview:
        """Return what a home page or the page of a kind begins with."""
        within = [("kind", kind)] if kind else []
        counted = [("facets", facet) for facet in facets]
        newest = [*within, *counted, ("sort", "-updated_at"), ("limit", _FEW), ("count", "true")]
        dated = [*within, ("status", "open"), ("sort", "deadline"), ("limit", _NEXT_DATES)]
        first, second = await asyncio.gather(
            self._api.get("/v1/offers", newest, reader), self._api.get("/v1/offers", dated, reader)
        )
        return Overview(first, [item for item in second["items"] if item["next_deadline"]])

    async def offer(self, reference: str, reader: Reader) -> Shown:
        """Return an offer by its slug or id; a merged offer is the one that it became."""
        document, similar, history = await asyncio.gather(
            self._api.get(f"/v1/offers/{quote(reference, safe='')}", (), reader),
            self._beside(reference, "similar", reader),
            self._beside(reference, "history", reader),
        )
        return Shown(document, similar, history)

    async def organisation(self, slug: str, reader: Reader) -> tuple[Document, Document]:
        """Return an organisation and the first of what it offers."""
        offered = [("provider", slug), ("limit", "100"), ("sort", "title"), ("count", "true")]
        return await asyncio.gather(
            self._api.get(f"/v1/organisations/{quote(slug, safe='')}", (), reader),
            self._api.get("/v1/offers", offered, reader),
        )

    async def similar(self, reference: str, reader: Reader) -> Sequence[Document]:
        """Return the offers that are similar to one, with why."""
        return await self._part(reference, "similar", reader)

    async def _part(self, reference: str, part: str, reader: Reader) -> Sequence[Document]:
        path = f"/v1/offers/{quote(reference, safe='')}/{part}"
        found: Sequence[Document] = (await self._api.get(path, (), reader))["items"]
        return found

    async def _beside(self, reference: str, part: str, reader: Reader) -> Sequence[Document]:
        """Return what the page of an offer does without where nobody can say it."""
        try:
            return await self._part(reference, part, reader)
        except RefusedError:
            return ()

    async def comparison(self, selection: Selection, reader: Reader) -> Comparison:
        """Return offers side by side, and what is similar; an unknown offer is left out and named.

        Fewer offers than can be compared, or more, are compared with nothing.
        """
        if not selection.is_complete:
            return Comparison(selection)
        try:
            return await self._compared(selection, reader)
        except RefusedError as error:
            unknown = selection.unknown_to(error.refusal)
            if not unknown:
                raise
            known = reduce(Selection.without, unknown, selection)
            return replace(await self.comparison(known, reader), unknown=unknown)

    async def _compared(self, selection: Selection, reader: Reader) -> Comparison:
        question = {"offers": list(selection.offers)}
        document, similar = await asyncio.gather(
            self._api.post("/v1/compare", question, reader),
            self.similar(selection.offers[0], reader),
        )
        return Comparison(selection, document, similar)
