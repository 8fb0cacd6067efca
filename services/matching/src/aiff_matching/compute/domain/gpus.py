"""Comparing GPUs: what an hour on one model is worth on another, always as a range.

The table is a vocabulary of the curators, with a source for each row. The reference is one
hour of an H100 SXM: dense bf16 throughput times the share of it that training reaches in
practice, which differs by vendor. It serves ranking and price comparison only; a programme's
quota is checked in the programme's own unit.

A name is never passed over in silence: who asks learns which row it is, what it leaves open (an
A100 has 40, 64 or 80 GB), that a slice is no whole GPU, or which known names are the nearest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from aiff_contracts.gpu_names import MEMORIES, GpuName, folded_gpu, found_gpu, parse_gpu
from aiff_contracts.offer import Text
from aiff_contracts.vocabulary import REFERENCE_GPU
from aiff_matching.compute.domain.utilisation import UtilisationTable
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

REFERENCE_MODEL = REFERENCE_GPU
_NEAREST = 3
# A name of which more than half of the letters differ is no misspelling of another.
_LARGEST_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuRow:
    """One model.

    `tflops_bf16` is the dense peak; `utilisation` the share of it that training reaches, as
    published; `genci_factor` what one hour counts in GENCI's normalised hours, None where GENCI
    publishes nothing for the model.
    """

    model: str
    aliases: tuple[str, ...] = ()
    tflops_bf16: float
    utilisation_low: float
    utilisation_high: float
    genci_factor: float | None = None
    source: str

    def utilisation(self) -> float:
        """Return the middle of the range."""
        return (self.utilisation_low + self.utilisation_high) / 2

    def effective(self) -> Between:
        """Return the useful throughput in TFLOPS."""
        peak = self.tflops_bf16
        return Between(peak * self.utilisation_low, peak * self.utilisation_high)


@dataclass(frozen=True, slots=True, eq=False)
class GpuTable:
    """The versioned table; models are found by any usual spelling. Each is its own only equal."""

    version: str
    rows: tuple[GpuRow, ...]
    by_name: Mapping[str, GpuRow]
    utilisation: UtilisationTable

    @classmethod
    def of(
        cls, version: str, rows: tuple[GpuRow, ...], utilisation: UtilisationTable
    ) -> "GpuTable":
        """Return the table of these rows, beside the shares that work reaches on them."""
        names = {folded_gpu(name): row for row in rows for name in (row.model, *row.aliases)}
        return cls(version, rows, names, utilisation)

    def find(self, model: str | None) -> GpuRow | None:
        """Return the row of a model, None where the table does not know it."""
        return found_gpu(self.by_name, model) if model else None

    def converted(
        self, hours: Between, measured_on: str | None, runs_on: str | None
    ) -> Between | None:
        """Return the hours that work measured on one model takes on another.

        Equal or unnamed models leave the hours as measured. None where the table lacks one of
        two different models: nothing then says which is faster.
        """
        if not measured_on or not runs_on or same_model(measured_on, runs_on):
            return hours
        source, target = self.find(measured_on), self.find(runs_on)
        if source is None or target is None:
            return None
        if source is target:
            return hours
        work = source.tflops_bf16 * source.utilisation()
        speed = target.effective()
        return hours.scaled(work / speed.high, work / speed.low)


def same_model(one: str, other: str) -> bool:
    """Tell whether two spellings name one model."""
    return folded_gpu(one) == folded_gpu(other)


@dataclass(frozen=True, slots=True)
class Naming:
    """A name as given, what it says, the row that it means, and the nearest rows if none."""

    asked: str
    name: GpuName | None
    row: GpuRow | None
    nearest: tuple[str, ...]

    @property
    def sentence(self) -> Text | None:
        """Return what is to be said of the name, None where everything is clear."""
        if self.row is None:
            return self._slice() if self.name and self.name.part else self._unknown()
        sizes = MEMORIES.get(self.name.model, ()) if self.name else ()
        if self.name is None or self.name.memory_gb is not None or len(sizes) < 2:  # noqa: PLR2004  One size is known.
            return None
        shown = [f"{size:g}" for size in sizes]
        return text(
            f"{self.name.model} : mémoire non précisée ({', '.join(shown)} Go existent)",
            f"{self.name.model}: memory not given ({', '.join(shown)} GB exist)",
        )

    def _slice(self) -> Text:
        assert self.name is not None  # noqa: S101 - the caller asked.
        model = self.name.model
        return text(
            f"« {self.asked} » est une part d'un GPU {model} (MIG ou vGPU), pas un GPU entier : "
            "donnez les heures d'un GPU entier",
            f"“{self.asked}” is a part of a {model} GPU (MIG or vGPU), not a whole one: give the "
            "hours of a whole GPU",
        )

    def _unknown(self) -> Text:
        """Say that a name means nothing, or a GPU for which the table has no figures yet."""
        near = ", ".join(self.nearest)
        known = self.name is not None
        said_fr = "sans débit dans la table des GPU" if known else "inconnu"
        said_en = "has no throughput in the GPU table" if known else "is not known"
        return text(
            f"GPU « {self.asked} » {said_fr}"
            + (f" ; noms connus les plus proches : {near}" if near else "")
            + " ; la liste est le vocabulaire gpu_models",
            f"GPU “{self.asked}” {said_en}"
            + (f"; the nearest known names: {near}" if near else "")
            + "; the list is the vocabulary gpu_models",
        )


@lru_cache(maxsize=512)
def naming_of(model: str, table: GpuTable) -> Naming:
    """Return what a name means in a table."""
    name, row = parse_gpu(model), table.find(model)
    if row is not None:
        return Naming(model, name, row, ())
    if name is not None and name.part is not None:
        whole = table.find(name.canonical)
        return Naming(model, name, None, (whole.model,) if whole else ())
    return Naming(model, name, None, _nearest(model, table))


def _nearest(model: str, table: GpuTable) -> tuple[str, ...]:
    asked = folded_gpu(model)
    distances: dict[str, int] = {}
    for spelling, row in table.by_name.items():
        distance = edit_distance(asked, spelling)
        if distance <= _LARGEST_SHARE * max(len(asked), len(spelling)):
            distances[row.model] = min(distance, distances.get(row.model, distance))
    return tuple(sorted(distances, key=lambda one: (distances[one], one))[:_NEAREST])


def edit_distance(one: str, other: str) -> int:
    """Return how many letters must be put in, left out or exchanged (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        previous, row = row, [place]
        for column, its in enumerate(other, 1):
            cheapest = min(
                previous[column] + 1, row[-1] + 1, previous[column - 1] + (letter != its)
            )
            row.append(cheapest)
    return row[-1]
