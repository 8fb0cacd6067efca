"""The GPU table that comes with the package."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated

from annotated_types import MinLen

from aiff_contracts.codec import parse_json
from aiff_contracts.language import Strict
from aiff_matching.domain.gpus import GpuRow, GpuTable


@dataclass(frozen=True, slots=True, kw_only=True)
class _File(Strict):
    version: Annotated[str, MinLen(1)]
    rows: Annotated[tuple[GpuRow, ...], MinLen(1)]


def packaged_gpu_table() -> GpuTable:
    """Return the table; Faults where the file is wrong."""
    raw = files("aiff_matching.adapters").joinpath("gpus.json").read_bytes()
    file = parse_json(_File, raw)
    return GpuTable.of(file.version, file.rows)
