"""Comparing GPUs: what an hour on one model is worth on another, always as a range.

The table is a vocabulary of the curators, with a source for each row. The reference is one
hour of an H100 SXM: dense bf16 throughput times the share of it that training reaches in
practice, which differs by vendor. It serves ranking and price comparison only; a programme's
quota is checked in the programme's own unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from aiff_contracts.vocabulary import REFERENCE_GPU, folded_gpu
from aiff_matching.shared.intervals import Between

REFERENCE_MODEL = REFERENCE_GPU


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


@dataclass(frozen=True, slots=True)
class GpuTable:
    """The versioned table; models are found by any usual spelling."""

    version: str
    rows: tuple[GpuRow, ...]
    by_name: Mapping[str, GpuRow]

    @classmethod
    def of(cls, version: str, rows: tuple[GpuRow, ...]) -> "GpuTable":
        """Return the table of these rows."""
        names = {_folded(name): row for row in rows for name in (row.model, *row.aliases)}
        return cls(version, rows, names)

    def find(self, model: str | None) -> GpuRow | None:
        """Return the row of a model, None where the table does not know it."""
        return self.by_name.get(_folded(model)) if model else None

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
    return _folded(one) == _folded(other)


@lru_cache(4096)
def _folded(model: str) -> str:
    return folded_gpu(model)
