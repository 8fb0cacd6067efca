"""What others take away is what the catalogue shows, and can be brought into another one."""

import asyncio
import shutil
from uuid import uuid4
from xml.etree import ElementTree as ET

import orjson
import pytest
from tests.catalog.exchange.test_changes import number
from tests.catalog.exchange.test_changes import read as read_changes
from tests.catalog.support import BY_CURATOR, CATALOGUE, both, content, publish_one_of_each
from typer.testing import CliRunner

from aiff_catalog.exchange.adapters.reads import SqlExchangeReads
from aiff_catalog.exchange.application.exports import catalogue_lines
from aiff_catalog.exchange.entrypoints.http.services import ExchangeServices
from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.cli import cli
from aiff_catalog.main.settings import Settings
from aiff_kit.db import sqlite_url
from aiff_kit.service import read_settings


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def database_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def dump(place, name, **headers):
    answer = place.client.get(f"/v1/exports/{name}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def lines(answer):
    return [orjson.loads(line) for line in answer.content.splitlines()]


def test_the_dump_holds_each_published_offer_as_everybody_reads_it(place):
    publish_one_of_each(place)
    place.archive(place.publish("passee"))
    place.catalog.offers.commands.create(content("ebauche"), BY_CURATOR)
    told = {one["slug"]: one for one in lines(dump(place, "offers.ndjson"))}
    assert sorted(told) == ["aide", "amd", "capital", "cloud", "cours", "jean-zay"]
    shown = place.client.get("/v1/offers/cours").json()
    derived = {"intake_status", "next_deadline"}
    assert told["cours"] == {key: value for key, value in shown.items() if key not in derived}


def test_an_empty_catalogue_is_an_empty_dump(place):
    assert dump(place, "offers.ndjson").content == b""


def test_more_offers_than_one_statement_reads_come_once_each(place, monkeypatch):
    monkeypatch.setattr("aiff_catalog.exchange.application.exports._AT_ONCE", 2)
    publish_one_of_each(place)
    place.publish("septieme")
    slugs = [one["slug"] for one in lines(dump(place, "offers.ndjson"))]
    assert len(slugs) == len(set(slugs)) == 7


def test_who_holds_the_newest_dump_gets_304_until_something_changes(place):
    offer = place.publish("bourse")
    number(place)
    first = dump(place, "offers.ndjson")
    held = {"If-None-Match": first.headers["etag"]}
    assert first.headers["last-modified"] == "Tue, 24 Nov 2026 12:00:00 GMT"
    assert place.client.get("/v1/exports/offers.ndjson", headers=held).status_code == 304
    place.revise(offer, content("bourse", title=both("Autre")))
    number(place)
    assert dump(place, "offers.ndjson", **held).headers["etag"] != first.headers["etag"]


def test_the_changes_after_a_dump_go_on_where_it_was_read(place):
    place.publish("avant")
    number(place)
    address, relation = dump(place, "offers.ndjson").headers["link"].split(";")
    assert relation.strip() == 'rel="next"'
    place.publish("apres")
    number(place)
    changes = place.client.get(address.strip("<>")).json()
    assert [item["slug"] for item in changes["items"]] == ["apres"]
    assert len(read_changes(place)["items"]) == 2


def test_an_unknown_dump_says_which_there_are(place):
    answer = place.client.get("/v1/exports/offers.pdf")
    assert (answer.status_code, "offers.ndjson" in answer.json()["detail"]) == (404, True)
    assert place.client.get("/v1/exports/offers.ndjson?page=2").status_code == 400


def test_the_list_names_each_dump_with_its_address_and_type(place):
    items = place.client.get("/v1/exports").json()["items"]
    assert {item["name"] for item in items} >= {"offers.ndjson", "catalogue.ndjson"}
    for item in items:
        answer = place.client.get(item["href"])
        assert answer.status_code == 200
        assert answer.headers["content-type"].split(";")[0] == item["media_type"].split(";")[0]


@pytest.fixture
def elsewhere(migrated, tmp_path, monkeypatch):
    """An empty catalogue, and what loads a file into it."""
    path = tmp_path / f"{uuid4().hex}.db"
    shutil.copy(migrated, path)
    monkeypatch.setenv("CATALOG_DATABASE_URL", sqlite_url(path))
    return lambda file: CliRunner().invoke(cli, ["load", str(file)])


@pytest.mark.no_cover
def test_the_real_catalogue_is_the_same_again_after_export_and_import(place, elsewhere, tmp_path):
    place.catalog.loader.load(read_folder(CATALOGUE))
    first = dump(place, "catalogue.ndjson").content
    file = tmp_path / "catalogue.ndjson"
    file.write_bytes(first)
    result = elsewhere(file)
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{len(first.splitlines())} created, 0 updated")
    assert again() == first
    assert elsewhere(file).output.startswith("0 created, 0 updated")


def again():
    """Export the catalogue of the environment."""

    async def read():
        reader = Catalog(read_settings(Settings)).base.reader
        pieces = [piece async for piece in catalogue_lines(SqlExchangeReads(reader))]
        await reader.close()
        return b"".join(pieces)

    return asyncio.run(read())


def test_the_feed_has_the_newest_change_first_and_says_what_is_gone(place):
    for slug in ("une", "deux"):
        place.publish(slug)
        number(place)
    place.archive(place.publish("passee"), "terminé")
    number(place)
    answer = place.client.get("/v1/changes/feed.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = ET.fromstring(answer.content)
    titles = [one.findtext("{*}title") for one in feed.findall("{*}entry")]
    assert titles == ["Retirée / withdrawn : passee", "deux", "une"]
    held = {"If-None-Match": answer.headers["etag"]}
    assert place.client.get("/v1/changes/feed.atom", headers=held).status_code == 304


def test_sitemaps_hold_every_published_offer_however_many_there_are(place, monkeypatch):
    monkeypatch.setattr("aiff_catalog.exchange.entrypoints.http.feeds._ADDRESSES", 4)
    publish_one_of_each(place)
    index = ET.fromstring(place.client.get("/sitemap.xml").content)
    addresses = [
        loc.text.removeprefix("http://127.0.0.1:8000") for loc in index.findall(".//{*}loc")
    ]
    assert addresses == ["/sitemap/1", "/sitemap/2"]
    maps = [ET.fromstring(place.client.get(address).content) for address in addresses]
    found = {loc.text.rpartition("/")[2] for one in maps for loc in one.findall(".//{*}loc")}
    assert found == {"aide", "amd", "capital", "cloud", "cours", "jean-zay"}
    assert place.client.get("/sitemap/3").status_code == 404


def test_an_offer_by_schema_org_follows_its_address(place):
    offer = place.publish("cours", "training")
    node = place.client.get("/v1/offers/cours/schema-org").json()
    assert (node["@context"], node["@type"]) == ("https://schema.org", "Course")
    place.revise(offer, content("cours-renomme", "training"))
    moved = place.client.get("/v1/offers/cours/schema-org")
    assert moved.headers["location"] == "/v1/offers/cours-renomme/schema-org"
    place.archive(place.catalog.offers.commands.create(content("ebauche"), BY_CURATOR))
    assert place.client.get("/v1/offers/inconnue/schema-org").status_code == 404


def test_no_more_dumps_are_written_at_once_than_there_is_room_for(place):
    place.publish("bourse")
    dumps = place.client.app.state.services[ExchangeServices].dumps
    with dumps, dumps, dumps, dumps:
        answer = place.client.get("/v1/exports/offers.csv")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert dump(place, "offers.csv").content
