"""Reading the French table schema for aid schemes 0.2.0, core and professionals.

https://github.com/etalab/schema-dispositif-aide. Its words are taken over where they mean one
thing in the catalogue: criteria with codes become rules, those in sentences conditions. What it
cannot say (the instrument of an aid, English texts, which of the catalogue's organisations bears
it) comes from the mapping's constants, or the row says that it is missing.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiff_contracts.sectors import SECTORS
from aiff_contracts.territory import INTERCOMMUNALITIES

IDENTIFIER = "id"
REQUIRED = (
    IDENTIFIER,
    "titre",
    "description",
    "eligibilite",
    "types_aides",
    "cibles",
    "eligibilite_geographique",
    "date_mise_a_jour",
)
# Organisations are named by slugs of the catalogue; who bears an aid is not guessed from names.
NOT_TAKEN = ("porteurs", "base_juridique", "chainage_paiement")
COLUMNS = (
    *REQUIRED,
    *NOT_TAKEN,
    "promesse",
    "programmes_parents",
    "url_source",
    "eligibilite_geographique_exclusions",
    "date_ouverture",
    "date_cloture",
    "eligibilite_effectif_minimal",
    "eligibilite_effectif_maximal",
    "eligibilite_categorie_taille_entreprise",
    "eligibilite_annees_existence_minimal",
    "eligibilite_forme_juridique",
    "eligibilite_forme_juridique_exclusions",
    "ciblage_secteur_activite",
    "ciblage_naf",
    "ciblage_naf_exclusions",
)
Fields = Iterator[tuple[str, Any]]
# Other words of the schema mean several kinds of offer: then a constant says which.
_KINDS = {"financement": "funding", "formation": "training"}
_AUDIENCES = {
    "professionnels": ("startup", "sme", "midcap", "large"),
    "secteur public": ("public_body",),
    "particuliers": ("individual",),
    "associations": ("association",),
}
# INSEE's size categories, each with all the classes of the EU definition that it is made of.
SIZES = {
    "MIC": ("micro",),
    "PME": ("small", "medium"),
    "ETI": ("small_midcap", "midcap"),
    "GE": ("large",),
}
FRANCE, _EVERYWHERE, ANY_SECTOR = "PAYS-99100", "FR", "tous secteurs d'activité"
_SECTORS = {french: code for code, (french, _) in SECTORS.items() if code != "any"}
_PARIS = ZoneInfo("Europe/Paris")
_BULLET = re.compile(r"^\s*[•*\-\u2013]\s*")
_LONGEST_SLUG = 60
_MONTHS = 12
# In which column a field of an offer is, where a fault is found in it.
_PLACES = {
    "/slug": "titre",
    "/title": "titre",
    "/summary": "promesse",
    "/description": "description",
    "/eligibility": "eligibilite",
    "/details/kind": "types_aides",
    "/details/programme": "programmes_parents",
    "/audience": "cibles",
    "/territories": "eligibilite_geographique",
    "/sectors": "ciblage_secteur_activite",
    "/intake": "date_cloture",
    "/url": "url_source",
    "/sources": "date_mise_a_jour",
}


class CellError(ValueError):
    """A cell that is not what the schema says; `column` names it."""

    def __init__(self, column: str, detail: str) -> None:
        """Keep the column and how to mend it."""
        super().__init__(detail)
        self.column = column


def fields_of(cells: Mapping[str, str], constants: Mapping[str, str]) -> Fields:
    """Yield the fields (JSON pointers) that a row fills; CellError where a cell is unclear."""
    said = {name: text.strip() for name, text in cells.items() if text.strip()}
    yield "/slug", _slug(said)
    yield from _texts(said)
    yield from _kind(said, constants)
    yield "/audience", _audience(said)
    yield "/territories", _territories(said)
    yield from _sectors(said)
    yield from _eligibility(said)
    yield from _intake(said)
    if "url_source" in said:
        yield "/url", said["url_source"]
        yield "/sources/0/url", said["url_source"]
    yield "/sources/0/label", "Schéma dispositif-aide du porteur"
    yield "/sources/0/confidence", "stated_by_provider"
    if "date_mise_a_jour" in said:
        yield "/sources/0/as_of", _instant(said, "date_mise_a_jour").date().isoformat()


def column_of(pointer: str) -> str | None:
    """Return the column that a field of an offer comes from."""
    return next((name for place, name in _PLACES.items() if pointer.startswith(place)), None)


def _slug(said: Mapping[str, str]) -> str:
    """Return words of the title with a mark of the identifier: two rows may have one title."""
    plain = unicodedata.normalize("NFKD", said.get("titre", "")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_SLUG].strip("-")
    mark = hashlib.sha256(said.get(IDENTIFIER, "").encode()).hexdigest()[:8]
    return f"{words}-{mark}" if words else mark


def _texts(said: Mapping[str, str]) -> Fields:
    """Yield what readers read; where English is wanted, the quality checks ask for it."""
    description = said.get("description", "")
    texts = {
        "title": " ".join(said.get("titre", "").split()),
        "summary": said.get("promesse") or description.split("\n\n")[0],
        "description": description,
    }
    for name, text in texts.items():
        if text:
            yield f"/{name}/fr", text
            yield f"/{name}/en", text


def _kind(said: Mapping[str, str], constants: Mapping[str, str]) -> Fields:
    kind = constants.get("/details/kind")
    if kind is None:
        words = _codes(said, "types_aides")
        kind = _KINDS.get(words[0]) if len(words) == 1 else None
        if kind is None:
            detail = "means several kinds of offer; give /details/kind as a constant"
            raise CellError("types_aides", detail)
        yield "/details/kind", kind
    if kind == "funding" and "programmes_parents" in said:
        yield "/details/programme", said["programmes_parents"].replace("|", ", ")


def _audience(said: Mapping[str, str]) -> list[str]:
    words = _codes(said, "cibles")
    unknown = [word for word in words if word not in _AUDIENCES]
    if unknown:
        raise CellError("cibles", f"{unknown[0]!r} is none of {', '.join(_AUDIENCES)}")
    return [one for word in words for one in _AUDIENCES[word]]


def _territories(said: Mapping[str, str]) -> list[str]:
    """Return the codes; all groups of communes of a department are that department.

    The schema's pattern has no letter for Corsica, so exports write its departments like that.
    """
    codes = _codes(said, "eligibilite_geographique")
    for department, groups in INTERCOMMUNALITIES.items():
        if set(groups) <= set(codes):
            place = codes.index(groups[0])
            codes[place] = department
            codes = [code for code in codes if code not in groups]
    return [_EVERYWHERE if code == FRANCE else code for code in codes]


def _sectors(said: Mapping[str, str]) -> Fields:
    """Yield NAF codes, else the sectors where the catalogue knows all the words.

    One word that it does not know would make the others a restriction that nobody stated.
    """
    words, naf = _codes(said, "ciblage_secteur_activite"), _codes(said, "ciblage_naf")
    if naf:
        yield "/sectors", naf
    elif words == [ANY_SECTOR]:
        yield "/sectors", ["any"]
    elif words and all(word in _SECTORS for word in words):
        yield "/sectors", [_SECTORS[word] for word in words]


def _eligibility(said: Mapping[str, str]) -> Fields:
    rules = list(_rules(said))
    if rules:
        yield "/eligibility/rule", {"type": "all", "rules": rules}
    conditions = list(_conditions(said))
    if conditions:
        yield (
            "/eligibility/conditions",
            [{"fr": condition, "en": condition} for condition in conditions],
        )


def _rules(said: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    least = _number(said, "eligibilite_effectif_minimal")
    if least is not None:
        labels = f"Au moins {least} salariés", f"At least {least} employees"
        yield _cmp("headcount", ">=", least, labels)
    most = _number(said, "eligibilite_effectif_maximal")
    if most is not None:
        labels = f"Au plus {most} salariés", f"At most {most} employees"
        yield _cmp("headcount", "<=", most, labels)
    years = _number(said, "eligibilite_annees_existence_minimal")
    if years is not None:
        labels = f"Exister depuis au moins {years} ans", f"Exist for at least {years} years"
        yield _cmp("age_months", ">=", years * _MONTHS, labels)
    sizes = _codes(said, "eligibilite_categorie_taille_entreprise")
    if unknown := [size for size in sizes if size not in SIZES]:
        column = "eligibilite_categorie_taille_entreprise"
        raise CellError(column, f"{unknown[0]!r} is none of {', '.join(SIZES)}")
    if sizes:
        classes = [one for name in sizes for one in SIZES[name]]
        named = ", ".join(sizes)
        labels = f"Taille d'entreprise : {named}", f"Company size: {named} (INSEE)"
        yield _cmp("company_size", "in", classes, labels)


def _cmp(attribute: str, op: str, value: object, labels: tuple[str, str]) -> dict[str, Any]:
    label_fr, label_en = labels
    return {
        "type": "cmp",
        "attribute": attribute,
        "op": op,
        "value": value,
        "label_fr": label_fr,
        "label_en": label_en,
    }


def _conditions(said: Mapping[str, str]) -> Iterator[str]:
    """Yield what a person confirms: the published criteria, and codes that no rule can express."""
    for line in said.get("eligibilite", "").splitlines():
        if text := _BULLET.sub("", line).strip(" ;"):
            yield text
    told = {
        "eligibilite_geographique_exclusions": "Territoires exclus",
        "eligibilite_forme_juridique": "Formes juridiques",
        "eligibilite_forme_juridique_exclusions": "Formes juridiques exclues",
        "ciblage_naf_exclusions": "Activités exclues (NAF)",
    }
    for column, label in told.items():
        if codes := _codes(said, column):
            yield f"{label} : {', '.join(codes)}"


def _intake(said: Mapping[str, str]) -> Fields:
    """Yield the period; where neither end is stated, it stays unknown."""
    ends = {"opens": "date_ouverture", "closes": "date_cloture"}
    stated = {end: column for end, column in ends.items() if column in said}
    if stated:
        yield "/intake/shape", "window"
    for end, column in stated.items():
        local = _instant(said, column).astimezone(_PARIS)
        yield f"/intake/window/{end}/on", local.date().isoformat()
        yield f"/intake/window/{end}/at", local.time().isoformat()


def _instant(said: Mapping[str, str], column: str) -> datetime:
    try:
        instant = datetime.fromisoformat(said[column])
    except ValueError as error:
        detail = f"{said[column]!r} is not an instant like 2026-10-15T15:00:00Z"
        raise CellError(column, detail) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _number(said: Mapping[str, str], column: str) -> int | None:
    text = said.get(column)
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise CellError(column, f"{text!r} is not a whole number")
    return int(text)


def _codes(said: Mapping[str, str], column: str) -> list[str]:
    return [one.strip() for one in said.get(column, "").split("|") if one.strip()]
