"""Sentence vectors: of the offers, computed behind the events, and of what a reader asks."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import orjson
import structlog

from aiff_catalog.application.changing import OpenUnitOfWork
from aiff_catalog.application.documents import RenderedOffer
from aiff_kit.encoder import (
    Encoder,
    EncoderUnavailableError,
    Vectors,
    directions_between,
)

_OFFERS_A_STEP = 16
_KEPT_QUESTIONS = 2_000
# Names of machines, numbers and abbreviations of two letters are found by their letters alone.
_TELLING_WORD = re.compile(r"(?<!\w)[^\W\d_]{3,}(?!\w)")
_log = structlog.get_logger(__name__)


class OfferMeanings:
    """Gives each published offer its vector; until then the vector of its former text serves."""

    def __init__(self, open_uow: OpenUnitOfWork, encoder: Encoder) -> None:
        """Keep what opens a transaction, and the encoder."""
        self._open_uow = open_uow
        self._encoder = encoder
        self._available = True
        self._checked = False

    def step(self) -> int:
        """Encode some offers and return how many; nothing is locked while they are encoded."""
        offers = self._due() if self._available else ()
        if not offers:
            return 0
        try:
            vectors = vectors_of(offers, self._encoder)
        except EncoderUnavailableError as error:
            self._available = False
            _log.warning("offers are found by words alone", reason=str(error))
            return 0
        found = zip(offers, vectors, strict=True)
        blobs = {(one.offer_id, one.version): vector.tobytes() for one, vector in found}
        with self._open_uow() as uow:
            uow.meanings.put(self._encoder.model, blobs)
            uow.commit()
        return len(offers)

    def _due(self) -> Sequence[RenderedOffer]:
        with self._open_uow() as uow:
            if not self._checked:
                uow.meanings.outdate(self._encoder.model)
                uow.commit()
                self._checked = True
            return uow.meanings.due(_OFFERS_A_STEP)


class QueryMeanings:
    """The vectors of what readers ask; the last ones are kept."""

    def __init__(self, encoder: Encoder) -> None:
        """Keep the encoder."""
        self._encoder = encoder
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    async def of(self, text: str) -> Vectors | None:
        """Return a text's vector; None where it has no meaning of its own or nothing encodes."""
        asked = " ".join(text.split())
        if not has_meaning(asked):
            return None
        vector = self._kept.get(asked)
        if vector is None:
            try:
                vector = (await asyncio.to_thread(self._encoder.encode, [asked]))[0]
            except EncoderUnavailableError:
                return None
            self._keep(asked, vector)
        else:
            self._kept.move_to_end(asked)
        return vector

    def warm_up(self) -> None:
        """Load the model, so that the first reader does not wait for it."""
        try:
            self._encoder.encode(["GPU"])
        except EncoderUnavailableError as error:
            _log.warning("searches go by words alone", reason=str(error))

    def _keep(self, asked: str, vector: Vectors) -> None:
        self._kept[asked] = vector
        if len(self._kept) > _KEPT_QUESTIONS:
            self._kept.popitem(last=False)


def has_meaning(text: str) -> bool:
    """Tell whether a text says more than names of machines, numbers and short abbreviations."""
    return _TELLING_WORD.search(text) is not None


def vectors_of(offers: Sequence[RenderedOffer], encoder: Encoder) -> Vectors:
    """Return for each offer the direction between its French and its English passage.

    Raises EncoderUnavailableError.
    """
    documents = [orjson.loads(offer.body) for offer in offers]
    vectors = encoder.encode([text for document in documents for text in _passages(document)])
    return directions_between(vectors)


def _passages(document: dict[str, Any]) -> list[str]:
    title, summary = document["title"], document["summary"]
    keywords = ", ".join(document["keywords"])
    return [f"{title[one]}. {summary[one]} {keywords}" for one in ("fr", "en")]
