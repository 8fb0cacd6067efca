"""Entries of the vocabularies that curators keep: one shape for words, GPU models and synonyms."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Gt, Le, MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import Text

OpenVocabulary = Literal["gpu_models", "search_synonyms"]
# One hour on this model is the unit in which hours on all others are compared.
REFERENCE_GPU = "H100-SXM"

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST_LABEL = 200
_Positive = Annotated[float, Gt(0)]
_Share = Annotated[float, Gt(0), Le(1)]
_Alias = Annotated[str, MinLen(1), MaxLen(80)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuFigures(Strict):
    """What an hour on a GPU model is worth.

    `tflops_bf16` is the dense peak; `utilisation` the share of it that training reaches, as
    published; `genci_factor` what one hour counts in GENCI's normalised hours, None where GENCI
    publishes nothing for the model.
    """

    tflops_bf16: _Positive
    utilisation_low: _Share
    utilisation_high: _Share
    genci_factor: _Positive | None = None

    def __post_init__(self) -> None:
        """Refuse a range whose ends are swapped."""
        if self.utilisation_low > self.utilisation_high:
            message = "utilisation_low is above utilisation_high"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyEntry(Strict):
    """One entry: a stable code, its words in both languages, and who says so.

    `aliases` are other spellings that mean the same; a code that goes can live on as one.
    """

    code: Annotated[str, MinLen(1), MaxLen(60)]
    label: Text
    source: Annotated[str, MinLen(2), MaxLen(500)]
    aliases: Annotated[tuple[_Alias, ...], MaxLen(40)] = ()
    gpu: GpuFigures | None = None

    def __post_init__(self) -> None:
        """Refuse what is no code and words that no form can show."""
        if not _CODE.fullmatch(self.code):
            message = f"{self.code!r} is no code: use letters, digits, dots, hyphens, underscores"
            raise ValueError(message)
        if max(len(self.label.fr), len(self.label.en)) > _LONGEST_LABEL:
            message = f"a label has at most {_LONGEST_LABEL} characters"
            raise ValueError(message)

    @property
    def terms(self) -> tuple[str, ...]:
        """Every word or phrase that means this entry, each once."""
        return tuple(dict.fromkeys((self.label.fr, self.label.en, *self.aliases)))
