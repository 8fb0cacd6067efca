"""The consumer of the index on the embedded bus."""

import pytest
from sqlalchemy import select

from aiff_catalog.indexing.entrypoints import GROUP
from aiff_catalog.search.adapters.tantivy.folder import IndexFolder
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_catalog.shared.tables import dead_letter
from aiff_contracts.events import OFFERS_TOPIC
from aiff_kit.bus import EmbeddedBus, Record


@pytest.fixture
def bus(place, tmp_path):
    return EmbeddedBus(tmp_path / "events.db")


def parked(place):
    with place.catalog.base.engine.connect() as connection:
        return connection.execute(select(dead_letter)).all()


def test_many_events_are_indexed_in_one_commit(place):
    for number in range(20):
        place.publish(f"offre-{number}")
    assert place.relay() == 20
    commits = IndexFolder(place.settings.search.index_dir).current() / "meta.json"
    before = commits.stat().st_mtime_ns
    assert place.index() == 20
    assert commits.stat().st_mtime_ns > before
    assert place.catalog.search.engine.count() == 20
    assert place.index() == 0


def test_a_record_that_names_no_offer_is_parked_and_the_others_go_on(place, bus):
    place.publish("avant")
    place.relay()
    bus.producer().send([Record(OFFERS_TOPIC, "not an id", b"?", {})])
    place.publish("apres")
    place.relay()
    assert place.index() == 3
    assert [row.key for row in parked(place)] == ["not an id"]
    assert parked(place)[0].consumer == GROUP
    assert place.found() == ["apres", "avant"]


def test_what_could_not_be_written_is_tried_again_and_not_committed(place, bus, monkeypatch):
    place.publish("bourse")
    place.relay()
    with monkeypatch.context() as broken:
        broken.setattr(
            "aiff_catalog.search.adapters.tantivy.index._commit",
            lambda *_: (_ for _ in ()).throw(SearchIndexUnavailableError("no disk")),
        )
        for _ in range(2):
            with pytest.raises(SearchIndexUnavailableError):
                place.index()
    assert bus.lag(GROUP, [OFFERS_TOPIC]) == 1
    assert parked(place) == []
    assert place.index() == 1
    assert bus.lag(GROUP, [OFFERS_TOPIC]) == 0
    assert place.found() == ["bourse"]


def test_an_event_of_a_withdrawn_offer_that_comes_late_does_not_bring_it_back(place):
    offer = place.publish("bourse")
    place.relay()
    place.archive(offer)
    place.index()
    assert place.found() == []
