"""Which share of a GPU's peak a kind of work reaches, as published runs show it.

The table is fitted on one half of the families of published trainings and ships with the
package (docs/estimates.md shows it with its sources). A row is a kind of work on a family of
GPUs: the share that a run reaches lies between its ends in about nine of ten published cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aiff_contracts.gpu_names import parse_gpu
from aiff_contracts.offer import Text
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

Work = Literal[
    "pretraining", "continued_pretraining", "full_finetune", "lora", "qlora", "inference"
]
# The family whose rows stand in for a GPU of which no run is published.
REFERENCE_FAMILY = "hopper"


@dataclass(frozen=True, slots=True, kw_only=True)
class UtilisationRow:
    """One class: the share of the dense bf16 peak, and on how many facts of how many models."""

    work: Work
    mixture: bool
    family: str
    low: float
    middle: float
    high: float
    runs: int
    models: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuFamily:
    """GPUs that reach like shares, measured on the `anchor`, a row of the GPU table.

    The share falls with the tokens per active parameter to the power of `slope`: small models
    trained for long give a fast GPU too little to do between two exchanges.
    """

    name: str
    anchor: str
    models: tuple[str, ...]
    slope: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtraining:
    """The tokens per parameter at which the rows hold, and between which the slope does."""

    at: float
    least: float
    most: float

    def factor(self, tokens: float, parameters: float, slope: float) -> float:
        """Return how many times more hours this many tokens per parameter take."""
        ratio = min(max(tokens / parameters, self.least), self.most)
        return float((ratio / self.at) ** slope)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortSequences:
    """Sequences up to this many tokens, one a step, reach down to this part of the low end."""

    most_tokens: int
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamShare:
    """The share of the memory's bandwidth that one stream reaches alone, on `facts` facts."""

    quantised: bool
    low: float
    high: float
    facts: int


@dataclass(frozen=True, slots=True)
class Utilisation:
    """The share that a kind of work reaches on a GPU, and the row that says so.

    `family` None: no run on this kind of GPU is published, the ends are therefore wider.
    """

    share: Between
    row: UtilisationRow
    family: GpuFamily | None
    version: str

    @property
    def sentence(self) -> Text:
        """Return in words what the share rests on."""
        facts_fr = f"{self.row.runs} faits publiés de {self.row.models} modèles"
        facts_en = f"{self.row.runs} published facts of {self.row.models} models"
        if not self.row.runs:
            facts_fr = "aucun fait publié de cette classe, valeur déduite des autres"
            facts_en = "no published fact of this class, a value drawn from the others"
        other_fr = "" if self.family else " ; aucun fait publié sur ce GPU : bornes élargies"
        other_en = "" if self.family else "; no published fact on this GPU: wider ends"
        return text(
            f"table d'utilisation {self.version} : {facts_fr}{other_fr}",
            f"utilisation table {self.version}: {facts_en}{other_en}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UtilisationTable:
    """The table as it ships; `wider` widens both ends where a GPU has no published run."""

    version: str
    rows: Mapping[tuple[str, bool, str], UtilisationRow]
    families: tuple[GpuFamily, ...]
    overtraining: Overtraining
    short: ShortSequences
    wider: float
    streams: tuple[StreamShare, ...]
    bandwidths: Mapping[str, float]

    def family_of(self, model: str) -> GpuFamily | None:
        """Return the family of a row of the GPU table, None where no run on it is published."""
        parsed = parse_gpu(model)
        name = parsed.model if parsed else model
        return next((family for family in self.families if name in family.models), None)

    def named(self, name: str) -> GpuFamily:
        """Return a family by its name."""
        return next(family for family in self.families if family.name == name)

    def row(self, work: Work, *, mixture: bool, family: str) -> UtilisationRow:
        """Return the row of a class."""
        return self.rows[(work, mixture, family)]
