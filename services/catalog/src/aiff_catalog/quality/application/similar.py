"""The published offers that are most similar to one: of its kind, near in text or sharing facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from aiff_catalog.offers.application.ports import Moved, OfferReads, StoredDocument
from aiff_catalog.quality.application.ports import SimilarReads
from aiff_catalog.quality.domain.similarity import Similarity, similarity
from aiff_catalog.search.application.searching import OfferSearch, SearchRequest
from aiff_catalog.search.domain.queries import NO_SYNONYMS, FilterName, SearchQuery
from aiff_catalog.shared.errors import OfferNotFoundError

Json = Mapping[str, Any]
# As many are compared of each search: what is farther away is not similar.
_COMPARED = 20


@dataclass(frozen=True, slots=True)
class SimilarOffer:
    """A similar offer: its summary in JSON with the status of now, and why it is similar."""

    item: bytes
    similarity: Similarity


class SimilarOffers:
    """Finds similar offers by the search, and orders them by what they have in common."""

    def __init__(self, offers: OfferReads, reads: SimilarReads, search: OfferSearch) -> None:
        """Keep what reads and what searches."""
        self._offers = offers
        self._reads = reads
        self._search = search

    async def of(self, reference: str, limit: int) -> list[SimilarOffer]:
        """Return the most similar first; never the offer itself or what is probably the same.

        OfferNotFoundError where no published offer is known by this name.
        """
        found = await self._offers.offer(reference)
        if isinstance(found, Moved):
            found = await self._offers.offer(found.slug)
        if not isinstance(found, StoredDocument):
            raise OfferNotFoundError(reference)
        own = orjson.loads(found.body)
        items = await self._near(own, await self._reads.vector(found.offer_id))
        excluded = {found.offer_id, *await self._reads.twins(found.offer_id)}
        near = {one: item for one, item in items.items() if one not in excluded}
        bodies = await self._reads.bodies(list(near))
        similar = [
            SimilarOffer(item, similarity(own, orjson.loads(bodies[one]), nearness))
            for one, (item, nearness) in near.items()
            if one in bodies
        ]
        return sorted(similar, key=lambda one: -one.similarity.score)[:limit]

    async def _near(self, own: Json, vector: bytes | None) -> dict[str, tuple[bytes, float]]:
        """Return summaries by id with how near their texts are: 1 for the nearest, 0 for others."""
        near: dict[str, tuple[bytes, float]] = {}
        for query in _queries(own, vector):
            request = SearchRequest(query=query, synonyms=NO_SYNONYMS, encodes=False)
            page = await self._search.page(request)
            for place, item in enumerate(page.items):
                nearness = 1 - place / _COMPARED if query.text and not page.degraded else 0.0
                near.setdefault(orjson.loads(item)["id"], (item, nearness))
        return near


def _queries(own: Json, vector: bytes | None) -> Iterator[SearchQuery]:
    """Yield the search by the text of an offer, then those by the facts that others share."""
    kind: dict[FilterName, tuple[str, ...]] = {"kind": (own["kind"],)}
    yield SearchQuery(
        text=own["title"]["fr"],
        filters=kind,
        limit=_COMPARED,
        vector=None if vector is None else np.frombuffer(vector, np.float32),
    )
    for name, values in _facts(own).items():
        if values:
            yield SearchQuery(filters={**kind, name: values}, sort="title", limit=_COMPARED)


def _facts(own: Json) -> Mapping[FilterName, tuple[str, ...]]:
    details = own["details"]
    gpu = details.get("gpu")
    components = details.get("components") or ()
    providers = [one["organisation"] for one in own["organisations"] if one["role"] == "provider"]
    return {
        "gpu_model": (gpu["model"].upper().partition("-")[0],) if gpu else (),
        "instrument": tuple(dict.fromkeys(one["instrument"] for one in components)),
        "provider": tuple(dict.fromkeys(providers)),
    }
