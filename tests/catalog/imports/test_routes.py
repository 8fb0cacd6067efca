"""Partners' files over HTTP: sent, followed, read, mended, applied; and who may not."""

import csv
import io
from dataclasses import replace

import openpyxl
import orjson
import pytest
from tests.catalog.support import CURATOR, PARTNER, offer_json

from aiff_kit.auth import ANONYMOUS

INRIA = replace(PARTNER, subject="partner-2", organisation="inria")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAPPING = {
    "external_id": "ref",
    "columns": {
        "slug": {"to": "/slug"},
        "titre": {"to": "/title/fr"},
        "title": {"to": "/title/en"},
        "relecture": {"to": "/review_by", "type": "date_dmy"},
    },
    "constants": {
        "/summary/fr": "une offre",
        "/summary/en": "an offer",
        "/organisations/0/organisation": "genci",
        "/organisations/0/role": "provider",
        "/details/kind": "training",
        "/sources/0/label": "fichier du partenaire",
        "/sources/0/confidence": "sourced",
    },
}
TABLE = "ref,slug,titre,title,relecture\nA-1,un,Un,One,30/11/2027\nA-2,deux,+Deux,Two,2027-11-30\n"


def send(place, content, media_type="application/x-ndjson", principal=PARTNER, **parameters):
    headers = place.as_(principal, Content_Type=media_type, **parameters.pop("headers", {}))
    told = {"partner": "genci", **parameters}
    return place.client.post("/v1/imports", params=told, content=content, headers=headers)


def sent(place, *given, **parameters):
    answer = send(place, *given, **parameters)
    assert answer.status_code == 202, answer.text
    while place.catalog.imports.job.step():
        pass
    return read(place, answer.headers["Location"])


def read(place, address, principal=PARTNER, **parameters):
    return place.client.get(address, params=parameters, headers=place.as_(principal))


def order(place, seen, principal=PARTNER, step="apply", **headers):
    if step == "apply":
        headers = {"If_Match": seen.headers["ETag"], **headers}
    address = f"/v1/imports/{seen.json()['id']}/{step}"
    answer = place.client.post(address, headers=place.as_(principal, **headers))
    while place.catalog.imports.job.step():
        pass
    return answer


def explain(place, mapping=MAPPING, version='"0"', principal=PARTNER):
    headers = place.as_(principal, If_Match=version)
    return place.client.put("/v1/partners/genci/mappings/sirene", json=mapping, headers=headers)


def line(slug, **changes):
    return orjson.dumps({"external_id": f"X-{slug}", "offer": offer_json(slug, **changes)}) + b"\n"


def test_a_file_is_followed_from_its_upload_to_the_review(place):
    seen = sent(place, line("un") + line("deux", audience=["nobody"]), name="offres.ndjson")
    view = seen.json()
    assert (view["state"], view["progress"]) == ("previewed", {"done": 2, "rows": 2})
    assert view["foreseen"] == {"created": 1, "updated": 0, "unchanged": 0, "refused": 1}
    assert (view["name"], view["uploaded_by"], view["applied_by"]) == (
        "offres.ndjson",
        "partner-1",
        None,
    )
    assert order(place, seen).status_code == 202
    done = read(place, f"/v1/imports/{view['id']}").json()
    assert (done["state"], done["outcome"]["created"]) == ("applied", 1)
    record = read(place, "/v1/offers/by-external-id/genci/X-un").json()
    assert record["state"] == "awaiting_review"


def test_a_table_is_read_by_its_mapping_and_its_errors_are_mended_in_its_own_form(place):
    assert explain(place).status_code == 200
    seen = sent(place, TABLE, "text/csv", source="sirene")
    address = f"/v1/imports/{seen.json()['id']}"
    errors = read(place, f"{address}/errors")
    assert errors.headers["content-type"].startswith("text/csv")
    assert "attachment" in errors.headers["content-disposition"]
    (row,) = csv.DictReader(io.StringIO(errors.text))
    assert (row["ref"], row["titre"], row["import_line"]) == ("A-2", "'+Deux", "3")
    assert row["import_reason"].startswith("relecture: '2027-11-30' is not a date as DD/MM/YYYY")
    mended = sent(
        place, errors.text.replace("2027-11-30,", "30/11/2027,"), "text/csv", source="sirene"
    )
    assert mended.json()["foreseen"]["created"] == 1


def test_a_workbook_is_read_by_the_same_mapping(place):
    explain(place)
    book = openpyxl.Workbook()
    for cells in csv.reader(io.StringIO(TABLE)):
        book.active.append(cells)
    written = io.BytesIO()
    book.save(written)
    seen = sent(place, written.getvalue(), XLSX, source="sirene")
    assert (seen.json()["foreseen"]["created"], seen.json()["foreseen"]["refused"]) == (1, 1)
    assert read(place, f"/v1/imports/{seen.json()['id']}/errors").text.startswith("ref,slug,titre")


def test_rows_are_paged_and_filtered(place):
    lines = b"".join(line(f"offre-{n}") for n in range(3)) + line("Quatre!")
    seen = sent(place, lines)
    address = f"/v1/imports/{seen.json()['id']}/rows"
    first = read(place, address, limit=3).json()
    assert [one["line"] for one in first["items"]] == [1, 2, 3]
    second = read(place, address, limit=3, cursor=first["next"]).json()
    assert [(one["line"], one["foreseen"]) for one in second["items"]] == [(4, "refused")]
    (refused,) = read(place, address, result="refused").json()["items"]
    assert refused["faults"][0]["column"] == "/external_id"
    assert read(place, address, result="lost").status_code == 400


def test_imports_are_listed_newest_first_and_a_partner_sees_its_own(place):
    older, newer = (sent(place, line(slug)).json()["id"] for slug in ("un", "deux"))
    first = read(place, "/v1/imports", limit=1).json()
    second = read(place, "/v1/imports", limit=1, cursor=first["next"]).json()
    assert [one["id"] for one in (*first["items"], *second["items"])] == [newer, older]
    assert read(place, "/v1/imports", INRIA).json()["items"] == []
    assert read(place, "/v1/imports", INRIA, partner="genci").status_code == 404
    assert len(read(place, "/v1/imports", CURATOR, partner="genci").json()["items"]) == 2


def test_nobody_else_reads_or_orders_an_import(place):
    seen = sent(place, line("un"))
    address = f"/v1/imports/{seen.json()['id']}"
    assert read(place, address, INRIA).status_code == 404
    assert read(place, f"{address}/rows", INRIA).status_code == 404
    assert read(place, f"{address}/errors", INRIA).status_code == 404
    assert order(place, seen, INRIA).status_code == 404
    assert order(place, seen, INRIA, "cancel").status_code == 404
    assert send(place, line("deux"), principal=INRIA).status_code == 404
    assert send(place, line("deux"), principal=ANONYMOUS).status_code == 401
    assert explain(place, principal=INRIA).status_code == 404


def test_what_was_not_previewed_as_it_is_now_is_not_applied(place):
    seen = sent(place, line("un"))
    assert order(place, seen, If_Match='"1"').status_code == 412
    address = f"/v1/imports/{seen.json()['id']}/apply"
    assert place.client.post(address, headers=place.as_(PARTNER)).status_code == 428
    assert order(place, seen, step="cancel").json()["state"] == "cancelled"
    cancelled = read(place, f"/v1/imports/{seen.json()['id']}")
    answer = order(place, cancelled)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/illegal-transition")


def test_a_file_that_cannot_be_used_says_where_and_why(place):
    seen = sent(place, b"ref,titre\nA-1,\xe9t\xe9\n", "text/csv").json()
    assert seen["state"] == "refused"
    assert seen["refusal"]["detail"].startswith("not utf-8; name its encoding")


def test_the_same_upload_again_is_the_same_import(place):
    key = {"headers": {"Idempotency_Key": "k-1"}}
    first, again = (send(place, line("un"), **key) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert send(place, line("deux"), **key).status_code == 422


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"media_type": "application/zip"}, 415),
        ({"partner": "nobody"}, 404),
        ({"source": "unknown"}, 404),
        ({"source": "Not A Name"}, 400),
        ({"further": "x"}, 400),
    ],
)
def test_an_upload_that_is_not_understood_is_refused(place, parameters, status):
    assert send(place, line("un"), **parameters).status_code == status


def test_an_empty_file_is_refused_at_once(place):
    answer = send(place, b"", "text/csv")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "empty"
    assert read(place, "/v1/imports").json()["items"] == []


def test_a_file_that_is_too_large_is_refused(place):
    assert send(place, b"x" * 33_554_433).status_code == 413


def test_a_mapping_is_kept_changed_and_forgotten(place):
    stored = explain(place)
    assert (stored.headers["ETag"], stored.json()["mapping"]["external_id"]) == ('"1"', "ref")
    assert explain(place).status_code == 412
    semicolons = {**MAPPING, "delimiter": ";"}
    assert explain(place, semicolons, '"1"').json()["version"] == 2
    address = "/v1/partners/genci/mappings"
    assert [one["source"] for one in read(place, address).json()["items"]] == ["sirene"]
    assert read(place, f"{address}/sirene").json()["mapping"]["delimiter"] == ";"
    headers = place.as_(PARTNER, If_Match='"2"')
    assert place.client.delete(f"{address}/sirene", headers=headers).status_code == 204
    assert read(place, f"{address}/sirene").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": {"a": {"to": "title"}}},
        {"columns": {"a": {"to": "/title"}, "b": {"to": "/title"}}},
        {"columns": {"a": {"to": "/title", "type": "guess"}}},
        {"columns": {}, "encoding": "latin-1"},
        {"columns": {}, "further": 1},
    ],
)
def test_a_mapping_that_leads_nowhere_is_refused(place, wrong):
    answer = explain(place, wrong)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]


def test_faults_are_told_in_the_reader_s_language(place):
    explain(place)
    seen = sent(place, TABLE, "text/csv", source="sirene")
    address = f"/v1/imports/{seen.json()['id']}"
    told = {"Accept_Language": "fr"}
    rows = place.client.get(f"{address}/rows", headers=place.as_(PARTNER, **told)).json()
    assert rows["items"][1]["faults"][0]["detail"] == "'2027-11-30' n'est pas une date JJ/MM/AAAA"
    errors = place.client.get(f"{address}/errors", headers=place.as_(PARTNER, **told)).text
    assert "relecture: '2027-11-30' n'est pas une date JJ/MM/AAAA" in errors
    refused = sent(place, "ref,slug\nA-1,un\n", "text/csv", source="sirene").json()
    view = place.client.get(f"/v1/imports/{refused['id']}", headers=place.as_(PARTNER, **told))
    assert "le fichier n'a pas de colonne 'titre'" in view.json()["refusal"]["detail"]
    body = {"columns": {"a": {"to": "title"}}}
    headers = place.as_(PARTNER, If_Match='"0"', **told)
    problem = place.client.put("/v1/partners/genci/mappings/x", json=body, headers=headers)
    assert "n'est pas un pointeur JSON vers un champ" in problem.text
