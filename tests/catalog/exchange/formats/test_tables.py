import csv
import io

import pytest
from openpyxl import load_workbook
from tests.catalog.real_documents import published, real_documents, stored_documents
from tests.catalog.support import both, content, organisation

from aiff_catalog.exchange.adapters.formats.tables import (
    OFFER_COLUMNS,
    CsvWriter,
    XlsxWriter,
    offer_row,
)
from aiff_contracts.codec import dump_json
from aiff_kit.cells import unguarded

KNOWN = {"genci": organisation("genci")}


def written(kind, documents):
    writer = kind(OFFER_COLUMNS, offer_row)
    return b"".join((writer.begin(), writer.add(documents), *writer.end()))


def csv_rows(documents):
    text = written(CsvWriter, documents).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet(documents):
    return load_workbook(io.BytesIO(written(XlsxWriter, documents)))["offers"]


def one(**changes):
    return dump_json(published(content("bourse", **changes), KNOWN))


def test_the_first_columns_stay_where_they_are():
    assert OFFER_COLUMNS[:10] == (
        *("id", "slug", "kind", "version", "published_at", "updated_at"),
        *("title_fr", "title_en", "summary_fr", "summary_en"),
    )


def test_csv_and_workbook_hold_every_offer_with_the_same_cells():
    rows = csv_rows(stored_documents())
    assert [row["slug"] for row in rows] == [one.slug for one in real_documents()]
    values = list(sheet(stored_documents()).iter_rows(values_only=True))
    assert values[0] == OFFER_COLUMNS
    for row, cells in zip(rows, values[1:], strict=True):
        told = zip(OFFER_COLUMNS, cells, strict=True)
        shown = {name: "" if cell is None else str(cell) for name, cell in told}
        plain = {name: unguarded(cell) for name, cell in row.items()}
        assert plain == {**shown, "gpu_memory_gb": plain["gpu_memory_gb"]}


def test_unknown_is_an_empty_cell_and_several_values_are_told_apart():
    (row,) = csv_rows([one(audience=["startup", "sme"])])
    assert (row["audience"], row["territories"]) == ("startup | sme", "")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\uff1d"])
def test_no_cell_is_a_formula(begin):
    document = one(title=both(f'{begin}cmd|"/C calc"!A0'), contact={"phone": "+33 1 23"})
    (row,) = csv_rows([document])
    assert row["title_fr"].startswith("'")
    assert row["contact_phone"] == "'+33 1 23"
    cells = {cell.value: cell.data_type for cell in sheet([document])[2]}
    assert cells[f'{begin.strip()}cmd|"/C calc"!A0'] == "s"
    assert "f" not in cells.values()


def test_numbers_are_numbers():
    gpu = {"gpu": {"model": "H100-SXM", "memory_gb": 80}}
    document = dump_json(published(content("machine", "compute", details=gpu), KNOWN))
    place = OFFER_COLUMNS.index("gpu_memory_gb")
    assert sheet([document])[2][place].value == 80


def test_a_text_longer_than_a_cell_is_cut_with_a_sign():
    long = both("x" * 20_000)
    conditions = {"conditions": [long, long]}
    cells = [cell.value for cell in sheet([one(eligibility=conditions)])[2]]
    cut = cells[OFFER_COLUMNS.index("conditions_fr")]
    assert (len(cut), cut[-1]) == (32_767, "…")
