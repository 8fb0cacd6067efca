"""The GPU table, made of the vocabulary's entries; the first edition comes with the package."""

from collections.abc import Iterable
from threading import Lock

from sqlalchemy import Engine, select

from aiff_contracts.codec import parse_json
from aiff_contracts.packaged import GPU_TABLE_VERSION, packaged_entries
from aiff_contracts.vocabulary import GpuFigures, VocabularyEntry
from aiff_matching.compute.adapters.utilisation_table import packaged_utilisation
from aiff_matching.compute.application import GPU_MODELS
from aiff_matching.compute.domain.gpus import GpuRow, GpuTable
from aiff_matching.shared.tables import vocabulary


class SqlLiveGpus:
    """Looks for a new edition when the catalogue has another revision, and reads it once."""

    def __init__(self, engine: Engine) -> None:
        """Begin with the packaged table, which is the first edition."""
        self._engine = engine
        self._lock = Lock()
        self._held = (1, packaged_gpu_table())
        self._looked_at: int | None = None

    def at(self, revision: int) -> GpuTable:
        """Return the table of the newest edition that a revision of the catalogue knows."""
        if revision != self._looked_at:
            self._renew()
            self._looked_at = revision
        return self._held[1]

    def _renew(self) -> None:
        wanted = vocabulary.c.name == GPU_MODELS
        with self._engine.connect().execution_options(read_only=True) as connection:
            edition = connection.execute(select(vocabulary.c.edition).where(wanted)).scalar()
            if edition is None or edition == self._held[0]:
                return
            row = connection.execute(select(vocabulary).where(wanted)).one()
        table = gpu_table(
            f"{row.published_at:%Y-%m-%d}.{row.edition}",
            parse_json(tuple[VocabularyEntry, ...], row.entries),
        )
        with self._lock:
            if row.edition > self._held[0]:
                self._held = (row.edition, table)


def packaged_gpu_table() -> GpuTable:
    """Return the table of the first edition; Faults where the file is wrong."""
    return gpu_table(GPU_TABLE_VERSION, packaged_entries("gpu_models"))


def gpu_table(version: str, entries: Iterable[VocabularyEntry]) -> GpuTable:
    """Return the table of an edition's entries; one without figures tells nothing."""
    rows = (_row(entry, entry.gpu) for entry in entries if entry.gpu is not None)
    return GpuTable.of(version, tuple(rows), packaged_utilisation())


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
