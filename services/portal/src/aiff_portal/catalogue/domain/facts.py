"""The facts of each kind of offer, each with its words, its value and its origin."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aiff_contracts import labels
from aiff_contracts.sectors import SECTORS
from aiff_portal.catalogue.domain.provenance import Origin, Provenance
from aiff_portal.ui.domain.formats import Formats
from aiff_portal.ui.domain.language import LANGUAGES, Pair

Details = Mapping[str, Any]
# What a fact is called, its value in words, and its place in the offer.
Row = tuple[Pair, str | None, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; `value` None is not published."""

    label: str
    value: str | None
    origin: Origin


def facts_of(offer: Mapping[str, Any], provenance: Provenance, formats: Formats) -> list[Fact]:
    """Return the facts of an offer: those that all kinds have, then those of its kind."""
    of_kind = _BY_KIND[offer["kind"]]
    rows = [*_common(offer, formats), *of_kind(offer["details"], formats)]
    place = LANGUAGES.index(formats.language)
    return [Fact(names[place], value, provenance.of(pointer)) for names, value, pointer in rows]


def support_of(offer: Mapping[str, Any], provenance: Provenance, formats: Formats) -> list[Fact]:
    """Return the facts about support; all unknown where the offer says nothing of it."""
    support = offer["support"] or dict.fromkeys(labels.SUPPORT)
    written: dict[str, Callable[[Any], str | None]] = {
        "languages": formats.tongues,
        "channels": lambda codes: formats.labels(labels.CHANNELS, codes),
        "first_reply_hours": formats.number,
        "engineer_hours_included": formats.number,
    }
    return [
        Fact(
            formats.label(labels.SUPPORT, name) or name,
            written.get(name, formats.yes_no)(support[name]),
            provenance.of(f"/support/{name}"),
        )
        for name in labels.SUPPORT
    ]


def sovereignty_of(
    offer: Mapping[str, Any], provenance: Provenance, formats: Formats
) -> list[Fact]:
    """Return the facts about where data lies and which law reaches it."""
    place = LANGUAGES.index(formats.language)
    rows = _sovereignty(offer["details"]["sovereignty"], formats)
    return [Fact(names[place], value, provenance.of(pointer)) for names, value, pointer in rows]


def stated(code: str | None) -> str | None:
    """Return a code, None where it says that nothing is known."""
    return None if code == "unknown" else code


def delay_text(delay: Mapping[str, Any] | None, formats: Formats) -> str | None:
    """Return how long a decision takes, in words."""
    if delay is None:
        return None
    least, most = delay["minimum"], delay["maximum"]
    count = f"{least}\u2013{most}" if least is not None and least != most else f"{most}"
    unit = (formats.label(labels.DELAY_UNITS, delay["unit"]) or "").lower()
    return f"{count} {unit}"


def _common(offer: Mapping[str, Any], formats: Formats) -> Iterator[Row]:
    audience = formats.labels(labels.AUDIENCES, offer["audience"])
    yield ("Public visé", "Audience"), audience, "/audience"
    yield ("Territoire", "Territory"), formats.territories(offer["territories"]), "/territories"
    yield ("Secteurs", "Sectors"), formats.labels(SECTORS, offer["sectors"]), "/sectors"
    yield ("Stades", "Stages"), formats.labels(labels.STAGES, offer["stages"]), "/stages"
    yield ("Langues", "Languages"), formats.tongues(offer["languages"]), "/languages"


def _compute(details: Details, formats: Formats) -> Iterator[Row]:
    nature = formats.label(labels.COMPUTE_NATURES, details["nature"])
    status = formats.label(labels.COMPUTE_STATUSES, stated(details["status"]))
    yield ("Nature", "Nature"), nature, "/details/nature"
    yield ("État", "State"), status, "/details/status"
    if details["nature"] in ("machine", "cloud"):
        yield from _hardware(details, formats)


def _hardware(details: Details, formats: Formats) -> Iterator[Row]:
    gpu = details["gpu"] or {}
    number = formats.number
    yield ("GPU", "GPU"), gpu.get("model"), "/details/gpu/model"
    memory = _with_unit(number(gpu.get("memory_gb")), ("Go", "GB"), formats)
    yield ("Mémoire par GPU", "Memory per GPU"), memory, "/details/gpu/memory_gb"
    yield ("Nombre de GPU", "Number of GPUs"), number(gpu.get("count")), "/details/gpu/count"
    per_node = number(gpu.get("per_node"))
    yield ("GPU par nœud", "GPUs per node"), per_node, "/details/gpu/per_node"
    stack = formats.label(labels.STACKS, gpu.get("stack"))
    yield ("Pile logicielle", "Software stack"), stack, "/details/gpu/stack"
    if details["nature"] == "machine":
        yield ("Nœuds", "Nodes"), number(details["nodes"]), "/details/nodes"
        yield ("Réseau interne", "Interconnect"), details["interconnect"], "/details/interconnect"
    largest = number(details["largest_job_gpus"])
    yield ("Plus grand travail (GPU)", "Largest job (GPUs)"), largest, "/details/largest_job_gpus"


def _training(details: Details, formats: Formats) -> Iterator[Row]:
    levels = formats.labels(labels.LEVELS, details["levels"])
    yield ("Niveau", "Level"), levels, "/details/levels"
    modality = formats.label(labels.MODALITIES, details["modality"])
    yield ("Format", "Format"), modality, "/details/modality"
    hours = _with_unit(formats.number(details["duration_hours"]), ("heures", "hours"), formats)
    yield ("Durée", "Duration"), hours, "/details/duration_hours"
    practice = formats.yes_no(details["hands_on"])
    yield ("Pratique", "Hands-on"), practice, "/details/hands_on"
    certificate = formats.yes_no(details["certificate"])
    yield ("Attestation", "Certificate"), certificate, "/details/certificate"
    before = ", ".join(details["prerequisites"]) or None
    yield ("Prérequis", "Prerequisites"), before, "/details/prerequisites"


def _funding(details: Details, formats: Formats) -> Iterator[Row]:
    months = _with_unit(formats.number(details["duration_months"]), ("mois", "months"), formats)
    delay = delay_text(details["decision_delay"], formats)
    yield ("Délai de décision", "Decision delay"), delay, "/details/decision_delay"
    yield ("Durée du projet", "Length of the project"), months, "/details/duration_months"
    least = formats.money(details["project_cost_minimum"])
    yield ("Projet d'au moins", "Project of at least"), least, "/details/project_cost_minimum"
    most = formats.money(details["project_cost_maximum"])
    yield ("Projet d'au plus", "Project of at most"), most, "/details/project_cost_maximum"


def _incubation(details: Details, formats: Formats) -> Iterator[Row]:
    selection = formats.label(labels.SELECTIONS, details["selection"])
    yield ("Sélection", "Selection"), selection, "/details/selection"
    weeks = _with_unit(formats.number(details["duration_weeks"]), ("semaines", "weeks"), formats)
    yield ("Durée", "Duration"), weeks, "/details/duration_weeks"
    size = formats.number(details["cohort_size"])
    yield ("Taille d'une promotion", "Size of a cohort"), size, "/details/cohort_size"
    equity = details["equity"]
    share = formats.label(labels.EQUITY_BASES, stated(equity["basis"]))
    if equity["percent"] is not None:
        share = f"{share} ({formats.percent(equity['percent'] / 100)})"
    yield ("Part du capital", "Share of the company"), share, "/details/equity"
    yield ("Lieu", "Place"), details["location"], "/details/location"
    modality = formats.label(labels.MODALITIES, details["modality"])
    yield ("Format", "Format"), modality, "/details/modality"


def _expertise(details: Details, formats: Formats) -> Iterator[Row]:
    service = formats.label(labels.SERVICES, details["service"])
    yield ("Service", "Service"), service, "/details/service"
    hours = formats.number(details["engineer_hours"])
    yield ("Heures d'ingénieur", "Engineer hours"), hours, "/details/engineer_hours"
    weeks = _with_unit(formats.number(details["duration_weeks"]), ("semaines", "weeks"), formats)
    yield ("Durée", "Duration"), weeks, "/details/duration_weeks"
    modality = formats.label(labels.MODALITIES, details["modality"])
    yield ("Format", "Format"), modality, "/details/modality"
    yield ("Lieu", "Place"), details["location"], "/details/location"


def _resource(details: Details, formats: Formats) -> Iterator[Row]:
    kind = formats.label(labels.RESOURCE_TYPES, details["resource"])
    yield ("Ressource", "Resource"), kind, "/details/resource"
    access = formats.label(labels.ACCESSES, details["access"])
    yield ("Accès", "Access"), access, "/details/access"
    yield ("Licence", "Licence"), details["licence"], "/details/licence"
    yield ("Taille", "Size"), formats.text(details["size"]), "/details/size"
    terms = formats.text(details["terms"])
    yield ("Conditions d'usage", "Terms of use"), terms, "/details/terms"


def _network(details: Details, formats: Formats) -> Iterator[Row]:
    network = formats.label(labels.NETWORKS, details["network"])
    yield ("Nature", "Nature"), network, "/details/network"
    yield ("Pays", "Countries"), formats.countries(details["countries"]), "/details/countries"
    systems = ", ".join(details["systems"]) or None
    yield ("Machines", "Machines"), systems, "/details/systems"


def _sovereignty(facets: Mapping[str, Any], formats: Formats) -> Iterator[Row]:
    at = "/details/sovereignty"
    places = formats.countries(facets["data_locations"])
    yield ("Lieu des données", "Place of the data"), places, f"{at}/data_locations"
    seat = _country(facets["operator_hq"], formats)
    yield ("Siège de l'opérateur", "Operator's seat"), seat, f"{at}/operator_hq"
    owner = _country(facets["ultimate_owner"], formats)
    yield ("Propriétaire ultime", "Ultimate owner"), owner, f"{at}/ultimate_owner"
    law = formats.label(labels.EXPOSURES, stated(facets["non_eu_law_exposure"]))
    names = ("Exposition à un droit extra-européen", "Exposure to non-EU law")
    yield names, law, f"{at}/non_eu_law_exposure"
    use = formats.label(labels.USES, stated(facets["permitted_use"]))
    yield ("Usages permis", "Permitted use"), use, f"{at}/permitted_use"
    seal = formats.number(facets["seal_level"])
    yield ("Niveau SEAL (0 à 4)", "SEAL level (0 to 4)"), seal, f"{at}/seal_level"


def _country(code: str | None, formats: Formats) -> str | None:
    return None if code is None else formats.countries((code,))


def _with_unit(number: str | None, unit: Pair, formats: Formats) -> str | None:
    return None if number is None else f"{number} {unit[LANGUAGES.index(formats.language)]}"


_BY_KIND: Mapping[str, Callable[[Details, Formats], Iterator[Row]]] = {
    "compute": _compute,
    "training": _training,
    "funding": _funding,
    "incubation": _incubation,
    "expertise": _expertise,
    "resource": _resource,
    "network": _network,
}
