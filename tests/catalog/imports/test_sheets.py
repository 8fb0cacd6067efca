"""Partners' workbooks: their own numbers and days are read, their tricks are refused."""

import io
import zipfile
from datetime import datetime, timedelta

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from aiff_catalog.imports.adapters.files import open_import
from aiff_catalog.imports.adapters.table import FileLimits
from aiff_catalog.imports.domain.column_mapping import ColumnMapping, Target
from aiff_catalog.shared.errors import FileRefusedError

HEADER = ["ref", "titre", "valeur"]


def mapping(type_="text", **more):
    columns = {"titre": Target(to="/title/fr"), "valeur": Target(to="/m", type=type_)}
    return ColumnMapping(external_id="ref", columns=columns, **more)


def workbook(*lines, header=HEADER, then=lambda sheet: None):
    book = openpyxl.Workbook()
    for line in (header, *lines):
        book.active.append(line)
    then(book.active)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rows(tmp_path, raw, given=None, **limits):
    path = tmp_path / "offers.xlsx"
    path.write_bytes(raw)
    return list(open_import(path, given or mapping(), FileLimits(**limits)).rows())


def changed(raw, name, change):
    """Return the archive with one of its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("type_", "cell", "value"),
    [
        ("text", "007", "007"),
        ("integer", 7, 7),
        ("number", 0.5, 0.5),
        ("number_comma", 0.5, 0.5),
        ("number_comma", "0,5", 0.5),
        ("amount", 19.99, "19.99"),
        ("amount_comma", 0.1 + 0.2, "0.3"),
        ("amount", 1_000_000, "1000000"),
        ("date", datetime(2026, 11, 30), "2026-11-30"),  # noqa: DTZ001  A day has no zone.
        ("date_dmy", datetime(2026, 11, 30), "2026-11-30"),  # noqa: DTZ001
        ("date_dmy", "30/11/2026", "2026-11-30"),
        ("boolean", True, True),
        ("boolean", "non", False),
    ],
)
def test_a_workbook_s_own_values_are_read_as_what_they_are(tmp_path, type_, cell, value):
    (row,) = rows(tmp_path, workbook(["A-1", "Été", cell]), mapping(type_))
    assert (row.faults, row.offer) == ((), {"title": {"fr": "Été"}, "m": value})


@pytest.mark.parametrize(
    ("type_", "cell"),
    [
        # A postal code that became a number has lost its first zero.
        ("text", 7),
        ("text", datetime(2026, 11, 30)),  # noqa: DTZ001
        ("list", 7),
        ("integer", 7.5),
        ("amount", "19,99"),
        ("date", 46000),
        ("date", datetime(2026, 11, 30, 9)),  # noqa: DTZ001
        ("date", timedelta(hours=2)),
        ("boolean", 1),
        ("number", True),
    ],
)
def test_a_value_of_another_kind_is_a_fault_of_its_column(tmp_path, type_, cell):
    (row,) = rows(tmp_path, workbook(["A-1", "Été", cell]), mapping(type_))
    assert [(one.column, one.code) for one in row.faults] == [("valeur", f"not_{type_}")]


@pytest.mark.parametrize("formula", ["=1+1", ArrayFormula("C2:C2", "=SUM(1,1)")])
def test_a_formula_is_refused_and_never_calculated(tmp_path, formula):
    (row,) = rows(tmp_path, workbook(["A-1", "Été", formula]), mapping("number"))
    assert [(one.column, one.code) for one in row.faults] == [("valeur", "formula")]


def test_an_error_value_is_named(tmp_path):
    raw = workbook(["A-1", "Été", "#REF!"])
    (row,) = rows(tmp_path, raw)
    assert [(one.column, one.code) for one in row.faults] == [("valeur", "error_value")]


def test_empty_cells_say_nothing_and_empty_rows_are_passed_over(tmp_path):
    raw = workbook(["A-1", "Un"], [], ["A-2", None, "x"])
    found = rows(tmp_path, raw)
    assert [(row.line, row.offer) for row in found] == [
        (2, {"title": {"fr": "Un"}}),
        (4, {"m": "x"}),
    ]
    assert not any(row.faults for row in found)


def test_merged_cells_refuse_the_file(tmp_path):
    raw = workbook(["A-1", "Un", "x"], ["A-2"], then=lambda sheet: sheet.merge_cells("B2:B3"))
    with pytest.raises(FileRefusedError, match="merged"):
        rows(tmp_path, raw)


def test_one_of_several_sheets_is_never_guessed(tmp_path):
    raw = workbook(
        ["A-1", "Un", "x"],
        then=lambda sheet: sheet.parent.create_sheet("Notes").append(["À relire"]),
    )
    with pytest.raises(FileRefusedError, match="Sheet, Notes"):
        rows(tmp_path, raw)
    assert len(rows(tmp_path, raw, mapping(sheet="Sheet"))) == 1
    with pytest.raises(FileRefusedError, match="no sheet 'Autre'"):
        rows(tmp_path, raw, mapping(sheet="Autre"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = changed(workbook(), "xl/worksheets/sheet1.xml", lambda _: b"\0" * 50_000_000)
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(bomb)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, old.read(part))
    assert len(written.getvalue()) < 100_000
    with pytest.raises(FileRefusedError, match="parts with"):
        rows(tmp_path, written.getvalue(), unpacked_bytes=10_000_000)


def test_entities_are_not_expanded(tmp_path):
    def hostile(xml):
        head, _, rest = xml.partition(b"<worksheet")
        doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        return head + doctype + b"<worksheet" + rest

    raw = changed(workbook(["A-1", "Un", "x"]), "xl/worksheets/sheet1.xml", hostile)
    with pytest.raises(FileRefusedError, match="not a workbook"):
        rows(tmp_path, raw)


@pytest.mark.parametrize("raw", [b"ref,titre\n", b"PK\x03\x04 broken", b""])
def test_what_is_no_workbook_is_refused(tmp_path, raw):
    with pytest.raises(FileRefusedError):
        rows(tmp_path, raw)


def test_an_archive_without_a_workbook_is_refused(tmp_path):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(FileRefusedError, match="not a workbook"):
        rows(tmp_path, written.getvalue())


def test_rows_and_columns_are_bounded_whatever_the_sheet_says_of_its_size(tmp_path):
    many = workbook(*[[f"A-{n}", "Un", "x"] for n in range(30)])
    with pytest.raises(FileRefusedError, match="more than 20 rows"):
        rows(tmp_path, many, rows=20)
    far = changed(
        workbook(["A-1", "Un", "x"]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<row r="2"', b'<row r="1048576"').replace(b'A1:C2"', b'A1:C3"'),
    )
    with pytest.raises(FileRefusedError, match="more than 20 rows"):
        rows(tmp_path, far, rows=20)
    wide = workbook(header=[*HEADER, *(f"c{n}" for n in range(40))])
    with pytest.raises(FileRefusedError, match="43 columns"):
        rows(tmp_path, wide, columns=20)
