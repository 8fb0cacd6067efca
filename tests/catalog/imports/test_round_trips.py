"""What the product writes it reads back unchanged: tables of all offers, explained by a mapping."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalog.real_documents import published, real_documents
from tests.catalog.support import content, organisation

from aiff_catalog.exchange.adapters.formats.tables import (
    OFFER_COLUMNS,
    CsvWriter,
    XlsxWriter,
    offer_row,
)
from aiff_catalog.imports.adapters.files import open_import
from aiff_catalog.imports.adapters.table import FileLimits
from aiff_catalog.imports.domain.column_mapping import ColumnMapping, Target
from aiff_contracts.codec import dump, dump_json
from aiff_contracts.spelling.texts import cleaned

TEXTS = ("title", "summary", "description")
LISTS = ("audience", "sectors", "stages", "territories", "languages", "keywords")
COLUMNS = {
    **{
        f"{name}_{tongue}": Target(to=f"/{name}/{tongue}")
        for name in TEXTS
        for tongue in ("fr", "en")
    },
    **{name: Target(to=f"/{name}", type="list") for name in LISTS},
    "slug": Target(to="/slug"),
    "url": Target(to="/url"),
    "contact_email": Target(to="/contact/email"),
    "contact_phone": Target(to="/contact/phone"),
    "contact_url": Target(to="/contact/url"),
    "review_by": Target(to="/review_by", type="date"),
}
MAPPING = ColumnMapping(
    external_id="id",
    columns=COLUMNS,
    ignored=tuple(name for name in OFFER_COLUMNS if name not in COLUMNS),
)
WRITERS: dict[str, Any] = {"csv": CsvWriter, "xlsx": XlsxWriter}


def read_again(folder, form, documents):
    """Return what a table of these offers says of them, by their ids."""
    writer = WRITERS[form](OFFER_COLUMNS, offer_row)
    pieces = (writer.begin(), writer.add([dump_json(one) for one in documents]), *writer.end())
    path = folder / f"offers.{form}"
    path.write_bytes(b"".join(pieces))
    rows = list(open_import(path, MAPPING, FileLimits()).rows())
    assert [row.faults for row in rows if row.faults] == []
    return {row.external_id: row.offer for row in rows}


def told(document):
    """Return what the columns hold of an offer; what is empty or unknown they do not say."""
    whole = dump(document)
    contact = (
        {name: whole["contact"][name] for name in ("email", "phone", "url")}
        if whole["contact"]
        else {}
    )
    said = {name: whole[name] for name in (*TEXTS, *LISTS, "slug", "url", "review_by")}
    said["contact"] = {name: value for name, value in contact.items() if value} or None
    return {name: value for name, value in said.items() if value not in (None, [])}


@pytest.mark.parametrize("form", WRITERS)
def test_the_real_catalogue_comes_back_from_its_tables(tmp_path, form):
    documents = real_documents()
    read = read_again(tmp_path, form, documents)
    assert len(read) == len(documents)
    for document in documents:
        assert read[str(document.id)] == told(document)


HOSTILE = st.text(st.sampled_from("=+-@;,|\t\r\n'\" aé\uff1d1_xDd0"), min_size=1, max_size=20).map(
    cleaned
)


@pytest.mark.parametrize("form", WRITERS)
@settings(max_examples=25)
@given(text=HOSTILE.filter(bool))
def test_a_text_comes_back_whatever_signs_it_holds(tmp_path_factory, form, text):
    known = {"genci": organisation("genci")}
    document = published(content(title={"fr": text, "en": text}), known)
    read = read_again(tmp_path_factory.mktemp("again"), form, [document])
    assert read[str(document.id)]["title"] == {"fr": text, "en": text}
