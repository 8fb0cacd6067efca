"""What other systems take: a mirror that ends equal, formats for portals, a catalogue elsewhere."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from rdflib import Graph
from rdflib.namespace import DCAT, RDF
from tests.system.catalogue.test_catalogue import draft, edit, publish, wait_for


def dump(client):
    """Return the dump of all offers by id, and where its changes go on."""
    answer = client.get("/v1/exports/offers.ndjson")
    assert answer.status_code == 200, answer.text
    (following,) = re.findall(r'<([^>]+)>; rel="next"', answer.headers["link"])
    offers = map(json.loads, answer.content.splitlines())
    return {offer["id"]: offer for offer in offers}, following


class Mirror:
    """A partner portal's copy, as its software keeps it."""

    def __init__(self, client):
        self.client, self.versions = client, {}
        self.offers, self.next = dump(client)

    def follow(self):
        page = self.client.get(self.next).json()
        for item in page["items"]:
            known = self.offers.get(item["id"], {"version": 0})["version"]
            if item["version"] > max(known, self.versions.get(item["id"], 0)):
                self.versions[item["id"]] = item["version"]
                self.offers.pop(item["id"], None)
                self.offers |= {item["id"]: item["offer"]} if item["offer"] else {}
        self.next = f"/v1/changes?since={page['next']}"
        return page["has_more"]


def change_many(curator, second_curator, address, number):
    for turn in range(4):
        text = {"fr": f"Atelier {number}.{turn}", "en": f"Workshop {number}.{turn}"}
        edit(curator, second_curator, address, {"title": text})
    if number % 2:
        gone = curator.post(
            f"{address}/archive", json={"reason": "annulé"}, headers={"If-Match": "*"}
        )
        assert gone.status_code == 200, gone.text


def test_a_mirror_of_dump_and_changes_ends_equal_with_the_catalogue_while_it_is_edited(
    anonymous, curator, second_curator
):
    before = [publish(curator, second_curator, f"echange-{number}") for number in range(2)]
    mirror = Mirror(anonymous)
    after = [publish(curator, second_curator, f"echange-{number}") for number in range(2, 4)]
    with ThreadPoolExecutor(4) as pool:
        edits = [
            pool.submit(change_many, curator, second_curator, address, number)
            for number, address in enumerate((*before, *after))
        ]
        while not all(one.done() for one in edits):
            mirror.follow()
        for one in edits:
            one.result()
    wait_for(lambda: (mirror.follow(), mirror.offers == dump(anonymous)[0])[1])
    ids = [address.rpartition("/")[2] for address in (*before, *after)]
    shown = [mirror.offers.get(one, {}).get("title", {}).get("fr") for one in ids]
    assert shown == ["Atelier 0.3", None, "Atelier 2.3", None]


def test_a_draft_is_in_no_export(anonymous, curator):
    drafted = draft(curator, "brouillon-secret")
    assert drafted.json()["id"] not in dump(anonymous)[0]
    for name in ("offers.csv", "catalogue.ndjson", "public-services.ttl"):
        assert "brouillon-secret" not in anonymous.get(f"/v1/exports/{name}").text


def read_twice(anonymous, address):
    """Return how a dump answers who holds it already."""
    answer = anonymous.get(address)
    assert answer.status_code == 200
    assert answer.content
    return anonymous.get(address, headers={"If-None-Match": answer.headers["etag"]}).status_code


def test_a_data_portal_finds_every_dump_through_the_gateway(anonymous):
    described = anonymous.get("/v1/exports/dcat.ttl")
    graph = Graph().parse(data=described.content, format="turtle")
    addresses = [str(one) for one in graph.subjects(RDF.type, DCAT.Distribution)]
    assert len(addresses) > 8
    for address in addresses:
        assert address.startswith(str(anonymous.base_url)), address
        # An edit of the story before may get its place in the changes between the two requests.
        assert 304 in (read_twice(anonymous, address) for _ in range(3)), address


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
def test_one_address_gives_the_offer_as_json_and_as_linked_data(anonymous, accept):
    answer = anonymous.get("/v1/offers/fidle", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    assert anonymous.get("/v1/offers/fidle").json()["slug"] == "fidle"
    refused = anonymous.get("/v1/offers/fidle", headers={"Accept": "image/png"})
    assert refused.status_code == 406


def test_people_subscribe_to_deadlines_and_changes(anonymous):
    events = Calendar.from_ical(anonymous.get("/v1/exports/deadlines.ics").content).walk("VEVENT")
    assert len(events) > 40
    feed = ET.fromstring(anonymous.get("/v1/changes/feed.atom").content)
    assert feed.findall("{*}entry")
    index = ET.fromstring(anonymous.get("/sitemap.xml").content)
    (address,) = [loc.text for loc in index.findall(".//{*}loc")]
    assert "jean-zay-h100" in anonymous.get(address).text


def test_an_altered_cursor_is_refused(anonymous):
    since = anonymous.get("/v1/changes?limit=1").json()["next"]
    altered = anonymous.get(
        "/v1/changes", params={"since": f"{'B' if since[0] == 'A' else 'A'}{since[1:]}"}
    )
    assert altered.json()["type"] == "/problems/cursor-mismatch"
