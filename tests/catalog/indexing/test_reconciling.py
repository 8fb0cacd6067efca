"""Index and topic of states beside the database, on both families of engines."""

import sqlite3
from uuid import UUID, uuid4

import pytest
from tests.catalog.support import content, on_both_families, target

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import Settings
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_contracts.events import (
    OFFER_PUBLISHED,
    OFFER_WITHDRAWN,
    OFFERS_STATE_TOPIC,
    OFFERS_TOPIC,
)
from aiff_kit.bus import EmbeddedBus, Record
from aiff_kit.operations import reconcile, states_of
from aiff_kit.testing import settings_from

pytestmark = on_both_families


@pytest.fixture
def bus(place, tmp_path):
    return EmbeddedBus(tmp_path / "events.db")


@pytest.fixture
def operator(place):
    """A process beside the worker, as a command is."""
    made = Catalog(place.settings, place.clock)
    yield made
    made.close()


@pytest.fixture
def reconciled(place, operator, bus):
    def run(name, *, check=False):
        [one] = [copy for copy in operator.copies(bus) if copy.name == name]
        return reconcile(one, check=check, pause=lambda seconds: place.relay())

    return run


def kinds(differences):
    return sorted((one.kind, one.key) for one in differences)


def test_what_is_equal_is_left_alone(place, reconciled):
    place.publish("bourse")
    place.archive(place.publish("ancienne"))
    place.drain()
    for name, wanted in (("search index", 1), ("topic of states", 2)):
        outcome = reconciled(name)
        assert (outcome.wanted, outcome.found, outcome.left) == (wanted, (), ())


def test_an_index_that_lacks_offers_or_has_too_many_is_named_and_mended(place, reconciled):
    kept, lost = place.publish("gardee"), place.publish("perdue")
    gone, old = place.publish("retiree"), place.publish("vieille")
    place.drain()
    place.catalog.search.engine.writer.apply([], {lost.id: lost.version})
    place.archive(gone)
    place.revise(old, content("vieille", title={"fr": "neuve", "en": "new"}))
    checked = reconciled("search index", check=True)
    named = [("missing", lost.id), ("stale", old.id), ("surplus", gone.id)]
    assert kinds(checked.left) == [(kind, str(one)) for kind, one in named]
    assert reconciled("search index").left == ()
    assert sorted(place.found()) == ["gardee", "perdue", "vieille"]
    assert place.search(q="neuve")["items"][0]["id"] == str(old.id)
    assert kept.id not in {UUID(one.key) for one in checked.left}


def test_a_lost_index_is_built_anew(place, reconciled):
    place.publish("bourse")
    place.drain()
    with place.catalog.search.engine.fresh() as empty:
        empty.switch()
    assert place.found() == []
    outcome = reconciled("search index")
    assert ([one.kind for one in outcome.found], outcome.left) == (["missing"], ())
    assert place.found() == ["bourse"]


def test_an_index_that_was_never_built_has_no_contents(place, tmp_path):
    nowhere = {"CATALOG_INDEX_DIR": tmp_path / "none", "OPENSEARCH_INDEX": "test-none"}
    other = Catalog(settings_from(Settings, nowhere), place.clock)
    assert other.search.engine.contents() == {}
    other.close()


def test_a_database_that_is_older_than_the_topic_fills_it(place, bus, reconciled):
    published = place.publish("bourse")
    withdrawn = place.archive(place.publish("ancienne"))
    place.drain()
    forget_states(bus)
    assert len(reconciled("topic of states", check=True).left) == 2
    assert states_of(bus, OFFERS_STATE_TOPIC) == {}
    outcome = reconciled("topic of states")
    assert (len(outcome.found), outcome.left) == (2, ())
    states = states_of(bus, OFFERS_STATE_TOPIC)
    assert {key: (one.sequence, one.type) for key, one in states.items()} == {
        str(published.id): (published.version, OFFER_PUBLISHED.name),
        str(withdrawn.id): (withdrawn.version, OFFER_WITHDRAWN.name),
    }


def test_what_is_told_again_is_no_event(place, bus, reconciled):
    place.publish("bourse")
    place.drain()
    before = len(list(bus.read(OFFERS_TOPIC)))
    forget_states(bus)
    reconciled("topic of states")
    assert len(list(bus.read(OFFERS_TOPIC))) == before


def test_an_offer_that_the_database_does_not_know_is_withdrawn_for_all(place, bus, reconciled):
    known = place.publish("bourse")
    place.drain()
    unknown, headers = str(uuid4()), {"ce_type": OFFER_PUBLISHED.name, "ce_sequence": "4"}
    bus.producer().send([Record(OFFERS_STATE_TOPIC, unknown, b"{}", headers)])
    outcome = reconciled("topic of states")
    assert (kinds(outcome.found), outcome.left) == ([("surplus", unknown)], ())
    states = states_of(bus, OFFERS_STATE_TOPIC)
    assert (states[unknown].sequence, states[unknown].type) == (5, OFFER_WITHDRAWN.name)
    assert states[str(known.id)].type == OFFER_PUBLISHED.name
    assert list(bus.read(OFFERS_TOPIC))[-1].record.key == unknown


def test_a_topic_that_is_ahead_of_the_database_stays_a_difference(place, bus, reconciled):
    offer = place.publish("bourse")
    place.drain()
    headers = {"ce_type": OFFER_PUBLISHED.name, "ce_sequence": "99"}
    bus.producer().send([Record(OFFERS_STATE_TOPIC, str(offer.id), b"{}", headers)])
    assert kinds(reconciled("topic of states").left) == [("ahead", str(offer.id))]


def test_a_withdrawn_offer_whose_content_changes_is_told_of_already(place, reconciled):
    hidden = place.catalog.reviews.commands.hide(
        target(place.publish("ancienne")), "suspend", "raison"
    )
    place.edit(hidden, content("ancienne", title={"fr": "autre", "en": "other"}))
    place.drain()
    assert reconciled("topic of states").found == ()


def test_a_pending_revision_is_no_difference_and_is_never_told(place, reconciled):
    place.edit(place.publish("bourse"), content("bourse", keywords=["secret"]))
    place.drain()
    assert reconciled("topic of states").found == ()
    assert reconciled("search index").found == ()


def test_a_dead_letter_of_the_index_is_handled_again_beside_the_worker(
    place, operator, bus, monkeypatch
):
    place.publish("bourse")
    place.relay()
    with monkeypatch.context() as broken:
        broken.setattr(place.catalog.search.engine.writer, "apply", refuse)
        place.index()
    assert place.found() == []
    events = operator.events.operations(bus)
    [letter] = events.dead_letters.all()
    assert [one.reason for one in events.replay([letter])] == [None]
    assert place.found() == ["bourse"]
    assert events.dead_letters.all() == []


def refuse(entries, removed):
    raise ValueError("an entry that the engine refuses")


def test_a_dead_letter_that_names_no_offer_fails_again_with_its_reason(place, operator, bus):
    bus.producer().send([Record(OFFERS_TOPIC, "not an id", b"?", {})])
    place.index()
    events = operator.events.operations(bus)
    [outcome] = events.replay(events.dead_letters.all())
    assert outcome.reason.startswith("ValueError")
    assert [one.reason for one in events.dead_letters.all()] == [outcome.reason]


def test_an_index_out_of_reach_keeps_the_dead_letter_as_it_is(place, operator, bus, monkeypatch):
    offer = place.publish("bourse")
    place.drain()
    record = Record(OFFERS_TOPIC, str(offer.id), b"?", {})
    bus.producer().send([record])
    monkeypatch.setattr(place.catalog.search.engine.writer, "apply", refuse)
    place.index()
    monkeypatch.setattr(operator.indexing.mending, "rebuild", away)
    monkeypatch.setattr(operator.search.engine.writer.__class__, "apply", away)
    events = operator.events.operations(bus)
    with pytest.raises(SearchIndexUnavailableError):
        list(events.replay(events.dead_letters.all()))
    assert [one.reason for one in events.dead_letters.all()] == [
        "ValueError: an entry that the engine refuses"
    ]


def away(*_):
    raise SearchIndexUnavailableError("away")


def forget_states(bus):
    """As on a cluster that is set up anew."""
    with sqlite3.connect(bus._path) as connection:
        connection.execute("DELETE FROM record WHERE topic = ?", (OFFERS_STATE_TOPIC,))
    connection.close()
