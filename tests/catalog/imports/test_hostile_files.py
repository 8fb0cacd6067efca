"""Whatever bytes a file holds, it is read, or refused with where and how; nothing else happens."""

import io
import zipfile

import openpyxl
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiff_catalog.imports.adapters.files import open_import
from aiff_catalog.imports.adapters.table import FileLimits
from aiff_catalog.imports.domain.cells import WANTED
from aiff_catalog.imports.domain.column_mapping import ColumnMapping, Target
from aiff_catalog.shared.errors import FileRefusedError
from aiff_contracts.codec import Faults

LIMITS = FileLimits(file_bytes=200_000, row_bytes=10_000, rows=500)
NASTY = st.sampled_from(
    [
        *("=1", "'=1", "1e400", "-0", "9" * 400, "\u0663", "\0", "VRAI", "1 234,5", "null", ""),
        *("31/02/2026", "0000-00-00", "2026-13-01", ";", '"', "\n", "sep=;", "\ufeff", "\u200b"),
    ]
)
TEXT = st.one_of(NASTY, st.text(max_size=12))
TYPES = tuple(WANTED)


def mapping(delimiter=","):
    columns = {kind: Target(to=f"/f/{kind}", type=kind) for kind in TYPES}
    return ColumnMapping(external_id="ref", columns=columns, delimiter=delimiter)


def outcome(folder, name, raw, given_mapping):
    """Return how many rows a file has, None where it is refused."""
    path = folder / name
    path.write_bytes(raw)
    try:
        rows = list(open_import(path, given_mapping, LIMITS).rows())
    except (FileRefusedError, Faults):
        return None
    # What is kept of a row can be stored and read again.
    assert all(orjson.loads(orjson.dumps(row.cells)) == row.cells for row in rows)
    return len(rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


@settings(max_examples=150)
@given(
    st.lists(st.lists(TEXT, max_size=13), max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_tables_of_text(folder, lines, delimiter, encoding):
    header = delimiter.join(("ref", *TYPES))
    body = "\n".join(delimiter.join(line) for line in lines)
    raw = f"{header}\n{body}\n".encode(encoding, errors="replace")
    outcome(folder, "a.csv", raw, mapping(delimiter))


@settings(max_examples=150)
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.json", "a.ndjson", "a.xlsx"]))
def test_any_bytes(folder, raw, name):
    table = name in {"a.csv", "a.xlsx"}
    outcome(folder, name, raw, mapping() if table else None)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["external_id", "offer", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(st.lists(VALUES, max_size=5))
def test_any_objects(folder, values):
    def written(value):
        try:
            return orjson.dumps(value)
        except TypeError:  # A number beyond 64 bits, or half a surrogate pair.
            return b"null"

    lines = [written(value) for value in values]
    assert outcome(folder, "a.ndjson", b"\n".join(lines) + b"\n", None) == len(lines)
    assert outcome(folder, "a.json", b"[" + b",".join(lines) + b"]", None) == len(lines)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2"><v>1E400</v></c>',
        '<c r="A2"><v>-1E400</v></c>',
        '<c r="A2"><v>NaN</v></c>',
        '<c r="A2" t="b"><v>7</v></c>',
        '<c r="A2" t="s"><v>99</v></c>',
        '<c r="A2" t="d"><v>0000-00-00</v></c>',
        '<c r="A2" t="e"><v>#REF!</v></c>',
        '<c r="ZZZZ2"><v>1</v></c>',
        '<c r="A2" s="99"><v>1</v></c>',
        '<c r="A2" t="inlineStr"><is><t>_xD800_</t></is></c>',
        '<c r="A2" t="inlineStr"><is><t>_x0000_</t></is></c>',
    ],
)
def test_cells_that_no_program_writes(folder, cell):
    book = openpyxl.Workbook()
    book.active.append(["ref", *TYPES])
    raw = io.BytesIO()
    book.save(raw)
    changed = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name.endswith("sheet1.xml"):
                part = part.replace("</sheetData>", f'<row r="2">{cell}</row></sheetData>')
            new.writestr(name, part)
    outcome(folder, "b.xlsx", changed.getvalue(), mapping())
