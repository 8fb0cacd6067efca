"""How much GPU memory a job takes, as a range with the formula, and on how many devices it fits.

Bytes per parameter of each kind of job are usual figures (Adam in mixed precision 16 to 18;
LoRA 2 plus adapters; QLoRA 0.6 to 0.7; inference by precision). Activations are left out: they
depend on batch, sequence and recomputation, which trade memory for time.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from aiff_contracts.offer import Text
from aiff_matching.compute.domain.formulas import Formula, Term, product
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

_BYTES_FULL = Between(16, 18)
_BYTES_BY_TASK = {
    "pretraining": _BYTES_FULL,
    "full_finetune": _BYTES_FULL,
    "lora": Between(2, 2.6),
    "qlora": Between(0.6, 0.7),
}
_BYTES_BY_PRECISION = {"fp64": 8.0, "fp32": 4.0, "fp8": 1.0, "int8": 1.0, "int4": 0.5}
_BYTES_HALF_PRECISION = 2.0
# Runtime, fragmentation and buffers leave about nine tenths of a device to the model.
USABLE = 0.9
# Transformers have about N = 12 L d^2 parameters (Kaplan et al. 2020, table 1) and, in the
# published families, a width d of about 128 per layer (7 B: 32 layers of 4096).
_PARAMETERS_PER_LAYER_AND_WIDTH = 12
_WIDTH_PER_LAYER = 128
_GIVEN = text("votre réponse", "your answer")
_GENERAL = text("connaissance générale", "general knowledge")
_NO_ACTIVATIONS = text(
    "Sans les activations, qui dépendent du lot et de la longueur des séquences.",
    "Without activations, which depend on batch and sequence length.",
)
_NO_CACHE = text(
    "Sans le cache KV : donnez context_tokens et batch_size pour le compter.",
    "Without the KV cache: give context_tokens and batch_size to count it.",
)


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory over all devices in GB: the weights (with their state) and the KV cache."""

    weights: Formula
    cache: Formula | None = None

    @property
    def total(self) -> Between:
        """Return the sum of the parts in GB."""
        own, cache = self.weights.result, self.cache.result if self.cache else Between(0, 0)
        return Between(own.low + cache.low, own.high + cache.high)


@lru_cache(maxsize=256)
def memory_of(need: ComputeNeed) -> Memory | None:
    """Return the memory of the model over all GPUs, None where it cannot be told."""
    if not need.parameters_b or need.task in {None, "simulation", "other"}:
        return None
    if need.task != "inference":
        return Memory(_weights(need, _BYTES_BY_TASK[str(need.task)], _NO_ACTIVATIONS))
    size = _BYTES_BY_PRECISION.get(need.precision or "", _BYTES_HALF_PRECISION)
    known = need.context_tokens is not None and need.batch_size is not None
    note = _NO_ACTIVATIONS if known else _NO_CACHE
    return Memory(_weights(need, Between(size, size), note), _cache(need) if known else None)


def devices_needed(memory: Between, device_gb: float) -> int:
    """Return how many devices hold the model at least when it is sharded over them."""
    return max(1, ceil(memory.low / (device_gb * USABLE)))


def per_device(memory: Between, devices: int) -> Between:
    """Return the share of each of these devices in GB, sharded evenly."""
    return memory.scaled(1 / devices)


def _weights(need: ComputeNeed, size: Between, note: Text) -> Formula:
    assert need.parameters_b is not None  # noqa: S101 - the caller asked.
    count = Between(need.parameters_b, need.parameters_b)
    label = text("octets par paramètre", "bytes per parameter")
    parameters = text("milliards de paramètres", "billions of parameters")
    terms = (
        Term("b", label, size, "B", _GENERAL),
        Term("N", parameters, count, "10^9 parameters", _GIVEN),
    )
    return product(terms, "GB", (note,))


def _cache(need: ComputeNeed) -> Formula:
    """Return keys and values of every layer, token and request; grouped-query attention shares."""
    assert need.parameters_b is not None  # noqa: S101 - the caller asked.
    shape = _PARAMETERS_PER_LAYER_AND_WIDTH * _WIDTH_PER_LAYER**2
    layers = (need.parameters_b * 1e9 / shape) ** (1 / 3)
    width = layers * _WIDTH_PER_LAYER
    # Caches are kept in 8 or 16 bits whatever the weights are, unless the job asks for more.
    size = Between(1, max(2.0, _BYTES_BY_PRECISION.get(need.precision or "", 2.0)))
    shape_source = text(
        "N = 12 L d² (Kaplan et al. 2020), d = 128 L (modèles publiés)",
        "N = 12 L d² (Kaplan et al. 2020), d = 128 L (published models)",
    )
    grouped = text(
        "têtes KV partagées, 1/8 à 1 (Ainslie et al. 2023)",
        "shared KV heads, 1/8 to 1 (Ainslie et al. 2023)",
    )
    gigabyte = Between(1e9, 1e9)
    context, batch = float(need.context_tokens or 0), float(need.batch_size or 0)
    return product(
        (
            _exact("2", text("clés et valeurs", "keys and values"), 2, "", _GENERAL),
            _exact("L", text("couches", "layers"), layers, "", shape_source),
            _exact("d", text("largeur", "width"), width, "", shape_source),
            Term("g", text("part des têtes KV", "share of KV heads"), Between(1 / 8, 1), "",
                 grouped),
            Term("b", text("octets par valeur", "bytes per value"), size, "B", _GENERAL),
            _exact("T", text("jetons de contexte", "context tokens"), context, "tokens", _GIVEN),
            _exact("B", text("requêtes à la fois", "requests at once"), batch, "", _GIVEN),
            Term("10^9", text("octets par Go", "bytes per GB"), gigabyte, "B/GB",
                 text("définition", "definition"), divides=True),
        ),
        "GB",
    )  # fmt: skip


def _exact(symbol: str, label: Text, value: float, unit: str, source: Text) -> Term:
    return Term(symbol, label, Between(value, value), unit, source)
