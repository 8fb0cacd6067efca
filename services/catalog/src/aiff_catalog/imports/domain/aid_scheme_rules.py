"""Who may have an aid, as the French table schema says it: coded columns become rules.

A column of exclusions has precedence over that of inclusions (schema 0.2.0). Columns that name whom
an aid is for in the first place (`ciblage_*`) are sectors of the offer and refuse nobody; what they
exclude is a rule. Criteria in sentences stay conditions that a person confirms.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aiff_catalog.imports.domain.aid_scheme_cells import CellError, Fields, codes_of, number_of
from aiff_contracts.nomenclatures.legal_forms import is_legal_form, legal_form
from aiff_contracts.nomenclatures.naf import readings, settled
from aiff_contracts.territory import INTERCOMMUNALITIES, names_of

# INSEE's size categories, each with all the classes of the EU definition that it is made of.
# Decree 2008-1354, article 3: microenterprises are a part of the PME; an ETI is no PME.
SIZES = {
    "MIC": ("micro",),
    "PME": ("micro", "small", "medium"),
    "ETI": ("small_midcap", "midcap"),
    "GE": ("large",),
}
# What stands where no criterion is known, for the schema wants a text there: it is none itself.
NO_CRITERION = "Aucun critère publié : à vérifier auprès du porteur."
FRANCE, _EVERYWHERE = "PAYS-99100", "FR"
_BULLET = re.compile(r"^\s*[•*\-\u2013]\s*")
_MONTHS = 12
_LONGEST_LABEL = 300
_Said = Mapping[str, str]
_Json = dict[str, Any]
_Labels = tuple[str, str]


def eligibility_of(said: _Said) -> Fields:
    """Yield the rule of a row, where a coded column is filled, and its conditions."""
    rules = list(_rules(said))
    if rules:
        yield "/eligibility/rule", {"type": "all", "rules": rules}
    conditions = list(_conditions(said))
    if conditions:
        yield "/eligibility/conditions", [{"fr": one, "en": one} for one in conditions]


def territories_of(said: _Said, column: str = "eligibilite_geographique") -> list[str]:
    """Return the places of a column; all groups of communes of a department are that department.

    The schema's pattern has no letter for Corsica, so exports write its departments like that.
    """
    codes = codes_of(said, column)
    for department, groups in INTERCOMMUNALITIES.items():
        if set(groups) <= set(codes):
            place = codes.index(groups[0])
            codes[place] = department
            codes = [code for code in codes if code not in groups]
    return [_EVERYWHERE if code == FRANCE else code for code in codes]


def targeted_activities(said: _Said) -> list[str]:
    """Return the NAF codes that an aid is for in the first place."""
    return _activities(said)["ciblage_naf"]


def _rules(said: _Said) -> Iterator[_Json]:
    yield from _headcount(said)
    years = number_of(said, "eligibilite_annees_existence_minimal")
    if years is not None:
        labels = f"Exister depuis au moins {years} ans", f"Exist for at least {years} years"
        yield _cmp("age_months", ">=", years * _MONTHS, labels)
    yield from _sizes(said)
    yield from _forms(said)
    yield from _excluded_activities(said)
    yield from _excluded_places(said)


def _headcount(said: _Said) -> Iterator[_Json]:
    least = number_of(said, "eligibilite_effectif_minimal")
    if least is not None:
        labels = f"Au moins {least} salariés", f"At least {least} employees"
        yield _cmp("headcount", ">=", least, labels)
    most = number_of(said, "eligibilite_effectif_maximal")
    if most is not None:
        labels = f"Au plus {most} salariés", f"At most {most} employees"
        yield _cmp("headcount", "<=", most, labels)


def _sizes(said: _Said) -> Iterator[_Json]:
    column = "eligibilite_categorie_taille_entreprise"
    sizes = codes_of(said, column)
    if unknown := [size for size in sizes if size not in SIZES]:
        raise CellError(column, f"{unknown[0]!r} is none of {', '.join(SIZES)}")
    if sizes:
        classes = list(dict.fromkeys(one for name in sizes for one in SIZES[name]))
        named = ", ".join(sizes)
        labels = f"Taille d'entreprise : {named}", f"Company size: {named} (INSEE)"
        yield _cmp("company_size", "in", classes, labels)


def _forms(said: _Said) -> Iterator[_Json]:
    """Yield the legal forms that are eligible and those that are not, where all are known.

    A form that no list has could be said in words that a rule would take for another one: then a
    person reads the condition.
    """
    for column, op, french, english in (
        ("eligibilite_forme_juridique", "in", "Formes juridiques", "Legal forms"),
        (
            "eligibilite_forme_juridique_exclusions",
            "not_in",
            "Formes juridiques exclues",
            "Excluded legal forms",
        ),
    ):
        forms = [legal_form(text) for text in codes_of(said, column)]
        if forms and all(map(is_legal_form, forms)):
            named = ", ".join(dict.fromkeys(forms))
            yield _cmp("legal_form", op, forms, (f"{french} : {named}", f"{english}: {named}"))


def _excluded_activities(said: _Said) -> Iterator[_Json]:
    codes = _activities(said)["ciblage_naf_exclusions"]
    if codes:
        named = ", ".join(code.rpartition(":")[2] for code in codes)
        labels = f"Activité autre que : {named} (NAF)", f"Activity other than: {named} (NAF)"
        yield {"type": "not", "rule": _cmp("naf", "prefix", codes, labels)}


def _activities(said: _Said) -> dict[str, list[str]]:
    """Return the codes of both columns, which one row writes in one nomenclature."""
    columns = ("ciblage_naf", "ciblage_naf_exclusions")
    listed = {column: codes_of(said, column) for column in columns}
    every = [code for codes in listed.values() for code in codes]
    telling = {readings(code): code for code in every if len(readings(code)) == 1}
    return {
        column: [_settled(column, code, telling.values()) for code in codes]
        for column, codes in listed.items()
    }


def _settled(column: str, code: str, telling: Iterable[str]) -> str:
    """Return a code in the nomenclature that other codes of the row tell."""
    try:
        return settled([code, *telling])[0]
    except ValueError as error:
        raise CellError(column, str(error)) from error


def _excluded_places(said: _Said) -> Iterator[_Json]:
    """Yield that a site lies where the aid is given and not in what it leaves out.

    A company with sites in both may have it: the exclusion narrows the area, not the company.
    """
    excluded = territories_of(said, "eligibilite_geographique_exclusions")
    if excluded:
        places = territories_of(said)
        (where_fr, where_en), (but_fr, but_en) = _names(places), _names(excluded)
        labels = (
            f"Implantation : {where_fr}, hors {but_fr}",
            f"Site in: {where_en}, outside {but_en}",
        )
        yield _cmp("sites", "within", places, labels) | {"outside": excluded}


def _names(codes: list[str]) -> _Labels:
    try:
        return names_of(codes)
    except ValueError:  # An unknown code is told where the rule is read.
        return ", ".join(codes), ", ".join(codes)


def _cmp(attribute: str, op: str, value: object, labels: _Labels) -> _Json:
    label_fr, label_en = map(_short, labels)
    return {
        "type": "cmp",
        "attribute": attribute,
        "op": op,
        "value": value,
        "label_fr": label_fr,
        "label_en": label_en,
    }


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _conditions(said: _Said) -> Iterator[str]:
    """Yield what a person confirms: the published criteria, and forms that no rule can express."""
    for line in said.get("eligibilite", "").splitlines():
        if (text := _BULLET.sub("", line).strip(" ;")) and text != NO_CRITERION:
            yield text
    told = {
        "eligibilite_forme_juridique": "Formes juridiques",
        "eligibilite_forme_juridique_exclusions": "Formes juridiques exclues",
    }
    for column, label in told.items():
        forms = codes_of(said, column)
        if not all(is_legal_form(legal_form(text)) for text in forms):
            yield f"{label} : {', '.join(forms)}"
