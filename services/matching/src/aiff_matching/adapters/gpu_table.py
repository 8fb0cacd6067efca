"""The GPU table, made of the vocabulary's entries; the first edition comes with the package."""

from collections.abc import Iterable

from aiff_contracts.packaged import GPU_TABLE_VERSION, packaged_entries
from aiff_contracts.vocabulary import GpuFigures, VocabularyEntry
from aiff_matching.domain.gpus import GpuRow, GpuTable


def packaged_gpu_table() -> GpuTable:
    """Return the table of the first edition; Faults where the file is wrong."""
    return gpu_table(GPU_TABLE_VERSION, packaged_entries("gpu_models"))


def gpu_table(version: str, entries: Iterable[VocabularyEntry]) -> GpuTable:
    """Return the table of an edition's entries; one without figures tells nothing."""
    rows = (_row(entry, entry.gpu) for entry in entries if entry.gpu is not None)
    return GpuTable.of(version, tuple(rows))


def _row(entry: VocabularyEntry, figures: GpuFigures) -> GpuRow:
    return GpuRow(
        model=entry.code,
        aliases=entry.aliases,
        tflops_bf16=figures.tflops_bf16,
        utilisation_low=figures.utilisation_low,
        utilisation_high=figures.utilisation_high,
        genci_factor=figures.genci_factor,
        source=entry.source,
    )
