"""What two published offers of one kind have in common, told to whoever reads one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aiff_contracts.labels import INSTRUMENTS, KINDS
from aiff_contracts.sectors import SECTORS

Json = Mapping[str, Any]
ReasonCode = Literal["kind", "provider", "gpu", "instrument", "topics", "sectors"]
# Shares of what offers have in common; what is close in its text counts as much as all of them.
_WEIGHTS: Mapping[ReasonCode, float] = {
    "kind": 0.0,
    "provider": 0.2,
    "gpu": 0.3,
    "instrument": 0.2,
    "topics": 0.2,
    "sectors": 0.1,
}
_LABELS: Mapping[ReasonCode, tuple[str, str]] = {
    "kind": ("même type d'offre", "same kind of offer"),
    "provider": ("même fournisseur", "same provider"),
    "gpu": ("même famille de GPU", "same family of GPUs"),
    "instrument": ("même instrument", "same instrument"),
    "topics": ("sujets communs", "shared topics"),
    "sectors": ("secteurs communs", "shared sectors"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that two offers have in common, with its values, in words."""

    code: ReasonCode
    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Similarity:
    """How similar an offer is, from 0 to 1, and why."""

    score: float
    reasons: tuple[Reason, ...]


def similarity(one: Json, other: Json, nearness: float) -> Similarity:
    """Return what two documents of a kind share; `nearness` in [0, 1] is how close the texts are.

    What one of them does not state is not shared; it is no difference either.
    """
    reasons = tuple(
        _reason(code, shared)
        for code, values in _stated(one).items()
        if (shared := {key: values[key] for key in values if key in _stated(other)[code]})
    )
    common = sum(_WEIGHTS[reason.code] for reason in reasons)
    return Similarity(round((nearness + common) / 2, 4), reasons)


def _reason(code: ReasonCode, shared: Mapping[str, tuple[str, str]]) -> Reason:
    french, english = (
        ", ".join(dict.fromkeys(words[place] for words in shared.values())) for place in (0, 1)
    )
    label = _LABELS[code]
    return Reason(code, f"{label[0]} : {french}", f"{label[1]}: {english}")


def _stated(document: Json) -> Mapping[ReasonCode, Mapping[str, tuple[str, str]]]:
    """Return what can be shared, each value with its words in French and English."""
    details, kind = document["details"], document["kind"]
    instruments = [one["instrument"] for one in details.get("components") or ()]
    topics = [*document["keywords"], *(details.get("topics") or ())]
    sectors = [one for one in document["sectors"] or () if one != "any"]
    return {
        "kind": {kind: KINDS[kind]},
        "provider": _providers(document),
        "gpu": _gpu_family(details.get("gpu")),
        "instrument": {one: INSTRUMENTS[one] for one in instruments},
        "topics": {one.casefold(): (one, one) for one in topics},
        "sectors": {one: SECTORS.get(one, (one, one)) for one in sectors},
    }


def _providers(document: Json) -> Mapping[str, tuple[str, str]]:
    names = {one["slug"]: one["name"] for one in document["organisation_details"]}
    provided = [
        one["organisation"] for one in document["organisations"] if one["role"] == "provider"
    ]
    return {slug: (names[slug], names[slug]) for slug in provided}


def _gpu_family(gpu: Json | None) -> Mapping[str, tuple[str, str]]:
    if gpu is None:
        return {}
    family = gpu["model"].upper().partition("-")[0]
    return {family: (family, family)}
