"""The French table schema for aid schemes, held against the official schemas with frictionless."""

import csv
import io
import re
from pathlib import Path

import orjson
import pytest
from frictionless import Resource, Schema, system
from tests.catalog.real_documents import published, stored_documents
from tests.catalog.support import both, content, organisation

from aiff_catalog.exchange.adapters.formats import aid_schemes
from aiff_catalog.exchange.adapters.formats.tables import CsvWriter
from aiff_contracts.territory import INTERCOMMUNALITIES

STANDARDS = Path(__file__).parents[2] / "standards/dispositif-aide"
VARIANTS = {
    "dispositif-aide": (aid_schemes.CORE, aid_schemes.core_row),
    "dispositif-aide-professionnels": (aid_schemes.PROFESSIONALS, aid_schemes.professional_row),
}


def schema(name):
    return Schema.from_descriptor(orjson.loads((STANDARDS / f"{name}.schema.json").read_bytes()))


def faults(path, name):
    with system.use_context(trusted=True):
        report = Resource(path=str(path), schema=schema(name)).validate()
    return report.flatten(["rowNumber", "fieldName", "type", "note"])


def written(name):
    columns, rows = VARIANTS[name]
    writer = CsvWriter(columns, rows)
    return b"".join((writer.begin(), writer.add(stored_documents()), *writer.end()))


@pytest.mark.parametrize("name", VARIANTS)
def test_the_official_schema_finds_no_fault_in_the_real_catalogue(name, tmp_path):
    path = tmp_path / "aides.csv"
    path.write_bytes(written(name))
    assert faults(path, name) == []
    assert len(list(csv.DictReader(io.StringIO(written(name).decode())))) > 90


@pytest.mark.parametrize("name", VARIANTS)
def test_the_columns_are_those_of_the_schema_in_its_order(name):
    assert list(VARIANTS[name][0]) == schema(name).field_names


def test_the_schema_sees_a_wrong_row(tmp_path):
    path = tmp_path / "aides.csv"
    path.write_bytes(written("dispositif-aide").replace(b"professionnels", b"licornes"))
    assert {fault[1] for fault in faults(path, "dispositif-aide")} == {"cibles"}


def row(kind="funding", make=aid_schemes.professional_row, **changes):
    stated = {"audience": ["startup"], "territories": ["FR"], **changes}
    document = published(content("bourse", kind, **stated), {"genci": organisation("genci")})
    found = list(make(document))
    return found[0] if found else None


@pytest.mark.parametrize(
    "changes",
    [{"audience": None}, {"territories": None}, {"territories": ["DE"]}],
)
def test_an_offer_whose_public_or_territory_is_not_known_in_its_terms_is_left_out(changes):
    assert row(**changes, make=aid_schemes.core_row) is None


def test_what_contains_france_is_for_france_and_a_region_is_itself():
    assert row(territories=["EU"])["eligibilite_geographique"] == "PAYS-99100"
    assert row(territories=["FR-IDF", "DEP-75"])["eligibilite_geographique"] == "REG-11|DEP-75"


CORSE_DU_SUD = "|".join(INTERCOMMUNALITIES["DEP-2A"])


@pytest.mark.parametrize(
    ("territories", "written"),
    [
        (["DEP-2A"], CORSE_DU_SUD),
        (["DEP-2A", "DEP-13"], f"{CORSE_DU_SUD}|DEP-13"),
        (["REG-94"], "REG-94"),
        (["DEP-69M"], "EPCI-200046977"),
        (["REG-42"], "DEP-67|DEP-68"),
        (["COM-75110"], "COM-75110"),
        (["COM-97801", "DE"], "COM-97801"),
        (["DEP-978"], "DEP-978"),
    ],
)
def test_a_territory_is_written_without_a_promise_too_much_or_too_little(territories, written):
    assert row(territories=territories)["eligibilite_geographique"] == written
    assert re.fullmatch(r"[A-Z]+-\d+(\|[A-Z]+-\d+)*", written)


@pytest.mark.parametrize("territories", [["COM-2B033"], ["DEP-13", "COM-2B033"]])
def test_an_offer_with_a_territory_that_has_no_code_there_claims_no_other_one(territories):
    assert row(territories=territories) is None


def test_others_than_professionals_are_in_the_core_alone():
    assert row(audience=["individual"]) is None
    core = row(audience=["individual", "lab"], make=aid_schemes.core_row)
    assert core["cibles"] == "particuliers|secteur public"


def leaf(attribute, op, value):
    words = {"label_fr": f"règle sur {attribute}", "label_en": f"rule on {attribute}"}
    return {"type": "cmp", "attribute": attribute, "op": op, "value": value, **words}


def ruled(*rules, kind="all"):
    return row(eligibility={"rule": {"type": kind, "rules": list(rules)}})


def test_what_a_rule_asks_of_the_company_is_in_the_columns_for_it():
    found = ruled(
        leaf("headcount", "<", 250),
        leaf("headcount", ">=", 10),
        leaf("company_size", "in", ["micro", "small", "medium"]),
        leaf("age_months", ">=", 24),
    )
    assert found["eligibilite_effectif_minimal"] == 10
    assert found["eligibilite_effectif_maximal"] == 249
    assert found["eligibilite_categorie_taille_entreprise"] == "MIC|PME"
    assert found["eligibilite_annees_existence_minimal"] == 2
    assert "• règle sur headcount" in found["eligibilite"]


def test_an_alternative_is_no_requirement_and_a_part_of_a_category_is_not_the_category():
    either = ruled(leaf("headcount", "<", 250), leaf("trl", ">=", 4), kind="any")
    assert either["eligibilite_effectif_maximal"] is None
    assert (
        ruled(leaf("company_size", "in", ["small"]))["eligibilite_categorie_taille_entreprise"]
        is None
    )


def test_dates_are_instants_of_the_offer_s_zone_and_a_day_ends_with_its_last_second():
    window = {"opens": {"on": "2026-10-01"}, "closes": {"on": "2026-12-31"}}
    found = row(intake={"shape": "window", "window": window})
    assert found["date_ouverture"] == "2026-10-01T00:00:00+02:00"
    assert found["date_cloture"] == "2026-12-31T23:59:59+01:00"
    assert row(intake={"shape": "permanent"})["date_cloture"] is None
    rolling = {"shape": "rolling_then_dated", "full_cut_offs": [{"on": "2026-12-01"}]}
    assert row(intake=rolling)["date_ouverture"] is None


def test_a_promise_is_the_first_sentence_or_none():
    assert row(summary=both("Gagnez des heures. Puis le reste."))["promesse"] == "Gagnez des heures"
    assert row(summary=both("mot " * 60))["promesse"] is None


def test_unknown_sectors_are_not_all_sectors():
    assert row(sectors=None)["ciblage_secteur_activite"] == "non précisé"
    assert row(sectors=["any"])["ciblage_secteur_activite"] == "tous secteurs d'activité"
    named = row(sectors=["health", "62.01Z"])
    assert (named["ciblage_secteur_activite"], named["ciblage_naf"]) == ("santé", "62.01Z")
