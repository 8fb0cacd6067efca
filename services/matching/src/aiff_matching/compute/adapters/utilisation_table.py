"""The utilisation table that ships with the package; `bench/compute/calibration.py` makes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aiff_contracts.codec import parse_json
from aiff_contracts.gpu_names import folded_gpu
from aiff_contracts.language import Strict
from aiff_matching.compute.domain.utilisation import (
    GpuFamily,
    Overtraining,
    ShortSequences,
    StreamShare,
    UtilisationRow,
    UtilisationTable,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _File(Strict):
    version: str
    families: tuple[GpuFamily, ...]
    overtraining: Overtraining
    short: ShortSequences
    wider: float
    streams: tuple[StreamShare, ...]
    rows: tuple[UtilisationRow, ...]


@cache
def packaged_utilisation() -> UtilisationTable:
    """Return the table; Faults where the file is wrong."""
    file = parse_json(_File, _packaged("utilisation.json"))
    return UtilisationTable(
        version=file.version,
        rows={(row.work, row.mixture, row.family): row for row in file.rows},
        families=file.families,
        overtraining=file.overtraining,
        short=file.short,
        wider=file.wider,
        streams=file.streams,
        bandwidths=packaged_bandwidths(),
    )


@cache
def packaged_bandwidths() -> Mapping[str, float]:
    """Return the memory bandwidth in GB/s by folded name, as the makers' data sheets state it."""
    rows = parse_json(dict[str, float], _packaged("bandwidths.json"))
    return {folded_gpu(name): bandwidth for name, bandwidth in rows.items()}


def _packaged(name: str) -> bytes:
    return files("aiff_matching.compute").joinpath("data", name).read_bytes()
