"""How much GPU memory a job takes, as a range with the formula, and on how many devices it fits.

Bytes per parameter of each kind of job: Adam in mixed precision 16 to 18 (stas00/ml-engineering:
6 of weights, 8 of the optimiser, 2 or 4 of gradients), 2 more for the reference model of a
direct preference optimisation, LoRA 2 (the base in 16 bits) or 4 (in 32) plus adapters, QLoRA 0.55
to 0.9 (four bits, their scales, and embeddings that stay in 16), inference by precision. All
parameters count, also those of a mixture of experts that rest. Activations are counted where
context and batch are known: 2 bytes a layer, width and token with full recomputation, 34
without (Korthikanti et al. 2022), and the logits of a vocabulary.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil

from aiff_contracts.offer import Text
from aiff_matching.compute.domain.formulas import Formula, Term, product
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

_BYTES_FULL = Between(16, 18)
_BYTES_BY_TASK = {
    "pretraining": _BYTES_FULL,
    "continued_pretraining": _BYTES_FULL,
    "full_finetune": _BYTES_FULL,
    "dpo": Between(18, 20),
    "lora": Between(2, 4.6),
    "qlora": Between(0.55, 0.9),
}
_BYTES_BY_PRECISION = {"fp64": 8.0, "fp32": 4.0, "fp8": 1.0, "fp4": 0.5, "int8": 1.0, "int4": 0.5}
_ADAPTERS = 0.6
# Four-bit weights come with scales, and embeddings mostly stay in 16 bits.
_PACKED = {"fp4": 1.6, "int4": 1.6}
# Bytes of activations for each token, layer and unit of width, and of logits for each token.
_ACTIVATIONS = Between(2, 34)
_LOGITS = Between(32_000, 152_000 * 10)
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
    "Sans les activations : la longueur des séquences et la taille des lots (context_tokens, "
    "batch_size) les feraient compter.",
    "Without activations: the length of a sequence and the size of a batch (context_tokens, "
    "batch_size) would have them counted.",
)
_MIXED = text(
    "Adam en précision mixte ; les états en 16 ou 8 bits descendent à 6 à 8 octets par paramètre.",
    "Adam in mixed precision; states in 16 or 8 bits come down to 6 to 8 bytes per parameter.",
)
_NO_CACHE = text(
    "Sans le cache KV : la longueur des séquences et la taille des lots (context_tokens, "
    "batch_size) le feraient compter.",
    "Without the KV cache: the length of a sequence and the size of a batch (context_tokens, "
    "batch_size) would have it counted.",
)

# Caches that are not paged reserve and copy: up to twice what the tokens take, and more.
_WASTE = Term(
    "w",
    text("place réservée ou recopiée", "room reserved or copied"),
    Between(1, 2),
    "",
    text("caches paginés ou non (Kwon et al. 2023)", "paged caches or not (Kwon et al. 2023)"),
)


@dataclass(frozen=True)
class Memory:
    """The memory over all devices in GB: weights with their state, KV cache, activations."""

    weights: Formula
    cache: Formula | None = None
    activations: tuple[Formula, ...] = ()

    @property
    def parts(self) -> tuple[Formula, ...]:
        """Return what is added up."""
        return (self.weights, *((self.cache,) if self.cache else ()), *self.activations)

    @cached_property
    def total(self) -> Between:
        """Return the sum of the parts in GB."""
        results = [part.result for part in self.parts]
        return Between(sum(one.low for one in results), sum(one.high for one in results))


def memory_of(need: ComputeNeed) -> Memory | None:
    """Return the memory of the model over all GPUs, None where it cannot be told."""
    if not need.parameters_b or need.task in {None, "simulation", "other"}:
        return None
    return _memory_of(need)


@lru_cache(maxsize=256)
def _memory_of(need: ComputeNeed) -> Memory:
    known = need.context_tokens is not None and need.batch_size is not None
    if need.task != "inference":
        notes = () if known else (_NO_ACTIVATIONS,)
        full = _BYTES_BY_TASK[str(need.task)].low >= _BYTES_FULL.low
        weights = _weights(need, _bytes_trained(need), (*((_MIXED,) if full else ()), *notes))
        return Memory(weights, activations=_activations(need) if known else ())
    size = bytes_served(need)
    span = Between(size, size * _PACKED.get(need.precision or "", 1.0))
    return Memory(
        _weights(need, span, () if known else (_NO_CACHE,)), _cache(need) if known else None
    )


def _bytes_trained(need: ComputeNeed) -> Between:
    """Return the bytes of a parameter in training; a frozen base is kept as the precision says."""
    if need.task == "lora" and need.precision is not None:
        size = 4.0 if need.precision == "fp32" else 2.0
        return Between(size, size + _ADAPTERS)
    return _BYTES_BY_TASK[str(need.task)]


def bytes_served(need: ComputeNeed) -> float:
    """Return the bytes of one weight in serving: two where no precision is given."""
    return _BYTES_BY_PRECISION.get(need.precision or "", _BYTES_HALF_PRECISION)


def devices_needed(memory: Between, device_gb: float) -> int:
    """Return how many devices hold the model at least when it is sharded over them."""
    return max(1, ceil(memory.low / (device_gb * USABLE)))


def per_device(memory: Between, devices: int) -> Between:
    """Return the share of each of these devices in GB, sharded evenly."""
    return memory.scaled(1 / devices)


def _weights(need: ComputeNeed, size: Between, notes: tuple[Text, ...]) -> Formula:
    assert need.parameters_b is not None  # noqa: S101 - the caller asked.
    count = Between(need.parameters_b, need.parameters_b)
    label = text("octets par paramètre", "bytes per parameter")
    parameters = text("milliards de paramètres", "billions of parameters")
    terms = (
        Term("b", label, size, "B", _GENERAL),
        Term("N", parameters, count, "10^9 parameters", _GIVEN),
    )
    return product(terms, "GB", notes)


def _shape(need: ComputeNeed) -> tuple[Term, Term]:
    """Return layers and width; a mixture of experts has those of its active parameters."""
    assert need.working_parameters_b is not None  # noqa: S101 - the caller asked.
    shape = _PARAMETERS_PER_LAYER_AND_WIDTH * _WIDTH_PER_LAYER**2
    layers = (need.working_parameters_b * 1e9 / shape) ** (1 / 3)
    source = text(
        "N = 12 L d² (Kaplan et al. 2020), d = 128 L (modèles publiés)",
        "N = 12 L d² (Kaplan et al. 2020), d = 128 L (published models)",
    )
    return (
        _exact("L", text("couches", "layers"), layers, "", source),
        _exact("d", text("largeur", "width"), layers * _WIDTH_PER_LAYER, "", source),
    )


def _batch(need: ComputeNeed) -> tuple[Term, Term, Term]:
    """Return tokens, sequences at once and the size of a gigabyte."""
    context, batch = float(need.context_tokens or 0), float(need.batch_size or 0)
    gigabyte, unit = Between(1e9, 1e9), text("octets par Go", "bytes per GB")
    definition = text("définition", "definition")
    return (
        _exact("T", text("jetons de contexte", "context tokens"), context, "tokens", _GIVEN),
        _exact("B", text("séquences à la fois", "sequences at once"), batch, "", _GIVEN),
        Term("10^9", unit, gigabyte, "B/GB", definition, divides=True),
    )


def _activations(need: ComputeNeed) -> tuple[Formula, Formula]:
    """Return activations and logits of the sequences that are worked on at once."""
    kept = Term(
        "a",
        text("octets par jeton, couche et largeur", "bytes per token, layer and width"),
        _ACTIVATIONS,
        "B",
        text(
            "recalcul complet à aucun recalcul (Korthikanti et al. 2022)",
            "full to no recomputation (Korthikanti et al. 2022)",
        ),
    )
    logits = Term(
        "v",
        text("octets de logits par jeton", "bytes of logits per token"),
        _LOGITS,
        "B",
        text(
            "vocabulaires de 32 000 à 152 000, par morceaux ou entiers (connaissance générale)",
            "vocabularies of 32,000 to 152,000, in parts or whole (general knowledge)",
        ),
    )
    batch = _batch(need)
    return product((kept, *_shape(need), *batch), "GB"), product((logits, *batch), "GB")


def _cache(need: ComputeNeed) -> Formula:
    """Return keys and values of every layer, token and request; grouped-query attention shares."""
    # Caches are kept in 8 or 16 bits whatever the weights are, unless the job asks for more.
    size = Between(1, max(2.0, _BYTES_BY_PRECISION.get(need.precision or "", 2.0)))
    grouped = text(
        "têtes KV partagées, 1/8 à 1 (Ainslie et al. 2023)",
        "shared KV heads, 1/8 to 1 (Ainslie et al. 2023)",
    )
    heads = text("part des têtes KV", "share of KV heads")
    return product(
        (
            _exact("2", text("clés et valeurs", "keys and values"), 2, "", _GENERAL),
            *_shape(need),
            Term("g", heads, Between(1 / 8, 1), "", grouped),
            Term("b", text("octets par valeur", "bytes per value"), size, "B", _GENERAL),
            _WASTE,
            *_batch(need),
        ),
        "GB",
    )


def _exact(symbol: str, label: Text, value: float, unit: str, source: Text) -> Term:
    return Term(symbol, label, Between(value, value), unit, source)
