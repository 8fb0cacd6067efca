"""Whatever people write, every format says it to the parser that reads that format."""

import asyncio
import csv
import io
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from rdflib import Graph, Literal
from rdflib.namespace import DCTERMS
from tests.catalog.real_documents import published
from tests.catalog.support import NOW, content, organisation

from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.adapters.formats.xml import XmlFeeds
from aiff_catalog.exchange.application.change_feed import OfferChange
from aiff_catalog.main.wiring.formats import exports
from aiff_contracts.codec import dump_json
from aiff_contracts.offer import Text
from aiff_contracts.spelling.texts import cleaned
from aiff_kit.cells import unguarded

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
ROOT = Addresses("https://example.org")
HOSTILE = "=+-@\"'\n\r\t<&>]\\;,:|{}^`%\u00a0\x01\x0b\x1f\x7f\x85\u2028\ufffe\uff1d\U0001f9ea"
# What no title may hold is refused when it is written, so no export meets it.
REFUSED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00"
ALLOWED = st.characters(exclude_categories=("Cs",), exclude_characters=REFUSED)
TEXTS = st.text(st.one_of(st.sampled_from(HOSTILE), ALLOWED), min_size=2, max_size=60).filter(
    lambda text: cleaned(text) != ""
)


def hostile(test):
    """Try a test with some texts of which each has hurt somebody, and with many more."""
    for text in (
        '=HYPERLINK("http://evil.example";"x")',
        "a\r\nATTENDEE:mailto:x",
        '"q",<b>&amp;]]>\\',
    ):
        test = example(text=text)(test)
    return settings(max_examples=50)(given(text=TEXTS)(test))


@cache
def plain():
    intake = {"shape": "window", "window": {"closes": {"on": "2026-12-31"}}}
    stated = {"audience": ["startup"], "territories": ["FR"]}
    known = {"genci": organisation("genci")}
    return published(content("bourse", intake=intake, **stated), known)


def with_text(text):
    """Return an offer with this text in every place that takes one."""
    said = Text(fr=text, en=text)
    return replace(
        plain(),
        title=said,
        summary=said,
        description=said,
        keywords=(text,),
        url=f"https://example.org/{''.join(text.split())}",
        organisation_details=(replace(plain().organisation_details[0], name=text),),
    )


def dumped(name, document):
    """Return a dump of a catalogue with this offer alone."""

    class Reads:
        async def documents(self, after, limit):
            return [] if after else [(str(document.id), dump_json(document))]

    async def read():
        return b"".join([piece async for piece in exports(ROOT)[name].stream(Reads())])

    return asyncio.run(read())


@hostile
def test_json_lines(text):
    document = with_text(text)
    (line,) = dumped("offers.ndjson", document).splitlines()
    assert orjson.loads(line)["title"]["fr"] == document.title.fr


@pytest.mark.parametrize("name", ["offers.csv", "dispositifs-aide-professionnels.csv"])
@hostile
def test_csv(name, text):
    document = with_text(text)
    written = dumped(name, document).decode()
    (row,) = csv.DictReader(io.StringIO(written, newline=""), strict=True)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row.values())
    if name == "offers.csv":
        assert unguarded(row["title_fr"]) == document.title.fr


@hostile
def test_workbook(text):
    document = with_text(text)
    book = load_workbook(io.BytesIO(dumped("offers.xlsx", document)))
    cells = {head.value: cell for head, cell in zip(*book["offers"].iter_rows(), strict=True)}
    assert all(cell.data_type in {"s", "n"} for cell in cells.values())
    # The reader leaves the escapes of ECMA-376 (22.4.2.4) to its caller.
    title = unguarded(unescape(cells["title_fr"].value))
    assert printable(title) == printable(document.title.fr)


def printable(text):
    """Return a text without what XML makes of ends of lines and cannot say."""
    return "".join(one for one in text if one.isprintable() and one not in "\ufffe\uffff")


@pytest.mark.parametrize(
    ("name", "parser"), [("public-services.ttl", "turtle"), ("public-services.jsonld", "json-ld")]
)
@hostile
def test_linked_data(name, parser, text):
    document = with_text(text)
    graph = Graph().parse(data=dumped(name, document), format=parser)
    assert (None, DCTERMS.title, Literal(document.title.fr, lang="fr")) in graph


@hostile
def test_schema_org(text):
    document = with_text(text)
    (node,) = orjson.loads(dumped("schema-org.jsonld", document))["@graph"]
    assert node["name"][0]["@value"] == document.title.fr


@hostile
def test_calendar(text):
    document = with_text(text)
    (event,) = Calendar.from_ical(dumped("deadlines.ics", document)).walk("VEVENT")
    assert set(event) >= {"UID", "DTSTAMP", "SUMMARY", "URL"}
    assert "ATTENDEE" not in event
    assert printable(str(event["summary"])) == printable(f"Date limite : {document.title.fr}")


@hostile
def test_atom(text):
    document = with_text(text)
    change = OfferChange(
        position=1,
        offer_id=document.id,
        slug=document.slug,
        version=2,
        state="published",
        reason=None,
        at=NOW,
        document=dump_json(document),
    )
    gone = replace(change, document=None, state="archived", reason=text)
    feed = ET.fromstring(XmlFeeds(ROOT).atom([change, gone], NOW))
    shown, hidden = feed.findall("{*}entry")
    assert printable(shown.findtext("{*}title")) == printable(document.title.fr)
    assert printable(hidden.findtext("{*}summary")) == printable(text)


@pytest.mark.parametrize("name", ["public-services.jsonld", "schema-org.jsonld"])
def test_json_ld_ends_no_script_of_a_page_that_holds_it(name):
    text = "</script><!--<script>alert(1)"
    made = dumped(name, with_text(text))
    assert b"<" not in made
    assert b">" not in made
    assert text in str(orjson.loads(made))
