"""The sentence vector of a question's text."""

from aiff_kit.encoder import Encoder, EncoderUnavailableError
from aiff_kit.text import has_meaning, readable
from aiff_matching.offers.domain.relevance import Vector


def embedding_of(text: str, encoder: Encoder) -> Vector | None:
    """Return the vector of a question's text, None without a meaning of its own or an encoder."""
    if not has_meaning(text):
        return None
    try:
        vector: Vector = encoder.encode([readable(text)])[0]
    except EncoderUnavailableError:
        return None
    return vector
