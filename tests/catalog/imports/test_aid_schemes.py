"""Files by the French table schema for aid schemes, as their bearers publish them."""

import csv
import io
from pathlib import Path

import pytest
from tests.catalog.real_documents import published, stored_documents
from tests.catalog.support import organisation

from aiff_catalog.exchange.adapters.formats import aid_schemes
from aiff_catalog.exchange.adapters.formats.tables import CsvWriter
from aiff_catalog.imports.adapters.files import open_import
from aiff_catalog.imports.adapters.table import FileLimits
from aiff_catalog.imports.domain.column_mapping import ColumnMapping, Target
from aiff_contracts.codec import Faults, dump_json, parse, parse_json
from aiff_contracts.offer import OfferContent, OfferDocument
from aiff_contracts.territory import INTERCOMMUNALITIES

STANDARDS = Path(__file__).parents[1] / "standards/dispositif-aide"
CONSTANTS = {
    "/organisations/0/organisation": "genci",
    "/organisations/0/role": "provider",
    "/details/kind": "funding",
    "/details/components/0/instrument": "grant",
    "/details/components/0/dilution": "none",
}
ROW = {
    "id": "aide-1",
    "titre": "Accélérateur IA",
    "promesse": "Entraînez votre modèle",
    "description": "Une aide.\n\nPlus en détail.",
    "eligibilite": "• Avoir un projet ;\n - Être à jour de ses cotisations",
    "types_aides": "financement",
    "porteurs": "[]",
    "cibles": "professionnels|associations",
    "eligibilite_geographique": "REG-11|PAYS-99100",
    "date_mise_a_jour": "2026-11-01T10:00:00Z",
}


def mapping(**constants):
    return ColumnMapping(standard="dispositif-aide", constants={**CONSTANTS, **constants})


def read(path, given=None):
    return list(open_import(path, given or mapping(), FileLimits()).rows())


def one(tmp_path, given=None, **cells):
    row = {**ROW, **cells}
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(row))
    writer.writeheader()
    writer.writerow(row)
    path = tmp_path / "aides.csv"
    path.write_text(written.getvalue())
    (found,) = read(path, given)
    return found


def offer(tmp_path, given=None, **cells):
    found = one(tmp_path, given, **cells)
    assert found.faults == ()
    return parse(OfferContent, found.offer)


@pytest.mark.parametrize("name", ["dispositif-aide", "dispositif-aide-professionnels"])
def test_the_official_examples_become_offers_but_for_their_dates(name):
    (row,) = read(STANDARDS / f"{name}.exemple.csv")
    assert row.faults == ()
    # The published example opens at the instant at which it closes.
    with pytest.raises(Faults, match="closes before it opens") as refused:
        parse(OfferContent, row.offer)
    assert [one.pointer for one in refused.value.faults] == ["/intake/window"]
    assert parse(OfferContent, {**row.offer, "intake": {"shape": "unknown"}})


def test_what_the_catalogue_writes_it_reads_again(tmp_path):
    writer = CsvWriter(aid_schemes.PROFESSIONALS, aid_schemes.professional_row)
    path = tmp_path / "aides.csv"
    path.write_bytes(b"".join((writer.begin(), writer.add(stored_documents()), *writer.end())))
    parsed = [parse_json(OfferDocument, one) for one in stored_documents()]
    rows, documents = read(path), {str(one.id): one for one in parsed}
    assert len(rows) > 90
    for row in rows:
        assert row.faults == ()
        again, before = parse(OfferContent, row.offer), documents[row.external_id]
        assert again.title.fr == " ".join(before.title.fr.split())
        assert again.url == before.url


def test_words_and_codes_become_fields(tmp_path):
    found = offer(tmp_path, date_ouverture="2026-12-01T08:00:00Z", url_source="https://a.example")
    assert found.slug.startswith("accelerateur-ia-")
    assert (found.title.fr, found.summary.fr) == ("Accélérateur IA", "Entraînez votre modèle")
    assert found.audience == ("startup", "sme", "midcap", "large", "association")
    assert found.territories == ("REG-11", "FR")
    assert [one.fr for one in found.eligibility.conditions] == [
        "Avoir un projet",
        "Être à jour de ses cotisations",
    ]
    assert (found.intake.window.opens.at.isoformat(), found.intake.window.closes) == (
        "09:00:00",
        None,
    )
    assert str(found.sources[0].as_of) == "2026-11-01"


def test_all_groups_of_communes_of_a_department_are_the_department(tmp_path):
    groups = INTERCOMMUNALITIES["DEP-2A"]
    cell = "|".join(("DEP-13", *groups))
    assert offer(tmp_path, eligibilite_geographique=cell).territories == ("DEP-13", "DEP-2A")


def test_criteria_with_codes_become_rules_and_the_others_conditions(tmp_path):
    found = offer(
        tmp_path,
        eligibilite_effectif_minimal="10",
        eligibilite_effectif_maximal="250",
        eligibilite_annees_existence_minimal="2",
        eligibilite_categorie_taille_entreprise="PME",
        eligibilite_forme_juridique="SAS|SARL",
        ciblage_secteur_activite="santé",
        ciblage_naf="62.01Z",
    )
    rules = [(one.attribute, one.op, one.value) for one in found.eligibility.rule.rules]
    assert rules == [
        ("headcount", ">=", 10),
        ("headcount", "<=", 250),
        ("age_months", ">=", 24),
        ("company_size", "in", ("micro", "small", "medium")),
        ("legal_form", "in", ("SAS", "SASU", "SELAS", "SARL", "EURL", "SELARL")),
    ]
    assert found.eligibility.rule.rules[-1].label_fr == "Formes juridiques : SAS, SARL"
    assert found.sectors == ("62.01Z",)


@pytest.mark.parametrize(
    ("words", "sectors"),
    [
        ("santé|énergie", ("health", "energy")),
        ("tous secteurs d'activité", ("any",)),
        ("santé|licornes", None),
    ],
)
def test_a_sector_that_is_not_known_makes_no_restriction_of_the_others(tmp_path, words, sectors):
    assert offer(tmp_path, ciblage_secteur_activite=words).sectors == sectors


def test_two_rows_of_one_title_have_two_addresses_and_one_row_keeps_its_own(tmp_path):
    first, other = (offer(tmp_path, id=name).slug for name in ("aide-1", "aide-2"))
    assert first != other
    assert first == offer(tmp_path, id="aide-1", description="Autrement.").slug


def test_dates_that_are_not_stated_stay_unknown(tmp_path):
    assert offer(tmp_path).intake.shape == "unknown"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("types_aides", "accompagnement"),
        ("types_aides", "financement|formation"),
        ("cibles", "licornes"),
        ("date_cloture", "30/11/2026"),
        ("eligibilite_effectif_minimal", "dix"),
        ("eligibilite_categorie_taille_entreprise", "TPE"),
    ],
)
def test_a_cell_that_means_nothing_or_several_things_is_a_fault_of_its_column(
    tmp_path, column, cell
):
    constants = {name: value for name, value in CONSTANTS.items() if name != "/details/kind"}
    given = ColumnMapping(standard="dispositif-aide", constants=constants)
    found = one(tmp_path, given, **{column: cell})
    assert [(fault.column, fault.code) for fault in found.faults] == [
        (column, "not_the_standard_s")
    ]


def test_a_formula_is_refused_here_too(tmp_path):
    assert [one.code for one in one(tmp_path, titre="=1+1").faults] == ["formula"]


def test_a_standard_explains_its_columns_itself():
    with pytest.raises(Faults):
        ColumnMapping(standard="dispositif-aide", columns={"a": Target(to="/slug")})


def test_a_file_without_the_standard_s_columns_is_refused(tmp_path):
    path = tmp_path / "aides.csv"
    path.write_text("id,titre\n1,x\n")
    with pytest.raises(Faults, match="the file has no column 'types_aides'"):
        read(path)


@pytest.mark.parametrize(("column", "most"), [("promesse", 180), ("description", 5_000)])
def test_a_text_over_the_limit_of_the_schema_is_told(tmp_path, column, most):
    assert one(tmp_path, **{column: "x" * most}).faults == ()
    (fault,) = one(tmp_path, **{column: "x" * (most + 1)}).faults
    assert (fault.column, fault.code) == (column, "too_long")
    assert f"the schema allows {most}" in fault.detail


def test_every_cell_of_a_row_that_is_unclear_is_told_at_once(tmp_path):
    cells = {"cibles": "licornes", "date_cloture": "30/11/2026", "date_ouverture": "demain"}
    found = one(tmp_path, eligibilite_effectif_minimal="dix", promesse="x" * 181, **cells)
    assert {fault.column for fault in found.faults} == {
        *cells,
        "promesse",
        "eligibilite_effectif_minimal",
    }


def test_an_aid_comes_back_from_the_table_that_the_catalogue_writes(tmp_path):
    """What the schema cannot say (ids, bearers, kinds) is the mapping's; the rest is the same.

    A code becomes a rule with a sentence of its own, which joins the sentences that were there.
    """

    def exported(documents):
        writer = CsvWriter(aid_schemes.PROFESSIONALS, aid_schemes.professional_row)
        return b"".join((writer.begin(), writer.add(documents), *writer.end()))

    def rows(raw):
        return list(csv.DictReader(io.StringIO(raw.decode(), newline="")))

    path = tmp_path / "aides.csv"
    path.write_bytes(first := exported(stored_documents()))
    known = {"genci": organisation("genci")}
    read_again = [published(parse(OfferContent, row.offer), known) for row in read(path)]
    again = rows(exported([dump_json(one) for one in read_again]))
    elsewhere = {"id", "porteurs", "types_aides", "date_mise_a_jour", "programmes_parents"}
    for before, after in zip(rows(first), again, strict=True):
        changed = {name for name in before if before[name] != after[name]} - elsewhere
        assert changed <= {"eligibilite"}, before["titre"]
        assert set(before["eligibilite"].split("\n")) <= set(after["eligibilite"].split("\n"))
