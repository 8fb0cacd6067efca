"""Partners' files: what they say is read, and nothing that they do not say is guessed."""

import pytest
from tests.catalog.support import offer_json

from aiff_catalog.imports.adapters.files import open_import
from aiff_catalog.imports.adapters.table import FileLimits
from aiff_catalog.imports.domain.column_mapping import ColumnMapping, Target
from aiff_catalog.shared.errors import FileRefusedError
from aiff_contracts.codec import Faults, dump_json

HEADER = "ref,titre,montant\n"


def mapping(type_="amount", **more):
    columns = {"titre": Target(to="/title/fr"), "montant": Target(to="/m", type=type_)}
    return ColumnMapping(external_id="ref", columns=columns, **more)


def rows(tmp_path, raw, given=None, name="offers.csv", **limits):
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return list(open_import(path, given, FileLimits(**limits)).rows())


def codes(row):
    return [(fault.column, fault.code) for fault in row.faults]


@pytest.mark.parametrize(
    ("type_", "cell", "value"),
    [
        ("amount", "1234.50", "1234.50"),
        ("amount_comma", "1234,50", "1234.50"),
        ("number", "80", 80.0),
        ("number_comma", "0,5", 0.5),
        ("integer", "-7", -7),
        ("date", "2026-11-30", "2026-11-30"),
        ("date_dmy", "03/04/2026", "2026-04-03"),
        ("list", "a | b||", ["a", "b"]),
        ("text", "'+33 1 23", "+33 1 23"),
        ("text", "007", "007"),
    ],
)
def test_a_cell_is_read_as_the_mapping_says(tmp_path, type_, cell, value):
    (row,) = rows(tmp_path, f'{HEADER}A-1,Été,"{cell}"\n', mapping(type_))
    assert row.faults == ()
    assert row.offer == {"title": {"fr": "Été"}, "m": value}


@pytest.mark.parametrize(
    ("type_", "cell"),
    [
        ("amount", "1234,50"),
        ("amount", "1 234.50"),
        ("amount", "1e3"),
        ("amount", "١٢"),
        ("amount_comma", "1.234,50"),
        ("number", "nan"),
        ("integer", "12.0"),
        ("integer", "1_000"),
        ("date", "30/11/2026"),
        ("date", "2026-02-30"),
        ("date_dmy", "2026-11-30"),
        ("date_dmy", "11/30/2026"),
        ("date_dmy", "3/4/2026"),
    ],
)
def test_a_cell_that_is_written_in_another_way_is_a_fault_of_its_column(tmp_path, type_, cell):
    (row,) = rows(tmp_path, f'{HEADER}A-1,Été,"{cell}"\n', mapping(type_))
    assert codes(row) == [("montant", f"not_{type_}")]
    assert row.line == 2


@pytest.mark.parametrize("cell", ["=1+1", " =cmd|' /C calc'!A0", "\uff1d1"])
def test_a_formula_is_refused_and_not_evaluated(tmp_path, cell):
    (row,) = rows(tmp_path, f'{HEADER}A-1,"{cell}",1\n', mapping())
    assert codes(row) == [("titre", "formula")]


def test_an_empty_cell_says_nothing(tmp_path):
    (row,) = rows(tmp_path, f"{HEADER}A-1,Été, \n", mapping())
    assert row.offer == {"title": {"fr": "Été"}}


def test_a_row_with_more_cells_than_names_is_faulty_and_the_next_is_read(tmp_path):
    long, good = rows(tmp_path, f"{HEADER}B,b,1,9\nC,b,1\n", mapping())
    assert codes(long) == [(None, "row_length")]
    assert good.faults == ()


def test_lines_are_those_of_an_editor_also_after_a_cell_of_several_lines(tmp_path):
    first, second = rows(tmp_path, f'{HEADER}A,"un\n\ndeux",1\n\nB,b,x\n', mapping())
    assert (first.line, second.line) == (2, 6)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_an_encoding_that_is_named_is_read(tmp_path, encoding):
    raw = f"{HEADER}A,Été à 10 €,1\n".encode(encoding)
    (row,) = rows(tmp_path, raw, mapping(encoding=encoding))
    assert row.offer["title"] == {"fr": "Été à 10 €"}


def test_the_byte_order_mark_of_utf_8_is_no_part_of_the_first_name(tmp_path):
    (row,) = rows(tmp_path, f"{HEADER}A,b,1\n".encode("utf-8-sig"), mapping())
    assert row.external_id == "A"


def test_an_encoding_that_neither_the_bytes_nor_the_mapping_tell_is_refused(tmp_path):
    with pytest.raises(FileRefusedError, match="not utf-8; name its encoding"):
        rows(tmp_path, f"{HEADER}A,Été,1\n".encode("cp1252"), mapping())


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ref,titre,montant,note\n", "column_unknown"),
        ("ref,titre\n", "column_missing"),
        ("ref,titre,montant,titre\n", "column_repeated"),
        ("titre,montant\n", "column_missing"),
    ],
)
def test_a_header_that_the_mapping_does_not_explain_is_refused(tmp_path, header, code):
    with pytest.raises(Faults) as refused:
        rows(tmp_path, header, mapping())
    assert [fault.code for fault in refused.value.faults] == [code]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (HEADER + 'A,"b,1\n', "not CSV"),
        (HEADER + "A," + "x" * 200_000 + ",1\n", "not CSV"),
        (HEADER + "A," + "x" * 2_000_000, "longer than"),
        (HEADER + "A,b,1\n" * 6, "more than 5 rows"),
        (",".join(f"c{n}" for n in range(100_000)), "100000 columns"),
        (HEADER + "A,b,1\n" * 1_000_000, "bytes; at most"),
    ],
)
def test_a_file_out_of_all_bounds_is_refused(tmp_path, raw, words):
    with pytest.raises(FileRefusedError, match=words):
        rows(tmp_path, raw, mapping(), rows=5, file_bytes=4_000_000)


@pytest.mark.parametrize(
    "given",
    [
        {"columns": {"a": Target(to="title")}},
        {"columns": {"a": Target(to="/x/999999999")}},
        {"columns": {"a": Target(to="/x"), "b": Target(to="/x")}},
        {"columns": {"a": Target(to="/x"), "b": Target(to="/x/fr")}},
        {"columns": {"a": Target(to="/x")}, "constants": {"/x": "1"}},
    ],
)
def test_a_mapping_that_leads_nowhere_or_twice_to_a_field_is_refused(given):
    with pytest.raises(Faults):
        ColumnMapping(**given)


def test_columns_may_be_called_by_the_pointers_of_their_fields(tmp_path):
    raw = "external_id,/title/fr,/organisations/0/role,/organisations/1/role\nA,b,provider,funder\n"
    (row,) = rows(tmp_path, raw)
    roles = [{"role": "provider"}, {"role": "funder"}]
    assert row.offer == {"title": {"fr": "b"}, "organisations": roles}


def test_objects_are_read_one_a_line_or_from_one_array(tmp_path):
    one = dump_json({"external_id": "A", "offer": offer_json()}).decode()
    (lined,) = rows(tmp_path, f"\n{one}\n", name="offers.ndjson")
    (listed,) = rows(tmp_path, f"[{one}]", name="offers.json")
    assert (lined.line, listed.line) == (2, 1)
    assert lined.offer == listed.offer == offer_json()
    assert lined.faults == listed.faults == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "json_invalid"),
        ("[1]", "not_an_object"),
        ('{"external_id": "A", "offer": []}', "not_an_object"),
        ('{"external_id": "A b", "offer": {}}', "external_id_invalid"),
        ('{"external_id": true, "offer": {}}', "external_id_invalid"),
        ('{"external_id": 7.5, "offer": {}}', "external_id_invalid"),
        ('{"external_id": ["A"], "offer": {}}', "external_id_invalid"),
        ('{"offer": {}}', "missing"),
        ('{"external_id": "A"}', "missing"),
        ('{"external_id": "A", "offer": {}, "id": 1}', "key_unknown"),
        ("[" * 5_000, "json_invalid"),
    ],
)
def test_a_line_that_is_no_item_is_faulty_and_the_next_is_read(tmp_path, line, code):
    raw = line + '\n{"external_id": "B", "offer": {}}\n'
    bad, good = rows(tmp_path, raw, name="offers.ndjson")
    assert [fault.code for fault in bad.faults] == [code]
    assert good.external_id == "B"


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("offers.json", "{}", "not an array"),
        ("offers.json", "[", "not JSON"),
        ("offers.json", "[" + " " * 3_000 + "]", "bytes; at most"),
        ("offers.ndjson", "x" * 4_000, "longer than"),
        ("offers.exe", "MZ", "must end in"),
    ],
)
def test_objects_out_of_all_bounds_are_refused(tmp_path, name, raw, words):
    with pytest.raises(FileRefusedError, match=words):
        rows(tmp_path, raw, name=name, array_bytes=2_000, row_bytes=2_000)
