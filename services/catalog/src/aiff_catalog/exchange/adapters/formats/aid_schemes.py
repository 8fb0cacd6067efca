"""Offers by the French table schema for aid schemes, version 0.2.0: core and professionals.

https://github.com/etalab/schema-dispositif-aide. What the schema requires and no source says is
said to be unknown where it is text; where it is a code, the offer is left out: nobody is told
that an offer is for them on a guess.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import orjson

from aiff_catalog.exchange.adapters.formats.tables import Row
from aiff_catalog.exchange.domain import last_instant, stated_closing, stated_opening
from aiff_catalog.imports.domain.aid_scheme_rules import FRANCE, NO_CRITERION, SIZES
from aiff_catalog.imports.domain.aid_schemes import ANY_SECTOR
from aiff_contracts.nomenclatures.naf import is_naf, parts_of, settled
from aiff_contracts.offer import (
    Audience,
    ComputeDetails,
    FundingDetails,
    Intake,
    Kind,
    OfferDocument,
)
from aiff_contracts.rules import All, Cmp, Not, Rule, RuleValue, leaves
from aiff_contracts.sectors import SECTORS
from aiff_contracts.territory import (
    FORMERLY_IN,
    INTERCOMMUNALITIES,
    METROPOLIS,
    METROPOLIS_GROUP,
    ancestry,
)

CORE = (
    "id",
    "titre",
    "promesse",
    "description",
    "eligibilite",
    "types_aides",
    "porteurs",
    "programmes_parents",
    "url_source",
    "cibles",
    "eligibilite_geographique",
    "eligibilite_geographique_exclusions",
    "date_ouverture",
    "date_cloture",
    "date_mise_a_jour",
)
PROFESSIONALS = (
    *CORE,
    "base_juridique",
    "eligibilite_effectif_minimal",
    "eligibilite_effectif_maximal",
    "eligibilite_categorie_taille_entreprise",
    "eligibilite_annees_existence_minimal",
    "eligibilite_forme_juridique",
    "eligibilite_forme_juridique_exclusions",
    "ciblage_secteur_activite",
    "ciblage_naf",
    "ciblage_naf_exclusions",
    "chainage_paiement",
)
_TYPES: dict[Kind, str] = {
    "compute": "mise à disposition de moyens",
    "training": "formation",
    "funding": "financement",
    "incubation": "accompagnement",
    "expertise": "accompagnement",
    "resource": "information",
    "network": "information",
}
_TARGETS: dict[Audience, str] = {
    "startup": "professionnels",
    "sme": "professionnels",
    "midcap": "professionnels",
    "large": "professionnels",
    "lab": "secteur public",
    "public_body": "secteur public",
    "individual": "particuliers",
    "association": "associations",
}
_ROLES = {
    "provider": "porteur",
    "operator": "opérateur",
    "host": "hébergeur",
    "funder": "financeur",
}
_COG = re.compile(r"(REG|DEP|COM)-\d+")
_NAF_OF_SCHEMA = re.compile(r"[A-U]|\d\d(\.\d(\d[A-Z]?)?)?", re.ASCII)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s")
_LONGEST_PROMISE, _LONGEST_DESCRIPTION = 180, 5_000
_UNKNOWN_SECTOR = "non précisé"
_MONTHS = 12


def core_row(document: OfferDocument) -> Iterable[Row]:
    """Return the row of an offer, none where the schema has no word for it."""
    targets, places = _targets(document), _places(document)
    if not targets or not places or _is_private_compute(document):
        return ()
    row: Row = {
        "id": str(document.id),
        "titre": _line(document.title.fr),
        "promesse": _promise(document.summary.fr),
        "description": _description(document),
        "eligibilite": "\n".join(f"• {condition}" for condition in _conditions(document))
        or NO_CRITERION,
        "types_aides": _TYPES[document.kind],
        "porteurs": _bearers(document),
        "programmes_parents": _programme(document),
        "url_source": document.url,
        "cibles": "|".join(targets),
        "eligibilite_geographique": "|".join(places),
        "eligibilite_geographique_exclusions": _left_out(document),
        **_dates(document.intake),
        "date_mise_a_jour": document.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    return (row,)


def professional_row(document: OfferDocument) -> Iterable[Row]:
    """Return the row of an offer for professionals, none where it is for others alone."""
    for row in core_row(document):
        if "professionnels" in str(row["cibles"]).split("|"):
            least, most = _headcount(document)
            yield {
                **row,
                "base_juridique": None,
                "eligibilite_effectif_minimal": least,
                "eligibilite_effectif_maximal": most,
                "eligibilite_categorie_taille_entreprise": _sizes(document),
                "eligibilite_annees_existence_minimal": _years(document),
                "eligibilite_forme_juridique": _codes(document, "legal_form", {"==", "in"}),
                "eligibilite_forme_juridique_exclusions": _codes(
                    document, "legal_form", {"not_in"}
                ),
                "ciblage_secteur_activite": _sectors(document),
                "ciblage_naf": _naf(document),
                "ciblage_naf_exclusions": _excluded_naf(document),
                "chainage_paiement": None,
            }


def _is_private_compute(document: OfferDocument) -> bool:
    details = document.details
    return isinstance(details, ComputeDetails) and details.sector == "private"


def _targets(document: OfferDocument) -> list[str]:
    return list(dict.fromkeys(_TARGETS[one] for one in document.audience or ()))


def _places(document: OfferDocument) -> list[str]:
    """Return the French territories: what contains France is France, others have no code.

    Nothing where one of them cannot be written: without it the offer would claim to be for less.
    """
    places: list[str] = []
    for code in document.territories or ():
        if code in ancestry("FR"):
            places.append(FRANCE)
        elif "FR" in ancestry(code):
            written = _written(code)
            if not written:
                return []
            places += written
    return list(dict.fromkeys(places))


def _written(code: str) -> tuple[str, ...]:
    """Return a French territory in codes of letters and digits, as the schema's pattern asks.

    A department of Corsica is all its groups of communes, a region that was its departments; a
    commune of Corsica has no such code.
    """
    if code in INTERCOMMUNALITIES:
        return INTERCOMMUNALITIES[code]
    if code == METROPOLIS:
        return (METROPOLIS_GROUP,)
    parts = tuple(department for department, region in FORMERLY_IN.items() if region == code)
    return parts or ((code,) if _COG.fullmatch(code) else ())


def _line(text: str) -> str:
    return " ".join(text.split())


def _promise(summary: str) -> str | None:
    """Return the summary's first sentence, nothing where it is too long: half a promise is none."""
    sentence = _SENTENCE_ENDS.split(_line(summary), maxsplit=1)[0].removesuffix(".")
    return sentence if len(sentence) <= _LONGEST_PROMISE else None


def _description(document: OfferDocument) -> str:
    """Return summary and description; a description that begins with the summary has both."""
    summary, more = document.summary.fr, document.description
    whole = summary if more is None else f"{summary}\n\n{more.fr}"
    if more is not None and _line(more.fr).startswith(_line(summary)):
        whole = more.fr
    if len(whole) <= _LONGEST_DESCRIPTION:
        return whole
    return whole[: _LONGEST_DESCRIPTION - 1] + "…"


def _conditions(document: OfferDocument) -> Iterator[str]:
    rule = document.eligibility.rule
    if rule is not None:
        yield from dict.fromkeys(_line(leaf.label_fr) for leaf in leaves(rule))
    yield from (_line(condition.fr) for condition in document.eligibility.conditions)


def _bearers(document: OfferDocument) -> str:
    """Return the organisations as the schema lists them; no source says their SIREN."""
    names = {detail.slug: detail.name for detail in document.organisation_details}
    roles: dict[str, list[str]] = {}
    for entry in document.organisations:
        roles.setdefault(entry.organisation, []).append(_ROLES[entry.role])
    listed = [{"nom": names[slug], "roles": held} for slug, held in roles.items()]
    return orjson.dumps(listed).decode()


def _programme(document: OfferDocument) -> str | None:
    details = document.details
    return details.programme if isinstance(details, FundingDetails) else None


def _dates(intake: Intake) -> dict[str, str | None]:
    """Return the period in the offer's zone; the schema knows instants only, so a day is whole."""
    opening, closing = stated_opening(intake), stated_closing(intake)
    return {
        "date_ouverture": None if opening is None else opening.start().isoformat(),
        "date_cloture": None if closing is None else last_instant(closing).isoformat(),
    }


def _needed(rule: Rule | None) -> Iterator[Cmp]:
    """Yield the comparisons that must hold whatever else does."""
    return (inner for inner in _conjuncts(rule) if isinstance(inner, Cmp))


def _conjuncts(rule: Rule | None) -> Iterator[Rule]:
    """Yield the rules that must hold whatever else does."""
    match rule:
        case None:
            return
        case All(rules=rules):
            for inner in rules:
                yield from _conjuncts(inner)
        case _:
            yield rule


def _values(document: OfferDocument, attribute: str) -> Iterator[tuple[str, RuleValue]]:
    for leaf in _needed(document.eligibility.rule):
        if leaf.attribute == attribute:
            yield leaf.op, leaf.value


def _headcount(document: OfferDocument) -> tuple[int | None, int | None]:
    """Return the smallest and the largest headcount that a rule asks for."""
    least: list[int] = []
    most: list[int] = []
    for op, value in _values(document, "headcount"):
        if not isinstance(value, int):
            continue
        match op:
            case ">" | ">=":
                least.append(value + (op == ">"))
            case "<" | "<=":
                most.append(value - (op == "<"))
    return max(least, default=None), min(most, default=None)


def _sizes(document: OfferDocument) -> str | None:
    """Return INSEE's categories where they say exactly what the rule says."""
    for op, value in _values(document, "company_size"):
        if op in {"==", "in"} and isinstance(value, tuple):
            sizes = [name for name, classes in SIZES.items() if set(classes) <= set(value)]
            covered = {one for name in sizes for one in SIZES[name]}
            return "|".join(sizes) if covered == set(value) else None
    return None


def _years(document: OfferDocument) -> int | None:
    for op, value in _values(document, "age_months"):
        if op == ">=" and isinstance(value, int) and value % _MONTHS == 0:
            return value // _MONTHS
    return None


def _codes(document: OfferDocument, attribute: str, ops: set[str]) -> str | None:
    for op, value in _values(document, attribute):
        if op in ops and isinstance(value, tuple):
            return "|".join(one.replace("|", "/") for one in value)
    return None


def _sectors(document: OfferDocument) -> str:
    named = document.sectors
    if named is None:
        return _UNKNOWN_SECTOR
    if "any" in named:
        return ANY_SECTOR
    return "|".join(SECTORS[one][0] for one in named if one in SECTORS) or _UNKNOWN_SECTOR


def _left_out(document: OfferDocument) -> str | None:
    """Return the French places that a rule leaves out of those for which the offer is."""
    for leaf in _needed(document.eligibility.rule):
        if leaf.attribute == "sites" and leaf.outside and leaf.value == document.territories:
            return "|".join(one for code in leaf.outside for one in _written(code)) or None
    return None


def _naf(document: OfferDocument) -> str | None:
    return _written_naf([sector for sector in document.sectors or () if is_naf(sector)])


def _excluded_naf(document: OfferDocument) -> str | None:
    """Return the activities that a rule excludes whatever else holds."""
    for inner in _conjuncts(document.eligibility.rule):
        match inner:
            case Not(rule=Cmp(attribute="naf", value=tuple() as codes)):
                return _written_naf([code for code in codes if is_naf(code)])
    return None


def _written_naf(codes: Sequence[str]) -> str | None:
    """Return codes as the schema allows them, each read again in its own nomenclature.

    The schema knows sections A to U and no mark of a nomenclature: a section that would be read as
    another one is written as its sub-classes, which are of one nomenclature only.
    """
    plain = [code.rpartition(":")[2] for code in codes]
    allowed = all(map(_NAF_OF_SCHEMA.fullmatch, plain))
    if not allowed or settled(plain) != tuple(codes):
        plain = [one for code in codes for one in parts_of(code)]
    return "|".join(dict.fromkeys(plain)) or None
