"""A listing that cannot be read any more costs no other one: workers, lists and dumps go on."""

from dataclasses import replace

import orjson
import pytest
from sqlalchemy import select, update
from tests.catalog.support import BY_CURATOR, CURATOR, both, content

from aiff_catalog.quality.application.link_checks import LinkCheckJob
from aiff_catalog.shared.tables import offer, offer_document
from aiff_contracts.codec import Faults
from aiff_contracts.offer.common import SupportQuality
from aiff_contracts.sparing import LEFT_OUT

ABSURD = b',"absurd":' + b"9" * 40 + b"}"
DUMPS = (
    "offers.csv",
    "offers.xlsx",
    "public-services.ttl",
    "public-services.jsonld",
    "schema-org.jsonld",
)


@pytest.fixture(autouse=True)
def nothing_left_out():
    LEFT_OUT.clear()


@pytest.fixture
def spoilt(place):
    """Three published listings, of which the second is stored as it could be before bounds."""
    for slug in ("premiere", "deuxieme", "troisieme"):
        place.publish(slug, title=both(slug), url=f"https://{slug}.example/page")
    for table, column in ((offer, "content"), (offer_document, "body")):
        one = table.c.slug == "deuxieme"
        with place.catalog.base.engine.begin() as connection:
            raw = connection.execute(select(table.c[column]).where(one)).scalar_one()
            spoilt = bytes(raw)[:-1] + ABSURD
            connection.execute(update(table).where(one).values({column: spoilt}))
    return place


def assessed(place):
    while place.catalog.quality.assessment_job.step():
        pass


def test_it_stands_on_the_work_list_and_the_others_are_assessed(spoilt):
    assessed(spoilt)
    answer = spoilt.client.get("/v1/quality", headers=spoilt.as_(CURATOR))
    assert answer.status_code == 200, answer.text
    first, *others = answer.json()["items"]
    assert (first["slug"], first["score"], first["checks"]) == ("deuxieme", 0, ["unreadable"])
    assert {one["slug"] for one in others} == {"premiere", "troisieme"}
    assert LEFT_OUT["assessing"] == 1


def test_the_addresses_of_the_others_are_asked_and_their_twins_are_looked_for(spoilt):
    asked = []

    class Asker:
        def ask(self, url):
            asked.append(url)
            return "alive", 200

    job = spoilt.catalog.quality.link_job
    links = LinkCheckJob(job._open, Asker(), spoilt.clock, job._every, lambda _: None)
    for _ in range(20):
        links.step()
        spoilt.clock.advance(seconds=6)
    assert {url.split("/")[2] for url in asked} >= {"premiere.example", "troisieme.example"}
    spoilt.look_for_duplicates()
    assert LEFT_OUT["looking for duplicates"] == 1


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_is_whole_but_for_it(spoilt, name):
    answer = spoilt.client.get(f"/v1/exports/{name}")
    assert answer.status_code == 200, answer.text
    if name != "offers.xlsx":
        assert b"premiere" in answer.content
        assert b"troisieme" in answer.content
    if name.endswith(".jsonld"):
        orjson.loads(answer.content)


def test_what_could_not_be_read_back_is_not_stored(place):
    drafted = place.catalog.offers.commands.create(content("bourse"), BY_CURATOR)
    support = SupportQuality(first_reply_hours=10**30)
    with pytest.raises(Faults, match="first_reply_hours"):
        place.edit(drafted, replace(drafted.working, support=support))
    again = place.client.get("/v1/offers/bourse/working-copy", headers=place.as_(CURATOR))
    assert again.status_code == 200
    assert "first_reply_hours" not in again.text
