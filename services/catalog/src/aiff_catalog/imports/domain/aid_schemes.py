"""Reading the French table schema for aid schemes 0.2.0, core and professionals.

https://github.com/etalab/schema-dispositif-aide. Its words are taken over where they mean one
thing in the catalogue: criteria with codes become rules, those in sentences conditions. What it
cannot say (the instrument of an aid, English texts, which of the catalogue's organisations bears
it) comes from the mapping's constants, or the row says that it is missing.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from aiff_catalog.imports.domain.aid_scheme_cells import CellError, Fields, codes_of
from aiff_catalog.imports.domain.aid_scheme_rules import (
    eligibility_of,
    targeted_activities,
    territories_of,
)
from aiff_contracts.offer.intake import FIRST_YEAR, LAST_YEAR
from aiff_contracts.sectors import SECTORS

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
# Other words of the schema mean several kinds of offer: then a constant says which.
_KINDS = {"financement": "funding", "formation": "training"}
_AUDIENCES = {
    "professionnels": ("startup", "sme", "midcap", "large"),
    "secteur public": ("public_body",),
    "particuliers": ("individual",),
    "associations": ("association",),
}
ANY_SECTOR = "tous secteurs d'activité"
_SECTORS = {french: code for code, (french, _) in SECTORS.items() if code != "any"}
_PARIS = ZoneInfo("Europe/Paris")
# The schema knows instants only: its files write a day as the first or the last second of it.
_WHOLE_DAY = {"opens": time.min, "closes": time(23, 59, 59)}
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LONGEST_SLUG = 60
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


def parts_of(cells: Mapping[str, str], constants: Mapping[str, str]) -> Sequence[Fields]:
    """Return the fields (JSON pointers) that a row fills, part by part.

    Reading a part raises CellError where one of its cells is unclear; the others are read on.
    """
    said = {name: text.strip() for name, text in cells.items() if text.strip()}
    return (
        _texts(said),
        _kind(said, constants),
        _audience(said),
        _sectors(said),
        eligibility_of(said),
        _intake(said, "opens", "date_ouverture"),
        _intake(said, "closes", "date_cloture"),
        _source(said),
    )


def _source(said: Mapping[str, str]) -> Fields:
    if "url_source" in said:
        yield "/url", said["url_source"]
        yield "/sources/0/url", said["url_source"]
    yield "/sources/0/label", "Schéma dispositif-aide du porteur"
    yield "/sources/0/confidence", "stated_by_provider"
    if "date_mise_a_jour" in said:
        yield "/sources/0/as_of", _day(said, "date_mise_a_jour").isoformat()


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
    yield "/slug", _slug(said)


def _kind(said: Mapping[str, str], constants: Mapping[str, str]) -> Fields:
    kind = constants.get("/details/kind")
    if kind is None:
        words = codes_of(said, "types_aides")
        kind = _KINDS.get(words[0]) if len(words) == 1 else None
        if kind is None:
            detail = "means several kinds of offer; give /details/kind as a constant"
            raise CellError("types_aides", detail)
        yield "/details/kind", kind
    if kind == "funding" and "programmes_parents" in said:
        yield "/details/programme", said["programmes_parents"].replace("|", ", ")


def _audience(said: Mapping[str, str]) -> Fields:
    yield "/territories", territories_of(said)
    words = codes_of(said, "cibles")
    unknown = [word for word in words if word not in _AUDIENCES]
    if unknown:
        raise CellError("cibles", f"{unknown[0]!r} is none of {', '.join(_AUDIENCES)}")
    yield "/audience", [one for word in words for one in _AUDIENCES[word]]


def _sectors(said: Mapping[str, str]) -> Fields:
    """Yield NAF codes, else the sectors where the catalogue knows all the words.

    One word that it does not know would make the others a restriction that nobody stated.
    """
    words, naf = codes_of(said, "ciblage_secteur_activite"), targeted_activities(said)
    if naf:
        yield "/sectors", naf
    elif words == [ANY_SECTOR]:
        yield "/sectors", ["any"]
    elif words and all(word in _SECTORS for word in words):
        yield "/sectors", [_SECTORS[word] for word in words]


def _intake(said: Mapping[str, str], end: str, column: str) -> Fields:
    """Yield one end of the period; where neither is stated, it stays unknown."""
    if column in said:
        yield "/intake/shape", "window"
        yield f"/intake/window/{end}/on", _day(said, column).isoformat()
        at = _time(said, column)
        if at is not None and at != _WHOLE_DAY[end]:
            yield f"/intake/window/{end}/at", at.isoformat()


def _day(said: Mapping[str, str], column: str) -> date:
    """Return the day of a cell: as it is written, that of an instant in Paris."""
    found = _moment(said, column)
    if not isinstance(found, datetime):
        return found
    return (found.astimezone(_PARIS) if found.tzinfo else found).date()


def _time(said: Mapping[str, str], column: str) -> time | None:
    """Return the time of an instant in Paris, None where the cell is a day."""
    found = _moment(said, column)
    if not isinstance(found, datetime):
        return None
    if found.tzinfo is None:
        text = said[column]
        detail = f"{text!r} says no zone; write {text}Z, {text}+01:00 or the day alone"
        raise CellError(column, detail)
    return found.astimezone(_PARIS).time()


def _moment(said: Mapping[str, str], column: str) -> date | datetime:
    """Return a day, which stays a day, or an instant; CellError where a cell is neither."""
    text = said[column]
    try:
        found = date.fromisoformat(text) if _A_DAY.fullmatch(text) else datetime.fromisoformat(text)
    except ValueError as error:
        detail = (
            f"{text!r} is neither a day like 2026-10-15 nor an instant like 2026-10-15T15:00:00Z"
        )
        raise CellError(column, detail) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        detail = (
            f"the year of {text!r} does not lie in {FIRST_YEAR}..{LAST_YEAR}; "
            "leave the cell empty where there is no such day"
        )
        raise CellError(column, detail)
    return found
