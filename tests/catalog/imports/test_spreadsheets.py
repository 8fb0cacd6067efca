"""What spreadsheet programs write for a sheet that looks right is read like that sheet."""

import codecs
import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.catalog.support import offer_json

from aiff_catalog.imports.adapters.files import open_import
from aiff_catalog.imports.adapters.table import FileLimits
from aiff_catalog.imports.application.error_file import ErrorLines
from aiff_catalog.imports.domain.column_mapping import ColumnMapping, Target
from aiff_catalog.shared.errors import FileRefusedError
from aiff_contracts.codec import Faults, dump_json
from aiff_kit.cells import harmless, unguarded

COLUMNS = {"titre": Target(to="/title/fr"), "conseil": Target(to="/c", type="boolean")}
TABLE = "réf;titre;conseil\nA-1;Été;VRAI\nA-2;Où;FAUX\n"
READ = [
    ("A-1", {"title": {"fr": "Été"}, "c": True}),
    ("A-2", {"title": {"fr": "Où"}, "c": False}),
]


def mapping(**more):
    return ColumnMapping(**{"external_id": "réf", "columns": COLUMNS, "delimiter": ";", **more})


def read(tmp_path, raw, given=None, name="offers.csv"):
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    explained = None if path.suffix in {".json", ".ndjson"} else given or mapping()
    return list(open_import(path, explained, FileLimits()).rows())


def said(rows):
    assert [row.faults for row in rows] == [()] * len(rows)
    return [(row.external_id, row.offer) for row in rows]


def codes(row):
    return [(fault.column, fault.code) for fault in row.faults]


def book(*sheets):
    """Return a workbook of sheets: a name, rows, and what is done to the sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, lines, then in sheets:
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
        then(sheet)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def asis(_):
    """Leave a sheet as it is."""


def hidden(sheet):
    sheet.sheet_state = "hidden"


LINES = [["réf", "titre", "conseil"], ["A-1", "Été", True], ["A-2", "Où", False]]


@pytest.mark.parametrize("said_encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    "raw",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.encode("utf-32"),
    ],
)
def test_the_bytes_of_a_file_tell_its_encoding_whatever_is_said(tmp_path, raw, said_encoding):
    assert said(read(tmp_path, raw, mapping(encoding=said_encoding))) == READ


def test_what_is_no_utf_8_is_read_as_the_mapping_says(tmp_path):
    assert said(read(tmp_path, TABLE.encode("cp1252"), mapping(encoding="cp1252"))) == READ


@pytest.mark.parametrize(
    "raw",
    [
        # Lines of separators, blank ones and blank columns that a sheet has around its table.
        TABLE + ";;\n;;\n ; ;\n\n",
        "\n;;\n" + TABLE,
        TABLE.replace("\n", ";;\n"),
        TABLE.replace(";", ";;", 1).replace("\nA-1;", "\nA-1;;").replace("\nA-2;", "\nA-2; ;"),
        "".join(f";{line}\n" for line in TABLE.splitlines()),
        # Blanks and line ends in names, as wrapped headers have them; letters taken apart.
        TABLE.replace("titre", " titre\u00a0"),
        TABLE.replace("titre", '"titre\n"').replace("réf", "re\u0301f"),
        # Other line ends, and the separator that another country's spreadsheet writes.
        TABLE.replace("\n", "\r\n"),
        TABLE.replace("\n", "\r"),
        TABLE.replace(";", ","),
        TABLE.replace(";", "\t"),
        "sep=;\n" + TABLE,
        '"sep=,"\r\n' + TABLE.replace(";", ","),
        # A character that nobody sees at the end of an identifier.
        TABLE.replace("A-1", "A-1\u200b"),
    ],
)
def test_what_a_spreadsheet_leaves_around_a_table_is_passed_over(tmp_path, raw):
    assert said(read(tmp_path, raw)) == READ


def test_cells_that_are_left_out_at_the_end_of_a_row_are_empty(tmp_path):
    """Excel leaves separators out at the ends of rows (Microsoft's article 77295)."""
    assert said(read(tmp_path, "réf;titre;conseil\nA-1;Été\n")) == [
        ("A-1", {"title": {"fr": "Été"}})
    ]


def test_a_row_that_is_cut_off_with_its_file_is_faulty(tmp_path):
    whole, cut = read(tmp_path, TABLE.replace(";FAUX\n", ""))
    assert whole.faults == ()
    assert codes(cut) == [(None, "row_length")]


def test_a_value_in_a_column_without_a_name_is_told(tmp_path):
    (row,) = read(tmp_path, "réf;;titre;conseil\nA-1;x;Été;VRAI\n")
    assert codes(row) == [(None, "column_unnamed")]
    assert "column 2" in row.faults[0].detail


@pytest.mark.parametrize(
    ("word", "truth"),
    [
        *((word, True) for word in ("VRAI", "vrai", "Oui", "TRUE", "yes")),
        *((word, False) for word in ("FAUX", "faux", "NON", "False", "no")),
    ],
)
def test_truth_values_are_read_in_both_languages(tmp_path, word, truth):
    (row,) = read(tmp_path, f"réf;titre;conseil\nA-1;Été;{word}\n")
    assert row.offer["c"] is truth


def test_another_word_for_a_truth_value_is_told_which_ones_there_are(tmp_path):
    (row,) = read(tmp_path, "réf;titre;conseil\nA-1;Été;1\n")
    assert row.faults[0].detail == "'1' is not true, false, vrai, faux, oui, non, yes or no"


@pytest.mark.parametrize(
    ("type_", "cell", "value"),
    [
        ("amount_comma", "1 234,50", "1234.50"),
        ("amount_comma", "1\u202f234\u202f567,5", "1234567.5"),
        ("number_comma", "-12\u00a0000", -12000.0),
    ],
)
def test_numbers_may_be_grouped_as_french_spreadsheets_show_them(tmp_path, type_, cell, value):
    columns = {"titre": Target(to="/m", type=type_)}
    (row,) = read(tmp_path, f'réf;titre\nA-1;"{cell}"\n', mapping(columns=columns))
    assert (row.faults, row.offer) == ((), {"m": value})


@pytest.mark.parametrize("cell", ["1 2345", "12 34", "1 234.5", "1,234"])
def test_gaps_elsewhere_in_a_number_are_a_fault(tmp_path, cell):
    columns = {"titre": Target(to="/m", type="integer" if "," in cell else "amount_comma")}
    (row,) = read(tmp_path, f'réf;titre\nA-1;"{cell}"\n', mapping(columns=columns))
    assert len(row.faults) == 1


def test_one_column_fills_several_fields(tmp_path):
    fields = (Target(to="/slug"), Target(to="/title/fr"), Target(to="/keywords", type="list"))
    (row,) = read(tmp_path, "réf;nom\nA-1;été\n", mapping(columns={"nom": fields}))
    assert row.offer == {"slug": "été", "title": {"fr": "été"}, "keywords": ["été"]}


def test_two_fields_of_a_column_are_not_the_same_and_two_columns_not_one():
    with pytest.raises(Faults, match="filled twice"):
        mapping(columns={"nom": (Target(to="/slug"), Target(to="/slug"))})
    with pytest.raises(Faults, match="comes twice"):
        mapping(columns={"nom": Target(to="/a"), " nom ": Target(to="/b")})


def test_a_workbook_that_is_sent_as_text_is_told_so(tmp_path):
    with pytest.raises(FileRefusedError, match="this is a workbook"):
        read(tmp_path, book(("Offres", LINES, asis)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_objects_may_begin_with_a_byte_order_mark(tmp_path, encoding):
    one = dump_json({"external_id": "A", "offer": offer_json()}).decode()
    for name, text in (("o.ndjson", f"{one}\n"), ("o.json", f"[{one}]")):
        assert said(read(tmp_path, text.encode(encoding), name=name)) == [("A", offer_json())]


def test_a_line_of_objects_that_is_no_text_is_faulty_and_the_next_is_read(tmp_path):
    raw = '{"external_id": "Été", "offer": {}}\n'.encode("cp1252")
    bad, good = read(tmp_path, raw + b'{"external_id": "B", "offer": {}}\n', name="o.ndjson")
    assert codes(bad) == [(None, "json_invalid")]
    assert good.external_id == "B"


@pytest.mark.parametrize(("given_id", "read_as"), [(7, "7"), (7.0, "7"), ("7", "7"), (-1, None)])
def test_an_identifier_may_be_a_whole_number(tmp_path, given_id, read_as):
    raw = dump_json([{"external_id": given_id, "offer": {}}])
    (row,) = read(tmp_path, raw, name="o.json")
    assert (row.external_id if not row.faults else None) == read_as


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        (101, "101"),
        (101.0, "101"),
        ("007", "007"),
        (10**15, None),
        (0.5, None),
        (True, None),
        (datetime(2026, 5, 1), None),  # noqa: DTZ001  A day has no zone.
    ],
)
def test_an_identifier_that_a_spreadsheet_changed_is_told(tmp_path, cell, read_as):
    raw = book(("Offres", [LINES[0], [cell, "Été", True]], asis))
    (row,) = read(tmp_path, raw, name="o.xlsx")
    assert (row.external_id if not row.faults else None) == read_as


@pytest.mark.parametrize(
    "sheets",
    [
        [("Offres", LINES, asis)],
        [("Offres", LINES, asis), ("Listes", [["oui"], ["non"]], hidden)],
        [("Listes", [["oui"]], hidden), ("Offres", LINES, asis)],
        [("Feuil1", LINES, asis), ("Feuil2", [], asis), ("Feuil3", [], asis)],
        [("Offres", [[], [], *LINES, [], [" ", None]], asis)],
        [("Offres", [[None, *line] for line in LINES], asis)],
        [("Offres", [[" réf", "titre ", "conseil\n"], *LINES[1:]], asis)],
    ],
)
def test_the_sheet_that_people_see_is_read(tmp_path, sheets):
    assert said(read(tmp_path, book(*sheets), name="o.xlsx")) == READ


def test_a_hidden_sheet_is_read_where_it_is_named(tmp_path):
    raw = book(("Autre", [["x"]], asis), ("Offres", LINES, hidden))
    assert said(read(tmp_path, raw, mapping(sheet="Offres"), name="o.xlsx")) == READ


def strict(raw):
    """Return a workbook as it is saved in the strict form."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for family in (b"spreadsheetml", b"officeDocument", b"drawingml"):
                usual = b"http://schemas.openxmlformats.org/" + family + b"/2006/"
                part = part.replace(usual, b"http://purl.oclc.org/ooxml/" + family + b"/")
            new.writestr(name, part)
    return written.getvalue()


def test_a_strict_workbook_is_read_like_any_other(tmp_path):
    address = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    more = [[f"B-{n}", address, True] for n in range(3)]
    rows = read(tmp_path, strict(book(("Offres", [*LINES, *more], asis))), name="o.xlsx")
    assert said(rows)[:2] == READ
    assert [row.offer["title"]["fr"] for row in rows[2:]] == [address] * 3


def test_numbers_are_read_as_their_format_of_zeros_shows_them(tmp_path):
    def postal(sheet):
        sheet["B2"].number_format = "00000"

    raw = book(("Offres", [LINES[0], ["A-1", 1000, True]], postal))
    assert said(read(tmp_path, raw, name="o.xlsx"))[0][1]["title"] == {"fr": "01000"}


def test_a_text_of_a_workbook_that_looks_like_a_formula_is_a_text(tmp_path):
    def as_text(sheet):
        sheet["B2"].data_type = "s"

    raw = book(("Offres", [LINES[0], ["A-1", "=> Été_x000A_2027", True]], as_text))
    title = said(read(tmp_path, raw, name="o.xlsx"))[0][1]["title"]["fr"]
    assert title == "=> Été\n2027"


CELL = st.text(st.sampled_from("=+-@;,|\t\r\n'\" aé\uff1d1"), max_size=8)


@given(CELL)
def test_a_guard_is_undone_exactly_and_leaves_no_formula_behind_any_separator(text):
    guarded = harmless(text)
    assert unguarded(guarded) == text
    for separator in (",", ";", "\t", "|", "\n", "\r"):
        for cell in guarded.split(separator):
            assert not cell.lstrip("\"'").startswith(("=", "+", "-", "@")) or "'" in cell[:9]


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4), st.sampled_from([",", ";", "\t"]))
def test_the_file_of_errors_is_read_as_the_file_that_it_comes_from(tmp_path_factory, pairs, cut):
    lines = ErrorLines(("réf", "titre", "=note"), cut)
    cells = [{"réf": f"A-{n}", "titre": one, "=note": two} for n, (one, two) in enumerate(pairs)]
    written = lines.header() + "".join(lines.line(n + 2, row, ()) for n, row in enumerate(cells))
    path = Path(tmp_path_factory.mktemp("errors")) / "errors.csv"
    path.write_bytes(written.encode())
    explained = mapping(columns={"titre": Target(to="/t"), "=note": Target(to="/n")}, delimiter=cut)
    rows = list(open_import(path, explained, FileLimits()).rows())
    assert [dict(row.cells) for row in rows] == cells
