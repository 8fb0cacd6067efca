"""Sovereignty presets over the facets of an offer. Unknown never passes a preset."""

from dataclasses import dataclass
from datetime import date

from aiff_contracts.offer import Certification, SovereigntyFacets
from aiff_contracts.territory import canonical_or_none, contains
from aiff_matching.profiles.domain.need import Preset
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.intervals import Between

LADDER: tuple[Preset, ...] = ("eu_hosted", "eu_controlled", "sovereign_strict")
# The European Economic Area is the Union and these three states.
_EEA_BESIDE_EU = frozenset(("NO", "IS", "LI"))
_STRICT_SEAL = 3
PRESET_NAMES: dict[Preset, tuple[str, str]] = {
    "none": ("aucune exigence", "no requirement"),
    "eu_hosted": ("hébergé dans l'UE ou l'EEE", "hosted in the EU or EEA"),
    "eu_controlled": (
        "hébergé et détenu dans l'UE ou l'EEE, sans exposition connue à un droit extérieur",
        "hosted and owned in the EU or EEA, with no known exposure to other law",
    ),
    "sovereign_strict": (
        "opérateur public européen, SecNumCloud couvrant les GPU, ou niveau SEAL 3",
        "European public operator, SecNumCloud that covers the GPUs, or SEAL level 3",
    ),
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet that a preset asks about, and whether it holds."""

    name: str
    truth: Truth


# A route is a set of facets that must all hold; a preset is met by any one of its routes.
Route = tuple[Facet, ...]


def routes(preset: Preset, facets: SovereigntyFacets, today: date) -> tuple[Route, ...]:
    """Return how an offer stands on each route to a preset; empty where nothing is asked."""
    hosted = Facet("data_locations", hosted_in_europe(facets))
    safe = Facet("non_eu_law_exposure", _safe(facets))
    match preset:
        case "none":
            return ()
        case "eu_hosted":
            return ((hosted,),)
        case "eu_controlled":
            return ((hosted, Facet("ultimate_owner", european(facets.ultimate_owner)), safe),)
        case "sovereign_strict":
            public = Facet("operator_type", _public(facets))
            operator = Facet("operator_hq", european(facets.operator_hq))
            return (
                (public, operator, hosted, safe),
                (
                    Facet(
                        "SecNumCloud", held(facets.certifications, "SecNumCloud", today, gpu=True)
                    ),
                ),
                (Facet("seal_level", _sealed(facets)),),
            )


def meets(preset: Preset, facets: SovereigntyFacets, today: date) -> Truth:
    """Return whether an offer meets a preset on a day; missing facets give UNKNOWN."""
    ways = [min(facet.truth for facet in route) for route in routes(preset, facets, today)]
    return max(ways, default=Truth.TRUE)


def shortfall(facets: SovereigntyFacets, today: date) -> Between:
    """Return how many of the three presets are not met; an unknown one widens the range."""
    truths = [meets(preset, facets, today) for preset in LADDER]
    failed = truths.count(Truth.FALSE)
    return Between(failed, failed + truths.count(Truth.UNKNOWN))


def hosted_in_europe(facets: SovereigntyFacets) -> Truth:
    """Return whether data stays in the Union or the EEA."""
    if not facets.data_locations:
        return Truth.UNKNOWN
    return min(european(code) for code in facets.data_locations)


def held(
    certifications: tuple[Certification, ...], scheme: str, today: date, *, gpu: bool
) -> Truth:
    """Return whether a certificate is held, in date and (with `gpu`) covers the GPU service.

    A certificate that is not listed, has no end date or an unstated scope is UNKNOWN.
    """
    found = [in_force(entry, today, gpu=gpu) for entry in certifications if entry.scheme == scheme]
    return max(found, default=Truth.UNKNOWN)


def in_force(entry: Certification, today: date, *, gpu: bool) -> Truth:
    """Return whether one certificate is held, in date and (with `gpu`) covers the GPU service."""
    ended = entry.valid_to is not None and entry.valid_to < today
    begins_later = entry.valid_from is not None and entry.valid_from > today
    if entry.state != "held" or ended or begins_later or (gpu and entry.covers_gpu is False):
        return Truth.FALSE
    stated = entry.valid_to is not None and (entry.covers_gpu is True or not gpu)
    return Truth.TRUE if stated else Truth.UNKNOWN


def european(code: str | None) -> Truth:
    """Return whether a territory lies in the Union or the EEA; UNKNOWN where it is not stated."""
    known = canonical_or_none(code) if code else None
    if known is None:
        return Truth.UNKNOWN
    return Truth.TRUE if known in _EEA_BESIDE_EU or contains("EU", known) else Truth.FALSE


def _safe(facets: SovereigntyFacets) -> Truth:
    match facets.non_eu_law_exposure:
        case "none_known":
            return Truth.TRUE
        case "unknown":
            return Truth.UNKNOWN
        case _:
            return Truth.FALSE


def _public(facets: SovereigntyFacets) -> Truth:
    kind = facets.operator_type
    return Truth.UNKNOWN if kind is None else Truth(2 * (kind == "public"))


def _sealed(facets: SovereigntyFacets) -> Truth:
    if facets.seal_level is None:
        return Truth.UNKNOWN
    return Truth(2 * (facets.seal_level >= _STRICT_SEAL))
