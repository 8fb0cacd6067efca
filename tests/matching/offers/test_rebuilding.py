"""The copy of the offers made anew from the topic of states, on both families of engines."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select, update
from tests.matching.documents import grant, offer_id, published, withdrawn

from aiff_contracts.events import OFFERS_STATE_TOPIC, OFFERS_TOPIC, topics_beside
from aiff_kit.bus import EmbeddedBus, Record, record_of
from aiff_kit.bus.kafka import KafkaBus
from aiff_kit.db import upgrade
from aiff_kit.operations import reconcile
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.shared.errors import NoStatesError, UnreadableStateError
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_matching.shared.tables import inbox, offer, offer_fresh

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["embedded", pytest.param("real", marks=pytest.mark.engines)])
def family(request):
    return request.param


@pytest.fixture
def matching(family, request, tmp_path):
    settings = {"AIFF_DATA_DIR": tmp_path, "MATCHING_DATABASE_URL": None}
    if family == "real":
        postgres, name = request.getfixturevalue("postgres"), f"test_{uuid4().hex}"
        postgres.create_database(name)
        settings["MATCHING_DATABASE_URL"] = postgres.url(name)
    made = MatchingSettings(**settings)
    upgrade(made.database_url, MIGRATIONS)
    service = Matching(made)
    yield service
    service.close()


@pytest.fixture
def bus(family, request, tmp_path, monkeypatch):
    if family == "embedded":
        return EmbeddedBus(tmp_path / "events.db")
    # Topics of this test's own on the broker that all tests share.
    topic = f"test.{uuid4().hex}.state"
    monkeypatch.setattr("aiff_matching.main.wiring.offers.OFFERS_STATE_TOPIC", topic)
    monkeypatch.setattr(f"{__name__}.OFFERS_STATE_TOPIC", topic)
    made = KafkaBus(request.getfixturevalue("kafka").settings()["KAFKA_BOOTSTRAP_SERVERS"])
    made.ensure_topics([topic, *topics_beside(OFFERS_TOPIC)])
    return made


@pytest.fixture
def state(bus):
    producer = bus.producer()

    def send(*events):
        records = [record_of(event) for event in events]
        producer.send([Record(OFFERS_STATE_TOPIC, r.key, r.value, r.headers) for r in records])

    yield send
    producer.close()


def titles(matching):
    return [entry.offer.title.fr for entry in matching.offers.catalogue.current().candidates]


def change(matching, statement):
    with matching.engine.begin() as connection:
        connection.execute(statement)


def test_a_lost_and_wrong_copy_is_made_anew_with_all_offers(matching, bus, state):
    kept, lost = published(grant("garde")), published(grant("perdue"))
    state(kept, lost, published(grant("retiree")), withdrawn(grant("retiree"), sequence=2))
    for event in (kept, lost, published(grant("retiree")), published(grant("surplus"))):
        matching.offers.projection.handle(event)
    change(matching, delete(offer).where(offer.c.id == offer_id("perdue")))
    # The surplus was handled long ago, and no state tells of it.
    change(matching, update(inbox).values(handled_at=LONG_AGO))
    assert matching.offers.rebuild(bus).run() == 2
    assert sorted(titles(matching)) == ["garde", "perdue"]
    with matching.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(offer_fresh)).scalar_one() == 0


def test_what_is_newer_than_the_topic_stays_whatever_the_rebuild_reads(matching, bus, state):
    state(published(grant("bourse", title="vieux")))
    newer = published(grant("bourse", title="neuf", version=2), sequence=2)
    added = published(grant("ajoutee"))
    matching.offers.projection.handle(newer)
    matching.offers.projection.handle(added)
    assert matching.offers.rebuild(bus).run() == 2
    assert sorted(titles(matching)) == ["ajoutee", "neuf"]


def test_an_event_that_was_taken_over_is_not_handled_a_second_time(matching, bus, state):
    state(published(grant("bourse", title="neuf", version=2), sequence=2))
    matching.offers.rebuild(bus).run()
    matching.offers.projection.handle(published(grant("bourse", title="vieux"), sequence=1))
    assert titles(matching) == ["neuf"]


def test_answers_come_from_the_old_copy_until_the_swap(matching, bus, state):
    matching.offers.projection.handle(published(grant("bourse", title="vieux")))
    state(*(published(grant(f"offre-{number}")) for number in range(450)))
    state(published(grant("bourse", title="neuf", version=2), sequence=2))
    rebuild, seen = matching.offers.rebuild(bus), set()
    states = rebuild._states

    def looked_at():
        for event in states():
            seen.add(tuple(titles(matching)))
            yield event

    rebuild._states = looked_at
    assert rebuild.run() == 451
    assert seen == {("vieux",)}
    assert len(titles(matching)) == 451


def test_an_empty_topic_never_empties_the_copy(matching, bus):
    matching.offers.projection.handle(published(grant("bourse")))
    with pytest.raises(NoStatesError, match="aiff_catalog reconcile"):
        matching.offers.rebuild(bus).run()
    assert titles(matching) == ["bourse"]


def test_a_state_that_cannot_be_read_stops_the_rebuild_and_changes_nothing(matching, bus, state):
    matching.offers.projection.handle(published(grant("bourse")))
    state(published(grant("autre")))
    producer = bus.producer()
    producer.send([Record(OFFERS_STATE_TOPIC, "poison", b"?", {"ce_type": "eu.unknown.v9"})])
    producer.close()
    with pytest.raises(UnreadableStateError, match="poison"):
        matching.offers.rebuild(bus).run()
    assert titles(matching) == ["bourse"]


def test_reconciling_says_what_differs_and_mends_it_once(matching, bus, state):
    events = [published(grant(slug)) for slug in ("juste", "perdue")]
    revised = published(grant("vieille", title="neuf", version=2), sequence=2)
    state(*events, revised, withdrawn(grant("retiree"), sequence=2))
    for event in (*events, published(grant("vieille")), published(grant("retiree"))):
        matching.offers.projection.handle(event)
    change(matching, delete(offer).where(offer.c.id == offer_id("perdue")))
    place, pauses = matching.offers.copy(bus), []
    checked = reconcile(place, check=True, pause=pauses.append)
    assert [(one.kind, one.key) for one in checked.left] == [
        ("missing", str(offer_id("perdue"))),
        ("stale", str(offer_id("vieille"))),
        ("surplus", str(offer_id("retiree"))),
    ]
    mended = reconcile(place, check=False, pause=pauses.append)
    assert (mended.found, mended.left) == (checked.left, ())
    assert sorted(titles(matching)) == ["juste", "neuf", "perdue"]
    assert reconcile(place, check=False, pause=pauses.append).found == ()


def test_what_is_only_on_its_way_is_no_difference(matching, bus, state):
    event = published(grant("bourse"))
    state(event)
    outcome = reconcile(
        matching.offers.copy(bus),
        check=True,
        pause=lambda seconds: matching.offers.projection.handle(event),
    )
    assert (outcome.wanted, outcome.found) == (1, ())
