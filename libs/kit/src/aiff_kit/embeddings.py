"""Sentence vectors of offers, computed behind the events that bring their texts."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import structlog

from aiff_kit.encoder import Encoder, EncoderUnavailableError, Vectors, directions_between

_OFFERS_A_STEP = 16
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DueText:
    """An offer's text at one version, in French and in English, whose vector is to be computed."""

    offer_id: UUID
    version: int
    passages: tuple[str, str]


class EmbeddingStore(Protocol):
    """The sentence vectors (float32, as bytes) of a service's offers, inside a transaction.

    A new text makes its offer's vector due; the one that is there serves until the next is.
    """

    def outdate(self, model: str) -> None:
        """Have the vectors that other models made computed again."""

    def due(self, limit: int) -> Sequence[DueText]:
        """Return texts whose vector is to be computed."""

    def put(self, model: str, vectors: Mapping[tuple[UUID, int], bytes]) -> None:
        """Store vectors by offer and version; that of a text that is no longer shown is dropped."""


class Opened(Protocol):
    """An open transaction."""

    @property
    def embeddings(self) -> EmbeddingStore:
        """The vectors inside it."""

    def commit(self) -> None:
        """Make everything durable at once."""


class OfferEmbeddings:
    """Gives each offer its vector, so that no question has to wait for one."""

    def __init__(
        self, opened: Callable[[], AbstractContextManager[Opened]], encoder: Encoder
    ) -> None:
        """Keep what opens a transaction, and the encoder."""
        self._open = opened
        self._encoder = encoder
        self.model = encoder.model
        self._available = True
        self._checked = False

    def step(self) -> int:
        """Encode some offers and return how many; nothing is locked while they are encoded."""
        texts = self._due(_OFFERS_A_STEP) if self._available else ()
        if not texts:
            return 0
        try:
            vectors = vectors_of([text.passages for text in texts], self._encoder)
        except EncoderUnavailableError as error:
            self._available = False
            _log.warning("offers are found by words alone", reason=str(error))
            return 0
        self._keep(texts, vectors)
        return len(texts)

    def is_behind(self) -> bool:
        """Tell whether a vector is still to come; False where nothing encodes."""
        return self._available and bool(self._due(1))

    def _due(self, limit: int) -> Sequence[DueText]:
        with self._open() as uow:
            if not self._checked:
                uow.embeddings.outdate(self.model)
                uow.commit()
                self._checked = True
            return uow.embeddings.due(limit)

    def _keep(self, texts: Sequence[DueText], vectors: Vectors) -> None:
        encoded = zip(texts, vectors, strict=True)
        blobs = {(text.offer_id, text.version): vector.tobytes() for text, vector in encoded}
        with self._open() as uow:
            uow.embeddings.put(self.model, blobs)
            uow.commit()


def vectors_of(passages: Sequence[tuple[str, str]], encoder: Encoder) -> Vectors:
    """Return for each offer the direction between its French and its English passage.

    Raises EncoderUnavailableError.
    """
    return directions_between(encoder.encode([text for pair in passages for text in pair]))
