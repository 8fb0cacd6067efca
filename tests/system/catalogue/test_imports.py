"""A partner sends a file: it looks, mends, applies; a curator reviews; others are kept out."""

import csv
import io

import openpyxl
from tests.system.catalogue.test_catalogue import wait_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = ["Référence", "Adresse", "Titre", "Title", "Relecture"]
MAPPING = {
    "external_id": "Référence",
    "columns": {
        "Adresse": {"to": "/slug"},
        "Titre": {"to": "/title/fr"},
        "Title": {"to": "/title/en"},
        "Relecture": {"to": "/review_by", "type": "date_dmy"},
    },
    "constants": {
        "/summary/fr": "Un atelier d'une journée pour les équipes techniques.",
        "/summary/en": "A workshop of one day for technical teams.",
        "/organisations/0/organisation": "scaleway",
        "/organisations/0/role": "provider",
        "/details/kind": "training",
        "/sources/0/label": "fichier du partenaire",
        "/sources/0/confidence": "stated_by_provider",
    },
}


def explained(partner, source):
    address = f"/v1/partners/scaleway/mappings/{source}"
    answer = partner.put(address, json=MAPPING, headers={"If-Match": '"0"'})
    assert answer.status_code == 200, answer.text


def workbook(*lines):
    book, written = openpyxl.Workbook(), io.BytesIO()
    for line in (HEADER, *lines):
        book.active.append(line)
    book.save(written)
    return written.getvalue()


def sent(partner, content, media_type, source=None):
    parameters = {"partner": "scaleway", **({"source": source} if source else {})}
    headers = {"Content-Type": media_type}
    answer = partner.post("/v1/imports", params=parameters, content=content, headers=headers)
    assert answer.status_code == 202, answer.text
    return followed(partner, answer.headers["Location"])


def followed(partner, address):
    """Wait until no worker has anything to do, and return the answer."""
    wait_for(lambda: partner.get(address).json()["state"] not in {"previewing", "applying"})
    return partner.get(address)


def applied(partner, seen):
    address = f"/v1/imports/{seen.json()['id']}"
    answer = partner.post(f"{address}/apply", headers={"If-Match": seen.headers["ETag"]})
    assert answer.status_code == 202, answer.text
    return followed(partner, address).json()


def test_a_partner_s_workbook_is_mended_applied_and_reviewed(partner, curator, anonymous):
    explained(partner, "classeur")
    bad = ["F-2", "fichier-2", "=1+1", "Two", "30/11/2027"]
    lines = ["F-1", "fichier-1", "Un", "One", "30/11/2027"], bad
    seen = sent(partner, workbook(*lines), XLSX, "classeur")
    assert (seen.json()["foreseen"]["created"], seen.json()["foreseen"]["refused"]) == (1, 1)
    assert anonymous.get("/v1/offers/fichier-1").status_code == 404
    assert applied(partner, seen)["outcome"]["created"] == 1
    errors = partner.get(f"/v1/imports/{seen.json()['id']}/errors").text
    (row,) = csv.DictReader(io.StringIO(errors))
    assert (row["import_line"], row["import_reason"]) == (
        "3",
        "Titre: a formula is not evaluated; write its value",
    )
    mended = sent(partner, errors.replace(row["Titre"], "Deux").encode(), "text/csv", "classeur")
    assert applied(partner, mended)["outcome"]["created"] == 1
    approved = curator.post("/v1/reviews/fichier-2/approve", json={})
    assert approved.status_code == 200, approved.text
    wait_for(lambda: anonymous.get("/v1/offers/fichier-2").status_code == 200)
    assert anonymous.get("/v1/offers/fichier-1").status_code == 404


def test_the_same_file_again_changes_nothing(partner):
    explained(partner, "deux-fois")
    content = workbook(["G-1", "encore-1", "Un", "One", "30/11/2027"])
    applied(partner, sent(partner, content, XLSX, "deux-fois"))
    again = applied(partner, sent(partner, content, XLSX, "deux-fois"))
    assert (again["outcome"]["unchanged"], again["outcome"]["created"]) == (1, 0)


def test_nobody_else_sees_or_orders_a_partner_s_import(partner, founder, anonymous):
    seen = sent(partner, b'{"external_id": "H-1", "offer": {}}\n', "application/x-ndjson")
    address = f"/v1/imports/{seen.json()['id']}"
    assert anonymous.get(address).status_code == 401
    assert founder.get(address).status_code == 403
    assert founder.post(f"{address}/apply", headers={"If-Match": "*"}).status_code == 403
    foreign = {"partner": "genci"}
    headers = {"Content-Type": "text/csv"}
    answer = partner.post("/v1/imports", params=foreign, content=b"a\n1\n", headers=headers)
    assert answer.status_code == 404
    assert partner.post(f"{address}/cancel").json()["state"] == "cancelled"


def test_a_hostile_file_is_refused_with_a_reason_and_stops_nobody(partner):
    bomb = sent(partner, b"PK\x03\x04 no workbook", XLSX)
    assert bomb.json()["refusal"]["detail"] == "not a workbook (.xlsx) that can be read"
    latin = sent(partner, "ref\nété\n".encode("latin-1"), "text/csv")
    assert "name its encoding" in latin.json()["refusal"]["detail"]
    refused = partner.post(f"/v1/imports/{latin.json()['id']}/apply", headers={"If-Match": "*"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/illegal-transition")
