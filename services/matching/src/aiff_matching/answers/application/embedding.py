"""The sentence vector of a question's text."""

from aiff_kit.encoder import Encoder, EncoderUnavailableError
from aiff_matching.offers.domain.relevance import Vector


def embedding_of(text: str, encoder: Encoder) -> Vector | None:
    """Return the vector of a question's text, None for a blank one or without an encoder."""
    if not text.strip():
        return None
    try:
        vector: Vector = encoder.encode([text])[0]
    except EncoderUnavailableError:
        return None
    return vector
