"""Coded columns of the aid schema become rules with the schema's own meaning.

Decree 2008-1354, article 3 (categories of enterprises), schema 0.2.0 (an exclusion has precedence),
INSEE's nomenclatures of 2008 and 2025, and legal forms as ministries and regions write them.
"""

from itertools import chain
from typing import Any

import pytest
from tests.catalog.imports.test_aid_schemes import offer, one
from tests.catalog.real_documents import published
from tests.catalog.support import content, organisation

from aiff_catalog.exchange.adapters.formats.aid_schemes import professional_row
from aiff_catalog.imports.domain.aid_schemes import parts_of

ROW = {"titre": "Aide", "cibles": "professionnels", "eligibilite_geographique": "PAYS-99100"}
KNOWN = {"genci": organisation("genci")}
CATEGORY, FORM = "eligibilite_categorie_taille_entreprise", "eligibilite_forme_juridique"


def rules(**cells: str) -> list[dict[str, Any]]:
    found = dict(chain(*parts_of({**ROW, **cells}, {"/details/kind": "funding"})))
    return found.get("/eligibility/rule", {"rules": []})["rules"]


def asked(rule: dict[str, Any]) -> tuple[Any, ...]:
    inner = rule.get("rule", rule)
    return rule["type"], inner["attribute"], inner["op"], tuple(inner["value"])


@pytest.mark.parametrize(
    ("cell", "classes"),
    [
        ("MIC", ["micro"]),
        ("PME", ["micro", "small", "medium"]),
        ("MIC|PME", ["micro", "small", "medium"]),
        ("PME|MIC", ["micro", "small", "medium"]),
        ("ETI", ["small_midcap", "midcap"]),
        ("PME|ETI", ["micro", "small", "medium", "small_midcap", "midcap"]),
        ("GE", ["large"]),
        ("ETI|GE", ["small_midcap", "midcap", "large"]),
    ],
)
def test_a_category_contains_the_smaller_ones_where_the_decree_says_so(
    cell: str, classes: list[str]
) -> None:
    (rule,) = rules(**{CATEGORY: cell})
    assert (rule["attribute"], rule["value"]) == ("company_size", classes)


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({FORM: "SAS|SARL"}, ("cmp", "legal_form", "in", ("SAS", "SARL"))),
        ({FORM: "S.A.S.|sarl"}, ("cmp", "legal_form", "in", ("SAS", "SARL"))),
        ({FORM: "Société par actions simplifiée"}, ("cmp", "legal_form", "in", ("SAS",))),
        ({FORM: "Auto-entrepreneur"}, ("cmp", "legal_form", "in", ("Microentrepreneur",))),
        (
            {f"{FORM}_exclusions": "Microentrepreneur|EI"},
            ("cmp", "legal_form", "not_in", ("Microentrepreneur", "EI")),
        ),
        ({"ciblage_naf_exclusions": "K"}, ("not", "naf", "prefix", ("K",))),
        (
            {"ciblage_naf_exclusions": "6201Z|A"},
            ("not", "naf", "prefix", ("62.01Z", "A")),
        ),
        (
            {"ciblage_naf_exclusions": "K|62.10Y"},
            ("not", "naf", "prefix", ("naf_2025:K", "62.10Y")),
        ),
        # The two columns of a row are written in one nomenclature.
        (
            {"ciblage_naf": "62.10Y", "ciblage_naf_exclusions": "L"},
            ("not", "naf", "prefix", ("naf_2025:L",)),
        ),
        (
            {"eligibilite_geographique_exclusions": "REG-84|DEP-13"},
            ("cmp", "sites", "within", ("FR",)),
        ),
    ],
)
def test_a_coded_column_is_a_rule(cells: dict[str, str], wanted: tuple[Any, ...]) -> None:
    (rule,) = rules(**cells)
    assert asked(rule) == wanted
    assert rule.get("outside", ["REG-84", "DEP-13"]) == ["REG-84", "DEP-13"]


def test_what_an_aid_is_for_in_the_first_place_refuses_nobody(tmp_path) -> None:
    found = offer(tmp_path, ciblage_naf="K|62.10Y", ciblage_secteur_activite="santé")
    assert found.sectors == ("naf_2025:K", "62.10Y")
    assert found.eligibility.rule is None


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"ciblage_naf": "72.2C"}, "ciblage_naf", "before 2008"),
        ({"ciblage_naf": "62.99Z"}, "ciblage_naf", "not a NAF code"),
        ({"ciblage_naf_exclusions": "informatique"}, "ciblage_naf_exclusions", "not a NAF code"),
        ({"ciblage_naf": "K|62.01Z|62.10Y"}, "ciblage_naf", "naf_rev2:K or naf_2025:K"),
        ({CATEGORY: "TPE"}, CATEGORY, "MIC, PME, ETI, GE"),
    ],
)
def test_a_code_that_nobody_has_is_told_with_its_column(tmp_path, cells, column, told) -> None:
    (fault,) = one(tmp_path, **cells).faults
    assert fault.column == column
    assert told in fault.detail


def test_a_form_that_no_list_has_is_a_condition_that_a_person_confirms(tmp_path) -> None:
    found = offer(tmp_path, **{FORM: "SAS|Coopérative locale"})
    assert found.eligibility.rule is None
    assert found.eligibility.conditions[-1].fr == "Formes juridiques : SAS, Coopérative locale"


def test_the_words_of_an_exclusion_name_the_places(tmp_path) -> None:
    found = offer(tmp_path, eligibilite_geographique_exclusions="REG-84")
    (rule,) = found.eligibility.rule.rules
    assert "hors Auvergne-Rhône-Alpes" in rule.label_fr
    assert rule.outside == ("REG-84",)


@pytest.mark.parametrize(
    "cells",
    [
        {"ciblage_naf": "A|B|C|55|56.1|74.10|10.11Z"},
        {"ciblage_naf": "K|62.10Y"},
        {"ciblage_naf_exclusions": "A|62.01Z"},
        {"ciblage_naf_exclusions": "K|62.10Y"},
        {CATEGORY: "MIC|PME"},
        {"eligibilite_geographique_exclusions": "REG-84|DEP-13|COM-83141"},
        {f"{FORM}_exclusions": "EI|EIRL|Microentrepreneur"},
        {"eligibilite_effectif_minimal": "10", "eligibilite_effectif_maximal": "249"},
        {"eligibilite_annees_existence_minimal": "2"},
    ],
)
def test_what_a_row_says_is_written_again_as_it_was(tmp_path, cells: dict[str, str]) -> None:
    made = offer(tmp_path, eligibilite_geographique="PAYS-99100", **cells)
    stated = {"audience": ["startup"], "territories": ["FR"], "sectors": made.sectors}
    if made.eligibility.rule is not None:
        stated["eligibility"] = {"rule": made.eligibility.rule}
    (row,) = professional_row(published(content("aide", "funding", **stated), KNOWN))
    assert {name: str(row[name]) for name in cells} == cells


def test_a_section_of_2025_alone_is_written_as_its_sub_classes() -> None:
    stated = {"audience": ["startup"], "territories": ["FR"], "sectors": ["naf_2025:V"]}
    (row,) = professional_row(published(content("aide", "funding", **stated), KNOWN))
    assert row["ciblage_naf"] == "99.00Y"
    alone = {**stated, "sectors": ["naf_2025:U"]}
    (row,) = professional_row(published(content("aide", "funding", **alone), KNOWN))
    assert set(row["ciblage_naf"].split("|")) == {"97.00Y", "98.10Y", "98.20Y"}
