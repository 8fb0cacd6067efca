"""Who follows the changes ends with what the catalogue shows, whatever happens meanwhile."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import orjson
import pytest
from sqlalchemy import select
from tests.catalog.support import BY_CURATOR, both, content, organisation

from aiff_catalog.offers.application.changing import Note, save
from aiff_catalog.offers.domain import offer as offers
from aiff_catalog.shared.tables import offer_change, offer_document


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def database_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def number(place):
    while place.catalog.exchange.numbering.step():
        pass


def read(place, since=None, limit=100, status=200):
    parameters = {"limit": limit} | ({"since": since} if since else {})
    answer = place.client.get("/v1/changes", params=parameters)
    assert answer.status_code == status, answer.text
    return answer.json()


def told(page):
    return [(item["change"], item["slug"], item["version"]) for item in page["items"]]


class Follower:
    """A mirror that holds what it was told."""

    def __init__(self, place, limit=7):
        self.place, self.limit, self.since, self.held = place, limit, None, {}

    def step(self):
        page = read(self.place, self.since, self.limit)
        for item in page["items"]:
            known = self.held.get(item["id"], (0, None))
            if item["version"] > known[0]:
                self.held[item["id"]] = (item["version"], item["offer"])
        self.since = page["next"]
        return len(page["items"])

    @property
    def shown(self):
        return {key: offer for key, (_, offer) in self.held.items() if offer is not None}


def catalogue(place):
    with place.catalog.base.engine.connect() as connection:
        rows = connection.execute(select(offer_document.c.offer_id, offer_document.c.body)).all()
    return {str(key): orjson.loads(body) for key, body in rows}


def test_an_offer_is_told_once_with_its_last_change(place):
    first, second = place.publish("une"), place.publish("deux")
    number(place)
    place.revise(first, content("une", title=both("Une, revue")))
    number(place)
    page = read(place)
    assert told(page) == [("published", "deux", 2), ("published", "une", 4)]
    assert page["items"][0]["offer"] == catalogue(place)[str(second.id)]
    assert page["has_more"] is False


def test_what_is_only_drafted_is_not_told(place):
    place.catalog.offers.commands.create(content("ebauche"), BY_CURATOR)
    number(place)
    assert read(place)["items"] == []


def test_pages_go_on_where_the_last_one_ended_and_end_at_nothing(place):
    for slug in ("une", "deux", "trois"):
        place.publish(slug)
        number(place)
    page = read(place, limit=2)
    assert [item["slug"] for item in page["items"]] == ["une", "deux"]
    assert page["has_more"] is True
    rest = read(place, page["next"], limit=2)
    assert [item["slug"] for item in rest["items"]] == ["trois"]
    assert read(place, rest["next"])["items"] == []
    place.publish("quatre")
    number(place)
    assert [item["slug"] for item in read(place, rest["next"])["items"]] == ["quatre"]


def test_an_offer_out_of_sight_is_a_tombstone_with_its_reason(place):
    gone = place.publish("passee")
    number(place)
    since = read(place)["next"]
    place.archive(gone, "le programme est terminé")
    number(place)
    (item,) = read(place, since)["items"]
    assert (item["change"], item["state"], item["offer"]) == ("withdrawn", "archived", None)
    assert item["reason"] == "le programme est terminé"


def test_a_changed_organisation_tells_of_the_offers_that_name_it(place):
    place.publish("bourse")
    number(place)
    since = read(place)["next"]
    place.catalog.offers.organisations.put(organisation("genci", "GENCI nouveau"), None, BY_CURATOR)
    number(place)
    (item,) = read(place, since)["items"]
    assert item["offer"]["organisation_details"][0]["name"] == "GENCI nouveau"


def test_who_stands_before_a_forgotten_tombstone_must_start_again_at_the_dump(place):
    kept, gone = place.publish("gardee"), place.publish("passee")
    number(place)
    since = read(place, limit=1)["next"]
    up_to_date = read(place)["next"]
    place.archive(gone)
    number(place)
    place.clock.now += timedelta(days=91)
    number(place)
    problem = read(place, since, status=410)
    assert problem["type"] == "/problems/resync-required"
    assert problem["dump"] == "/v1/exports/offers.ndjson"
    assert read(place, up_to_date, status=410)["type"] == "/problems/resync-required"
    assert [item["id"] for item in read(place)["items"]] == [str(kept.id)]


def test_who_began_after_a_tombstone_was_forgotten_reads_on_below_it(place):
    gone = place.publish("passee")
    for slug in ("une", "deux"):
        place.publish(slug)
    number(place)
    place.archive(gone)
    number(place)
    place.clock.now += timedelta(days=91)
    number(place)
    page = read(place, limit=1)
    assert len(read(place, page["next"])["items"]) == 1


def test_a_cursor_of_a_future_that_was_lost_must_start_again(place):
    place.publish("une")
    number(place)
    since = read(place)["next"]
    with place.catalog.base.engine.begin() as connection:
        connection.execute(offer_change.delete())
        connection.exec_driver_sql("UPDATE change_counter SET newest = 0")
    read(place, since, status=410)


@pytest.mark.parametrize("since", ["x", "AAAA", "é"])
def test_a_cursor_that_was_not_signed_here_is_refused(place, since):
    assert read(place, since, status=400)["type"] == "/problems/cursor-mismatch"


def test_a_change_that_commits_late_is_not_passed_over(place):
    """The writer notes first and commits last; meanwhile another one overtakes it."""
    slow = place.publish("lente")
    number(place)
    follower = Follower(place)
    follower.step()
    with place.catalog.base.open() as uow:
        uow.changes.note(slow)
        if place.catalog.base.engine.dialect.name == "postgresql":
            place.publish("rapide")
            number(place)
            follower.step()
        uow.commit()
    number(place)
    before = follower.since
    assert follower.step() == 1
    assert [item["slug"] for item in read(place, before)["items"]] == ["lente"]


def test_a_follower_of_many_concurrent_writers_misses_nothing(place):
    """Writers hold their transactions open at random; two numberers run; a mirror follows."""
    published = [place.publish(f"offre-{one:02}") for one in range(12)]
    follower, stop = Follower(place), threading.Event()

    def keep_numbering():
        while not stop.is_set():
            place.catalog.exchange.numbering.step()

    with ThreadPoolExecutor(8) as pool:
        numberers = [pool.submit(keep_numbering) for _ in range(2)]
        writers = [pool.submit(_write, place, published, seed) for seed in range(6)]
        while not all(writer.done() for writer in writers):
            follower.step()
        stop.set()
        for task in (*writers, *numberers):
            task.result()
    number(place)
    while follower.step():
        pass
    assert follower.shown == catalogue(place)


def _write(place, published, seed):
    luck = random.Random(seed)
    for turn in range(8):
        one = luck.choice(published)
        with place.catalog.base.open() as uow:
            (current,) = uow.offers.hold([one.id])
            _change(uow, current, f"{seed}-{turn}", luck)
            time.sleep(luck.random() * 0.02)
            if luck.random() < 0.8:
                uow.commit()


def _change(uow, current, text, luck):
    now = current.updated_at + timedelta(seconds=1)
    if current.state != "published":
        after = offers.reinstate(current, now)
    elif luck.random() < 0.3:
        after = offers.hide(current, "suspend", "au hasard", now)
    else:
        after = offers.publish_text(current, content(current.slug, title=both(text)), now)
    save(uow, current, after, Note(action="published", by=BY_CURATOR))
