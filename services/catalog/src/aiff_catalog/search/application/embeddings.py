"""The sentence vectors of what readers ask."""

import asyncio
from collections import OrderedDict

import structlog

from aiff_kit.encoder import Encoder, EncoderUnavailableError, Vectors
from aiff_kit.text import Question

_KEPT_QUESTIONS = 2_000
_log = structlog.get_logger(__name__)


class QuestionEmbeddings:
    """The vectors of what readers ask; the last ones are kept."""

    def __init__(self, encoder: Encoder) -> None:
        """Keep the encoder."""
        self._encoder = encoder
        self._is_loaded = False
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    async def of(self, question: Question) -> Vectors | None:
        """Return a question's vector; None where it has no meaning or nothing encodes."""
        asked = " ".join(question.text.split())
        if not question.has_meaning:
            return None
        vector = self._kept.get(asked)
        if vector is None:
            try:
                vector = await self._encoded(asked)
            except EncoderUnavailableError:
                return None
            self._keep(asked, vector)
        else:
            self._kept.move_to_end(asked)
        return vector

    def warm_up(self) -> None:
        """Load the model, so that the first reader does not wait for it."""
        try:
            self._encode("GPU")
        except EncoderUnavailableError as error:
            _log.warning("searches go by words alone", reason=str(error))

    async def _encoded(self, text: str) -> Vectors:
        """Encode here: a thread and the way to it and back would take a third of the time more.

        Reading the model takes long enough for the others to be answered meanwhile.
        """
        if self._is_loaded:
            return self._encode(text)
        return await asyncio.to_thread(self._encode, text)

    def _encode(self, text: str) -> Vectors:
        vector: Vectors = self._encoder.encode([text])[0]
        self._is_loaded = True
        return vector

    def _keep(self, asked: str, vector: Vectors) -> None:
        self._kept[asked] = vector
        if len(self._kept) > _KEPT_QUESTIONS:
            self._kept.popitem(last=False)
