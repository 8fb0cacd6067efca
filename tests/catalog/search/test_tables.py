"""A search as a table: all of its pages, the same filters, no cell that is a formula."""

import csv
import io

import pytest
from openpyxl import load_workbook
from tests.catalog.support import both, lose_index, publish_one_of_each

from aiff_catalog.search.application import tables

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.engines)])
def search_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def table(place, headers=None, **parameters):
    answer = place.client.get("/v1/offers", params=parameters, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_a_table_has_what_the_search_finds_in_its_order(place):
    publish_one_of_each(place)
    place.drain()
    answer = table(place, kind="compute", format="csv")
    assert answer.headers["content-type"].startswith(CSV)
    assert answer.headers["content-disposition"] == 'attachment; filename="offers.csv"'
    assert answer.headers["x-total-count"] == "3"
    assert [row["slug"] for row in rows(answer)] == place.found(kind="compute")
    assert rows(table(place, format="csv", gpu_memory_min=1_000)) == []


def test_accept_asks_for_a_table_and_the_parameter_goes_before_it(place):
    place.publish("bourse")
    place.drain()
    asked = {"Accept": CSV}
    answer = table(place, asked)
    assert answer.headers["content-type"].startswith(CSV)
    assert "Accept" in answer.headers["vary"]
    assert table(place, asked, format="json").json()["items"][0]["slug"] == "bourse"
    page = place.client.get("/v1/offers", headers={"Accept": "text/html, */*;q=0.1"})
    assert (page.headers["content-type"], page.headers["vary"]) == ("application/json", "Accept")


def test_all_pages_are_there_up_to_the_bound_that_is_said(place, monkeypatch):
    monkeypatch.setattr(tables, "_AT_ONCE", 2)
    monkeypatch.setattr(tables, "MOST_ROWS", 4)
    for number in range(5):
        place.publish(f"offre-{number}")
    place.drain()
    answer = table(place, format="csv")
    assert [row["slug"] for row in rows(answer)] == [f"offre-{number}" for number in range(4)]
    assert answer.headers["x-total-count"] == "5"


def test_no_cell_is_a_formula(place):
    evil = "=HYPERLINK(1)"
    place.publish("bourse", title=both(evil))
    place.drain()
    assert rows(table(place, format="csv"))[0]["title_fr"] == f"'{evil}"
    book = load_workbook(io.BytesIO(table(place, format="xlsx").content))
    names, values = book.active.iter_rows()
    (cell,) = (cell for name, cell in zip(names, values, strict=True) if name.value == "title_fr")
    assert (cell.value, cell.data_type) == (evil, "s")


def test_the_same_as_json_gives_the_same_table(place):
    publish_one_of_each(place)
    place.drain()
    asked = {"kind": ["compute"], "format": "csv"}
    answer = place.client.post("/v1/offers/search", json=asked)
    assert answer.content == table(place, kind="compute", format="csv").content


@pytest.mark.parametrize("name", ["limit", "cursor", "facets", "highlight", "count"])
def test_what_asks_for_a_page_is_refused_with_a_table(place, name):
    values = {"limit": "5", "cursor": "x", "facets": "kind", "highlight": "true", "count": "true"}
    parameters = {"format": "xlsx", name: values[name]}
    answer = place.client.get("/v1/offers", params=parameters)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{name}"]


def test_a_table_is_made_while_the_index_is_away(place):
    publish_one_of_each(place)
    place.drain()
    lose_index(place)
    answer = table(place, kind="compute", format="csv")
    assert [row["slug"] for row in rows(answer)] == ["amd", "cloud", "jean-zay"]


def test_an_unknown_format_is_400(place):
    answer = place.client.get("/v1/offers", params={"format": "pdf"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/format")
