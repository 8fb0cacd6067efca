"""Something went wrong inside: an operator sees it and mends it, and readers see that."""

import json
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import delete, update
from tests.system.conftest import drain, settings_of, start

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import Settings as CatalogSettings
from aiff_contracts.events import OFFERS_TOPIC
from aiff_kit.bus import Record, open_bus
from aiff_kit.settings import BusSettings
from aiff_kit.testing import settings_from
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.shared.tables import offer, projection

AIFF = Path(sys.executable).with_name("aiff-ops")
QUESTION = {"profile": {"country": "FR"}, "need": {"kinds": ["funding"]}, "limit": 100}


def aiff(product, *arguments, code=0):
    """Run the operator's command and return what it says, as a program reads it."""
    done = subprocess.run(
        [AIFF, *arguments], env=product.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return json.loads(done.stdout) if "--json" in arguments else done.stdout


def await_meanings(catalog, seconds=120):
    """The worker goes on indexing offers as their sentence vectors come."""
    deadline = time.monotonic() + seconds
    waiting = True
    while waiting:
        assert time.monotonic() < deadline
        time.sleep(0.2)
        with catalog.base.open() as uow:
            waiting = uow.embeddings.due(1) or uow.embeddings.not_indexed(1)


def lose_the_index(product):
    catalog = Catalog(settings_from(CatalogSettings, product.environment()))
    await_meanings(catalog)
    with catalog.search.engine.fresh() as empty:
        empty.switch()
    catalog.close()


def lose_the_copy(product):
    matching = Matching(settings_of(product, MatchingSettings))
    with matching.engine.begin() as connection:
        connection.execute(delete(offer))
        connection.execute(update(projection).values(revision=projection.c.revision + 1))
    matching.close()


def counts(client):
    # A cached answer would hide what was lost.
    fresh = {"Cache-Control": "no-cache"}
    found = client.get("/v1/offers?limit=1&count=true&q=france", headers=fresh).json()["count"]
    matched = client.post("/v1/matches", json=QUESTION).json()["items"]
    return found, len(matched)


def test_a_lost_index_and_a_lost_copy_are_named_and_mended_by_one_command(product, anonymous):
    drain(product)
    before = counts(anonymous)
    lose_the_index(product)
    lose_the_copy(product)
    checked = aiff(product, "reconcile", "--check", "--json", code=1)
    places = {one["place"]: len(one["left"]) for one in checked}
    assert places["topic of states"] == 0
    assert places["search index"] == places["matching's copy"] > before[0]
    drain(product)
    assert counts(anonymous)[1] == 0
    assert "left" in aiff(product, "reconcile")
    drain(product)
    assert counts(anonymous) == before
    assert all(not one["differences"] for one in aiff(product, "reconcile", "--json"))


def test_index_and_copy_can_be_built_anew_at_any_time(product, anonymous):
    drain(product)
    before = counts(anonymous)
    assert "offers indexed" in aiff(product, "index", "rebuild")
    assert "offers in the copy" in aiff(product, "projection", "rebuild")
    drain(product)
    assert counts(anonymous) == before


def test_a_poison_event_is_seen_and_stays_until_somebody_mends_its_cause(tmp_path, few):
    with start(tmp_path, few) as product:
        bus = open_bus(settings_of(product, BusSettings))
        bus.producer().send([Record(OFFERS_TOPIC, "poison", b"?", {"ce_type": "eu.unknown.v9"})])
        drain(product)
        letters = aiff(product, "events", "dead-letters", "--json")
        consumers = {one["consumer"] for one in letters}
        assert consumers == {"catalog-index", "matching-projection"}
        assert "poison" in aiff(product, "events", "show", letters[0]["id"])
        replayed = aiff(product, "events", "replay", "--all", "--json", code=1)
        assert all(one["failed_again"] for one in replayed)
        assert len(aiff(product, "events", "dead-letters", "--json")) == 2
        lag = aiff(product, "events", "lag", "--json")
        assert {one["records"] for one in lag if one["waits_for"] != "relay"} == {0}
        assert bus.lag("anybody", [f"{OFFERS_TOPIC}.dead-letter"]) >= 2
        aiff(product, "events", "replay", "catalog-index/999", code=2)
        ids = [letter["id"] for letter in letters]
        aiff(product, "events", "discard", *ids, "--reason", "nobody knows this type")
        assert aiff(product, "events", "dead-letters", "--json") == []
