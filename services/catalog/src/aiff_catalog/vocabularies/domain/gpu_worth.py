"""What an hour on a GPU is worth in hours of the reference model, as rankings compare them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aiff_catalog.vocabularies.domain.rules import by_spelling
from aiff_catalog.vocabularies.domain.vocabulary import Entries
from aiff_contracts.gpu_names import found_gpu
from aiff_contracts.vocabulary import REFERENCE_GPU, GpuFigures, VocabularyEntry

_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthChange:
    """A model that offers use, and its worth in two editions; None where it is not known."""

    model: str
    before: float | None
    after: float | None
    offers: tuple[str, ...]


def worth_changes(
    before: Entries, after: Entries, users: Mapping[str, Sequence[str]]
) -> Iterator[WorthChange]:
    """Return the models in use whose worth differs: a new reference changes that of all."""
    old, new = by_spelling("gpu_models", before), by_spelling("gpu_models", after)
    for model, slugs in users.items():
        change = WorthChange(
            model=model, before=_worth(old, model), after=_worth(new, model), offers=tuple(slugs)
        )
        if change.before != change.after:
            yield change


def _worth(table: Mapping[str, VocabularyEntry], model: str) -> float | None:
    """Return dense bf16 peak times the middle of the utilisation, over that of the reference."""
    gpu, reference = (found_gpu(table, one) for one in (model, REFERENCE_GPU))
    if gpu is None or reference is None or gpu.gpu is None or reference.gpu is None:
        return None
    return round(_useful(gpu.gpu) / _useful(reference.gpu), _DIGITS)


def _useful(gpu: GpuFigures) -> float:
    return gpu.tflops_bf16 * (gpu.utilisation_low + gpu.utilisation_high) / 2
