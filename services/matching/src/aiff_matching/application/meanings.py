"""Sentence vectors: of the offers, computed behind the events, and of a question's text."""

from collections.abc import Sequence

import structlog

from aiff_contracts.offer import OfferDocument
from aiff_kit.encoder import (
    Encoder,
    EncoderUnavailableError,
    Vectors,
    directions_between,
)
from aiff_matching.application.ports import OpenUnitOfWork
from aiff_matching.domain.relevance import Vector, passages

_OFFERS_A_STEP = 16
_log = structlog.get_logger(__name__)


class OfferMeanings:
    """Gives each copied offer its vector, so that no question has to wait for one."""

    def __init__(self, unit_of_work: OpenUnitOfWork, encoder: Encoder) -> None:
        """Keep what opens a transaction, and the encoder."""
        self._open = unit_of_work
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
        self._keep(offers, vectors)
        return len(offers)

    def _due(self) -> Sequence[OfferDocument]:
        with self._open() as uow:
            if not self._checked:
                uow.offers.outdate_vectors(self._encoder.model)
                uow.commit()
                self._checked = True
            return uow.offers.without_vector(_OFFERS_A_STEP)

    def _keep(self, offers: Sequence[OfferDocument], vectors: Vectors) -> None:
        found = zip(offers, vectors, strict=True)
        blobs = {(offer.id, offer.version): vector.tobytes() for offer, vector in found}
        with self._open() as uow:
            uow.offers.put_vectors(self._encoder.model, blobs)
            uow.commit()


def meaning_of(text: str, encoder: Encoder) -> Vector | None:
    """Return the vector of a question's text, None for a blank one or without an encoder."""
    if not text.strip():
        return None
    try:
        vector: Vector = encoder.encode([text])[0]
    except EncoderUnavailableError:
        return None
    return vector


def vectors_of(offers: Sequence[OfferDocument], encoder: Encoder) -> Vectors:
    """Return for each offer the direction between its French and its English passage.

    Raises EncoderUnavailableError.
    """
    vectors = encoder.encode([text for offer in offers for text in passages(offer)])
    return directions_between(vectors)
