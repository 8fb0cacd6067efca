"""Files over which people stumbled in comparable systems, each with what is right.

The reports: DFE-Digital/get-help-with-tech#1326 (the file that was given out is not taken back),
GetDKAN/dkan#1871 (a byte order mark), bardsoftware/ganttproject#1634 (lines of separators),
tidyverse/readxl#513 (hidden sheets), gristlabs/grist-core#1702 (French truth values),
internetarchive/openlibrary#9482 (languages in capitals), dimagi/commcare-connect#488 (currencies in
small letters), OWASP/www-community#443 (a formula behind another separator).
"""

import csv
import io
from dataclasses import replace

import openpyxl
import orjson
import pytest
from tests.catalog.imports.test_routes import XLSX, read, sent
from tests.catalog.real_documents import published
from tests.catalog.support import PARTNER, content, offer_json, organisation

from aiff_catalog.exchange.adapters.formats.tables import OFFER_COLUMNS, CsvWriter, offer_row
from aiff_contracts.codec import dump_json
from aiff_contracts.offer import Text

CONSTANTS = {
    "/summary/fr": "Un atelier d'une journée.",
    "/summary/en": "A workshop of one day.",
    "/organisations/0/organisation": "genci",
    "/organisations/0/role": "provider",
    "/details/kind": "training",
    "/sources/0/label": "fichier du partenaire",
    "/sources/0/confidence": "stated_by_provider",
}
COLUMNS = {
    "Adresse": {"to": "/slug"},
    "Titre": {"to": "/title/fr"},
    "Title": {"to": "/title/en"},
    "Relecture": {"to": "/review_by", "type": "date_dmy"},
}
FIRST = "essai-1;Énergie à l'œuvre;Energy;30/11/2027\n"
SECOND = "essai-2;Données de santé : été;Health data;2027-11-30\n"


def explained(place, reference="Référence", more=None, **mapping):
    told = {
        "external_id": reference,
        "columns": {**COLUMNS, **(more or {})},
        "constants": CONSTANTS,
        "delimiter": ";",
        **mapping,
    }
    headers = place.as_(PARTNER, If_Match='"0"')
    answer = place.client.put("/v1/partners/genci/mappings/sirene", json=told, headers=headers)
    assert answer.status_code == 200, answer.text


def foreseen(view):
    return {name: count for name, count in view.json()["foreseen"].items() if count}


@pytest.mark.parametrize("reference", ["Référence", "Ref"])
def test_the_file_of_errors_is_taken_back_whatever_the_encoding_of_the_first(place, reference):
    explained(place, reference, encoding="cp1252")
    table = f"{reference};Adresse;Titre;Title;Relecture\nC-1;{FIRST}C-2;{SECOND}"
    seen = sent(place, table.encode("cp1252"), "text/csv", source="sirene")
    assert foreseen(seen) == {"created": 1, "refused": 1}
    errors = read(place, f"/v1/imports/{seen.json()['id']}/errors").content
    assert "Données de santé : été".encode() in errors
    mended = errors.replace(b";2027-11-30;", b";30/11/2027;")
    again = sent(place, mended, "text/csv", source="sirene")
    assert foreseen(again) == {"created": 1}


def test_objects_with_a_byte_order_mark_are_all_read(place):
    items = [{"external_id": f"B-{n}", "offer": offer_json(f"essai-bom-{n}")} for n in (1, 2)]
    lines = b"\xef\xbb\xbf" + b"\n".join(orjson.dumps(one) for one in items)
    assert foreseen(sent(place, lines)) == {"created": 2}
    array = b"\xef\xbb\xbf" + orjson.dumps(items)
    assert foreseen(sent(place, array, "application/json")) == {"created": 2}


def test_lines_of_separators_are_no_rows(place):
    explained(place)
    table = f"Référence;Adresse;Titre;Title;Relecture\nV-1;{FIRST};;;;\n;;;;\n ; ;;;\n"
    assert foreseen(sent(place, table, "text/csv", source="sirene")) == {"created": 1}


def test_the_one_sheet_that_people_see_is_read(place):
    explained(place)
    book = openpyxl.Workbook()
    book.active.title = "Offres"
    book.active.append(["Référence", *COLUMNS])
    book.active.append(["X-1", *FIRST.strip().split(";")])
    lists = book.create_sheet("Listes")
    lists.append(["oui"])
    lists.sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    assert foreseen(sent(place, written.getvalue(), XLSX, source="sirene")) == {"created": 1}


def test_french_truth_values_are_truth_values(place):
    explained(place, more={"Conseiller": {"to": "/support/named_advisor", "type": "boolean"}})
    head, line = "Référence;Adresse;Titre;Title;Relecture;Conseiller\n", FIRST.strip()
    table = f"{head}Y-1;{line};VRAI\nY-2;{line.replace('essai-1', 'essai-2')};FAUX\n"
    assert foreseen(sent(place, table, "text/csv", source="sirene")) == {"created": 2}


def put(place, external_id, offer):
    headers = place.as_(PARTNER)
    address = f"/v1/offers/by-external-id/genci/{external_id}"
    return place.client.put(address, json=offer, headers=headers)


def test_languages_and_currencies_are_stored_by_their_codes_or_refused_by_place(place):
    refused = put(place, "L-1", offer_json("langues", languages=["FR", "En", "12"]))
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/languages/2"]
    row = {"amount": "3.20", "currency": "€€€", "period": "month"}
    priced = {"basis": "priced", "rows": [row]}
    refused = put(place, "D-1", offer_json("devise", pricing=priced))
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/pricing/rows/0/currency"]
    row["currency"] = "eur"
    good = offer_json("devise", pricing=priced, languages=["FR"], keywords=["  gpu\u200b "])
    assert put(place, "D-1", good).status_code == 201
    with place.catalog.base.open() as uow:
        stored = uow.offers.by_slug("devise").working
    assert (stored.pricing.rows[0].currency, stored.languages, stored.keywords) == (
        "EUR",
        ("fr",),
        ("gpu",),
    )


def test_no_separator_of_a_spreadsheet_makes_a_formula():
    title = Text(fr="Gratuit;=1+1;@SUM(1),=1|-2", en="Free;=1+1")
    given = replace(content("bourse", keywords=["a;=2+3", "b\t@SUM(1)"]), title=title)
    document = published(given, {"genci": organisation("genci")})
    writer = CsvWriter(OFFER_COLUMNS, offer_row)
    raw = b"".join((writer.begin(), writer.add([dump_json(document)]), *writer.end())).decode()
    for separator in (",", ";", "\t", "|"):
        for line in csv.reader(io.StringIO(raw, newline=""), delimiter=separator):
            assert not any(cell.lstrip('"').startswith(("=", "+", "-", "@")) for cell in line)
