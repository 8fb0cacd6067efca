"""Finding listings that are probably one offer.

Each listing is looked at after a change and again each day. The search finds the few published
ones that are nearest to it, their titles the few that wait to be published; only those are
compared. All of it waits for the sentence vectors: sister programmes
whose words are alike are told apart by what they mean.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
import orjson

from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.application.assessing import store_quality
from aiff_catalog.quality.application.duplicate_pairs import Pair
from aiff_catalog.quality.application.ports import OpenQuality, QualityUnitOfWork
from aiff_catalog.quality.domain.likeness import likeness, title_likeness
from aiff_catalog.search.application.searching import OfferSearch, SearchRequest
from aiff_catalog.search.domain.queries import NO_SYNONYMS, SearchPage, SearchQuery
from aiff_kit.clock import Clock
from aiff_kit.embeddings import OfferEmbeddings
from aiff_kit.ids import new_id
from aiff_kit.throttle import Throttle

_A_STEP = 20
_CANDIDATES = 10
# Of more than these, the newest are compared: a twin of an older one was found when it came.
_MOST_WAITING = 5_000
# The index follows the database by a moment: of two twins that come together, each would miss
# the other.
_SETTLED = timedelta(seconds=5)
_HOLDS = timedelta(days=1)
_LOOKED_EVERY = timedelta(seconds=2)


class DuplicateSearchJob:
    """A worker's step."""

    def __init__(
        self,
        open_uow: OpenQuality,
        search: Callable[[], OfferSearch],
        embeddings: OfferEmbeddings,
        clock: Clock,
    ) -> None:
        """Keep where to read, what opens a search, what makes the vectors, and the clock."""
        self._open = open_uow
        self._search = _OwnSearch(search)
        self._embeddings = embeddings
        self._clock = clock
        self._throttle = Throttle(_LOOKED_EVERY)

    def step(self) -> int:
        """Look at some listings; SearchIndexUnavailableError while the search is away."""
        now = self._clock()
        if self._throttle.is_early(now):
            return 0
        due = () if self._embeddings.is_behind() else self._due(now)
        for offer in due:
            self._look(offer, now)
        if len(due) < _A_STEP:
            self._throttle.done(now)
        return len(due)

    def close(self) -> None:
        """Give back what the search holds in this thread."""
        self._search.close()

    def _due(self, now: datetime) -> Sequence[Offer]:
        with self._open() as uow:
            due = uow.duplicates.due(now - _SETTLED, now - _HOLDS, _A_STEP)
            uow.commit()
        return due

    def _look(self, offer: Offer, now: datetime) -> None:
        with self._open() as uow:
            own = uow.embeddings.of(self._embeddings.model, [offer.id]).get(offer.id)
        near = self._nearest(offer, own)
        with self._open() as uow:
            near = [*dict.fromkeys((*near, *_waiting(uow, offer)))]
            vectors = {offer.id: own, **uow.embeddings.of(self._embeddings.model, near)}
            compared = [
                _pair(offer, other, _cosine(vectors.get(offer.id), vectors.get(other.id)), now)
                for other in uow.offers.hold(near)
                if other.state != "archived"
            ]
            uow.duplicates.replace(offer.id, [pair for pair in compared if pair is not None])
            uow.duplicates.note(offer, now)
            store_quality(uow, [offer], now)
            uow.commit()

    def _nearest(self, offer: Offer, own: bytes | None) -> list[UUID]:
        """Return the listings of its kind that the search finds by its title and its meaning."""
        text = offer.working
        query = SearchQuery(
            text=text.title.fr,
            filters={"kind": (text.details.kind,)},
            limit=_CANDIDATES,
            vector=None if own is None else np.frombuffer(own, np.float32),
        )
        # A listing is compared by its own words and its own vector; what only the index can tell is
        # not asked of the database, which would find no twin and let none be looked for.
        request = SearchRequest(query=query, synonyms=NO_SYNONYMS, encodes=False, falls_back=False)
        page = self._search.page(request)
        ids = (UUID(orjson.loads(item)["id"]) for item in page.items)
        return [one for one in ids if one != offer.id]


def _waiting(uow: QualityUnitOfWork, offer: Offer) -> Sequence[UUID]:
    """Return the listings of its kind whose text no reader sees yet, the likest titles first.

    No index holds them; a title that is unlike is enough to tell two offers apart.
    """
    text = offer.working
    titles = uow.duplicates.unpublished(text.details.kind, _MOST_WAITING)
    alike = {one: title_likeness(text.title, title) for one, title in titles.items()}
    alike.pop(offer.id, None)
    return sorted(alike, key=lambda one: -alike[one])[:_CANDIDATES]


class _OwnSearch:
    """The search for a thread without an event loop; opened when it is first asked."""

    def __init__(self, open_search: Callable[[], OfferSearch]) -> None:
        self._open_search = open_search
        self._held: tuple[asyncio.Runner, OfferSearch] | None = None

    def page(self, request: SearchRequest) -> SearchPage:
        self._held = self._held or (asyncio.Runner(), self._open_search())
        loop, search = self._held
        return loop.run(search.page(request))

    def close(self) -> None:
        if self._held is None:
            return
        loop, search = self._held
        loop.run(search.close())
        loop.close()
        self._held = None


def _pair(offer: Offer, other: Offer, cosine: float | None, now: datetime) -> Pair | None:
    """Return the pair where the two are probably one offer."""
    likelihood = likeness(offer.working, other.working, cosine)
    if not likelihood.is_probable:
        return None
    # Identifiers are in the order of time.
    first, second = sorted((offer.id, other.id), key=str)
    return Pair(
        id=new_id(),
        first=first,
        second=second,
        score=likelihood.score,
        parts=likelihood.parts,
        found_at=now,
    )


def _cosine(one: bytes | None, other: bytes | None) -> float | None:
    if one is None or other is None:
        return None
    return float(np.frombuffer(one, np.float32) @ np.frombuffer(other, np.float32))
