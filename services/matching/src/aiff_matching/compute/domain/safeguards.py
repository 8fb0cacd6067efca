"""Data class, data location, permitted use and sovereignty of a compute offer for a need."""

from collections.abc import Iterable, Iterator
from datetime import date

from aiff_contracts.offer import ComputeDetails, SovereigntyFacets, Text
from aiff_contracts.territory import canonical_or_none, contains
from aiff_matching.compute.domain.sovereignty import PRESET_NAMES, european, held, meets
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.verdicts import Check
from aiff_matching.shared.bilingual import text

_HEALTH = text(
    "Données de santé : hébergement certifié HDS couvrant ce service",
    "Health data: hosting certified HDS that covers this service",
)
_PERSONAL = text(
    "Données personnelles : hébergement dans l'UE ou l'EEE",
    "Personal data: hosting in the EU or EEA",
)
_SECRET = text(
    "Données confidentielles : à convenir avec l'opérateur",
    "Confidential data: to be agreed with the operator",
)
_USES = {"civil": 0, "dual": 1, "defence": 2}
_USE_FR = {"civil": "civil", "dual": "dual", "defence": "de défense"}
_USE_EN = {"civil": "civil", "dual": "dual", "defence": "defence"}


def checks(details: ComputeDetails, need: ComputeNeed, today: date) -> Iterator[Check]:
    """Yield what must hold about data and use; a doubt remains a condition to confirm."""
    facets = details.sovereignty
    yield from _data_class(facets, need, today)
    yield from _locations(facets, need)
    yield from _use(facets, need)
    if need.sovereignty != "none":
        french, english = PRESET_NAMES[need.sovereignty]
        sentence = text(f"Souveraineté : {french}", f"Sovereignty: {english}")
        yield Check("sovereignty", meets(need.sovereignty, facets, today), sentence)


def _data_class(facets: SovereigntyFacets, need: ComputeNeed, today: date) -> Iterator[Check]:
    match need.data_class:
        case "health":
            truth = max(held(facets.certifications, "HDS", today, gpu=True), Truth.UNKNOWN)
            yield _condition("health_data", truth, _HEALTH)
        case "personal":
            places = (european(place) for place in facets.data_locations or ())
            yield _condition("personal_data", _some_or_all(places), _PERSONAL)
        case "secret":
            yield _condition("secret_data", Truth.UNKNOWN, _SECRET)
        case _:
            return


def _locations(facets: SovereigntyFacets, need: ComputeNeed) -> Iterator[Check]:
    if need.data_locations is None:
        return
    allowed = ", ".join(need.data_locations)
    offered = facets.data_locations
    inside = [_inside(need.data_locations, place) for place in offered or ()]
    truth = _some_or_all(inside)
    locations = ", ".join(offered) if offered else "?"
    several = truth is Truth.UNKNOWN and Truth.TRUE in inside
    choose_fr, choose_en = (", au choix", ", to be chosen") if several else ("", "")
    sentence = text(
        f"Données conservées dans : {allowed} (ici : {locations}{choose_fr})",
        f"Data kept in: {allowed} (here: {locations}{choose_en})",
    )
    yield _condition("data_locations", truth, sentence)


def _some_or_all(places: Iterable[Truth]) -> Truth:
    """Return whether data stays where it may: with several places, some of which fit, one chooses.

    No place is named: UNKNOWN.
    """
    truths = list(places) or [Truth.UNKNOWN]
    return Truth.UNKNOWN if max(truths) > min(truths) else truths[0]


def _inside(allowed: tuple[str, ...], place: str) -> Truth:
    """Return whether a place is allowed; a coarser one (EU for FR) leaves a doubt."""
    inner = canonical_or_none(place)
    outers = [code for code in map(canonical_or_none, allowed) if code is not None]
    if inner is None or not outers:
        return Truth.UNKNOWN
    if any(contains(outer, inner) for outer in outers):
        return Truth.TRUE
    return Truth(any(contains(inner, outer) for outer in outers))


def _use(facets: SovereigntyFacets, need: ComputeNeed) -> Iterator[Check]:
    # A civil use is admitted everywhere; the question is who admits more than that.
    if need.permitted_use is None or need.permitted_use == "civil":
        return
    truth = Truth.UNKNOWN
    if facets.permitted_use != "unknown":
        truth = Truth(2 * (_USES[need.permitted_use] <= _USES[facets.permitted_use]))
    sentence = text(
        f"Usage {_USE_FR[need.permitted_use]} admis",
        f"{_USE_EN[need.permitted_use].capitalize()} use allowed",
    )
    yield _condition("permitted_use", truth, sentence)


def _condition(code: str, truth: Truth, sentence: Text) -> Check:
    return Check(code, truth, sentence, blocking=False)
