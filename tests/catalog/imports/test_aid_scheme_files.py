"""A whole file by the schema for aid schemes, as ministries and regions fill it."""

import csv
import io
from uuid import UUID, uuid5

import openpyxl
from tests.catalog.imports.test_aid_schemes import CONSTANTS
from tests.catalog.imports.test_routes import order, sent
from tests.catalog.support import PARTNER

from aiff_catalog.imports.adapters.files import open_import
from aiff_catalog.imports.adapters.table import FileLimits
from aiff_catalog.imports.domain import aid_schemes
from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_contracts.codec import parse
from aiff_contracts.offer import OfferContent

PLACE = UUID("018f0000-0000-7000-8000-00000000aaaa")
ROWS = 160
PLACES = (
    "PAYS-99100",
    "REG-11",
    "DEP-2A",
    "DEP-971|DEP-972",
    "COM-75056",
    "REG-84|DEP-13",
    "DEP-01",
)
OUT = ("", "REG-84", "DEP-01|COM-83137", "COM-69123")
FORMS = ("EI|Microentrepreneur|EURL|SASU", "SARL|SAS|SA", "SCIC", "GAEC|GIE", "")
NAF = ("A|B|C", "55|56.1|74.10|10.11Z", "62.01Z", "", "72.19Z|72.11Z")
SECTORS = ("tous secteurs d'activité", "santé|énergie", "agriculture|IAA|services", "industrie")
SIZES = ("MIC|PME|ETI|GE", "PME", "", "ETI|GE", "MIC")
TARGETS = ("professionnels", "professionnels|associations", "secteur public", "particuliers")
BEARERS = "[{ nom: 'ADEME', siren: '385290309', roles: [ 'instructeur' ]}]"
LAW = "[{ libelle: 'Règlement \"de minimis\"', lien: 'https://europa.eu/reglement' }]"


def row(n):
    """Return the n-th row; together they fill every column in every way that is right."""

    def one(values):
        return values[n % len(values)]

    return {
        "id": str(uuid5(PLACE, str(n))) if n % 3 else f"DSP{n:06d}",
        "titre": f"Aide n° {n} : « l'énergie » & l'IA",
        "promesse": one((f"Lancez votre projet {n}", "x" * 180, "")),
        "description": one(("Une aide ; des « travaux », 50 %.\n\nPlus en détail.", "d" * 5_000)),
        "eligibilite": one(
            (
                "• Avoir un projet ;\n - Être à jour, de tout",
                "Aucun critère",
                "• Un\n• Deux\n• Trois",
            )
        ),
        "types_aides": one(("financement", "information|financement", "prêt")),
        "porteurs": one((BEARERS, "[]")),
        "programmes_parents": one(("Fonds Chaleur|Fonds vert 2024", "France 2030", "")),
        "url_source": one(("https://agir.example.fr/aide?a=1&b=é", "")),
        "cibles": one(TARGETS),
        "eligibilite_geographique": one(PLACES),
        "eligibilite_geographique_exclusions": one(OUT),
        "date_ouverture": one(("2025-10-15T15:00:00Z", "2025-10-15", "")),
        "date_cloture": one(
            ("2027-10-15T15:00:00+02:00", "", "2027-12-31", "2027-06-30T21:59:59Z")
        ),
        "date_mise_a_jour": one(("2026-11-01T10:00:00Z", "2026-11-01")),
        "base_juridique": one((LAW, "")),
        "eligibilite_effectif_minimal": one(("10", "", "0")),
        "eligibilite_effectif_maximal": one(("249", "", "5000")),
        "eligibilite_categorie_taille_entreprise": one(SIZES),
        "eligibilite_annees_existence_minimal": one(("2", "", "0")),
        "eligibilite_forme_juridique": one(FORMS),
        "eligibilite_forme_juridique_exclusions": one(("", "Microentrepreneur|EI")),
        "ciblage_secteur_activite": one(SECTORS),
        "ciblage_naf": one(NAF),
        "ciblage_naf_exclusions": one(("", "92|A")),
        "chainage_paiement": one(("DSP000123", "")),
    }


FILLED = [row(n) for n in range(ROWS)]


def as_csv(encoding="utf-8", delimiter=","):
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(FILLED[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(FILLED)
    return written.getvalue().encode(encoding)


def as_workbook():
    """Return the workbook of the same file, in which a spreadsheet made numbers of digits."""
    book = openpyxl.Workbook()
    book.active.append(list(FILLED[0]))
    for one in FILLED:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in one.values()])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def explained(place):
    mapping = {"standard": "dispositif-aide", "constants": CONSTANTS, "encoding": "cp1252"}
    headers = place.as_(PARTNER, If_Match='"0"')
    answer = place.client.put("/v1/partners/genci/mappings/aides", json=mapping, headers=headers)
    assert answer.status_code == 200, answer.text


def test_the_rows_fill_every_column():
    assert set(FILLED[0]) == set(aid_schemes.COLUMNS)
    assert all(any(one[name] for one in FILLED) for name in FILLED[0])
    assert len(FILLED) >= 150


def test_every_form_of_the_file_says_the_same_and_nothing_is_refused(tmp_path):
    mapping = ColumnMapping(standard="dispositif-aide", constants=CONSTANTS, encoding="cp1252")
    read = []
    for name, written in (
        ("a.csv", as_csv()),
        ("b.csv", as_csv("cp1252", ";")),
        ("c.xlsx", as_workbook()),
    ):
        path = tmp_path / name
        path.write_bytes(written)
        rows = list(open_import(path, mapping, FileLimits()).rows())
        assert [(row.line, row.faults) for row in rows if row.faults] == []
        read.append([(row.external_id, parse(OfferContent, row.offer)) for row in rows])
    assert len(read[0]) == ROWS
    assert read[0] == read[1] == read[2]


def test_the_file_is_previewed_applied_and_changes_nothing_when_it_is_sent_again(place):
    explained(place)
    raw = as_csv("cp1252", ";")
    seen = sent(place, raw, "text/csv", source="aides")
    assert seen.json()["foreseen"] == {"created": ROWS, "updated": 0, "unchanged": 0, "refused": 0}
    assert order(place, seen).status_code == 202
    done = place.client.get(seen.request.url.path, headers=place.as_(PARTNER)).json()
    assert done["outcome"]["created"] == ROWS
    again = sent(place, raw, "text/csv", source="aides").json()
    assert again["foreseen"] == {"created": 0, "updated": 0, "unchanged": ROWS, "refused": 0}
