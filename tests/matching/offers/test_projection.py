"""The copy of the offers: built from events, in any order, once each."""

from tests.matching.documents import grant, published, withdrawn

from aiff_kit.bus import EmbeddedBus, record_of
from aiff_kit.observability import Heartbeat
from aiff_matching.main.matching import Matching


def titles(matching: Matching) -> list[str]:
    return [entry.offer.title.fr for entry in matching.offers.catalogue.current().candidates]


def test_an_older_event_that_comes_late_is_ignored(matching: Matching) -> None:
    matching.offers.projection.handle(
        published(grant("bourse", title="neuf", version=2), sequence=2)
    )
    matching.offers.projection.handle(published(grant("bourse", title="vieux"), sequence=1))
    assert titles(matching) == ["neuf"]


def test_a_duplicate_changes_nothing(matching: Matching) -> None:
    event = published(grant("bourse"))
    matching.offers.projection.handle(event)
    before = matching.offers.catalogue.current()
    matching.offers.projection.handle(event)
    assert matching.offers.catalogue.current() is before


def test_an_offer_withdrawn_before_its_publication_arrives_stays_away(matching: Matching) -> None:
    document = grant("bourse")
    matching.offers.projection.handle(withdrawn(document, sequence=2))
    matching.offers.projection.handle(published(document, sequence=1))
    assert titles(matching) == []


def test_a_withdrawn_offer_can_be_published_again(matching: Matching) -> None:
    matching.offers.projection.handle(published(grant("bourse")))
    matching.offers.projection.handle(withdrawn(grant("bourse"), sequence=2))
    matching.offers.projection.handle(
        published(grant("bourse", title="retour", version=3), sequence=3)
    )
    assert titles(matching) == ["retour"]


def test_the_worker_takes_events_from_the_bus(matching: Matching, tmp_path) -> None:
    bus = EmbeddedBus(tmp_path / "events.db")
    producer = bus.producer()
    producer.send([record_of(published(grant("bourse")))])
    steps = matching.worker_steps(bus, Heartbeat())
    assert steps["projection"]() == 1
    assert steps["relay"]() == 0
    assert titles(matching) == ["bourse"]
    producer.close()


def test_only_the_changed_offers_are_parsed_again(matching: Matching) -> None:
    matching.offers.projection.handle(published(grant("bourse")))
    matching.offers.projection.handle(published(grant("pret")))
    before = {
        entry.offer.slug: entry.offer for entry in matching.offers.catalogue.current().candidates
    }
    matching.offers.projection.handle(published(grant("pret", title="neuf", version=2), sequence=2))
    after = {
        entry.offer.slug: entry.offer for entry in matching.offers.catalogue.current().candidates
    }
    assert after["bourse"] is before["bourse"]
    assert after["pret"] is not before["pret"]
