"""What is OpenSearch's own: versions, busy answers, a broken circuit, one clear line."""

import time
from dataclasses import replace

import pytest
from opensearchpy import RequestError
from tests.catalog.support import both
from tests.engines.plugin import started

from aiff_catalog.offers.application.entries import entry_of
from aiff_catalog.search.adapters.opensearch.bulk import EntryRefusedError
from aiff_catalog.search.adapters.opensearch.client import OpenSearchServer, writing_client
from aiff_catalog.search.entrypoints.http.schemas import SearchParameters
from aiff_catalog.search.entrypoints.http.services import SearchServices
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_local.engines import OpenSearch

pytestmark = pytest.mark.engines


@pytest.fixture
def search_settings(opensearch_settings):
    return opensearch_settings


def entry_for(place, offer):
    with place.catalog.base.open() as uow:
        return entry_of(uow.documents.of([offer.id])[0], place.clock())


def test_an_older_write_that_comes_late_never_wins(place):
    newer = entry_for(place, place.publish("bourse", title=both("nouveau")))
    texts = replace(newer.texts, titles=["ancien"])
    older = replace(newer, version=newer.version - 1, texts=texts)
    writer = place.catalog.search.engine.writer
    writer.apply([newer], {})
    writer.apply([older], {})
    assert (place.found(q="nouveau"), place.found(q="ancien")) == (["bourse"], [])
    writer.apply([], {newer.offer_id: newer.version + 1})
    writer.apply([newer], {})
    assert place.found() == []


def test_an_entry_that_is_refused_does_not_keep_the_others_out(place):
    first = entry_for(place, place.publish("bourse"))
    faulty = replace(first, offer_id=place.publish("autre").id, gpu_memory="lots")
    with pytest.raises(EntryRefusedError, match="1 refused, the first: 400"):
        place.catalog.search.engine.writer.apply([faulty, first], {})
    assert place.found() == ["bourse"]


def test_what_the_engine_is_too_busy_for_is_sent_again_and_nothing_else(place, monkeypatch):
    entries = [entry_for(place, place.publish(slug)) for slug in ("aa", "bb")]
    writer = place.catalog.search.engine.writer
    bulk, sent = writer._client.bulk, []

    def busy_at_first(**arguments):
        sent.append(arguments["body"].count(b"\n") // 2)
        answer = bulk(**arguments)
        if len(sent) == 1:
            answer["items"][1]["index"]["status"] = 429
        return answer

    monkeypatch.setattr(writer._client, "bulk", busy_at_first)
    writer.apply(entries, {})
    assert sent == [2, 1]
    assert place.found() == ["aa", "bb"]


def test_an_engine_that_stays_busy_is_an_outage_and_is_tried_again_later(place, monkeypatch):
    entry, writer = entry_for(place, place.publish("aa")), place.catalog.search.engine.writer
    busy = {"items": [{"index": {"status": 429}}]}
    monkeypatch.setattr(writer._client, "bulk", lambda **_: busy)
    monkeypatch.setattr("aiff_catalog.search.adapters.opensearch.bulk._PAUSES", (0.0, 0.0))
    with pytest.raises(SearchIndexUnavailableError, match="too busy to take 1 changes"):
        writer.apply([entry], {})


def test_the_index_refuses_a_field_that_it_does_not_know(place):
    client = writing_client(OpenSearchServer(url=place.settings.search.opensearch_url))
    alias = f"{place.settings.search.opensearch_index}-*"
    name = next(iter(client.indices.get(index=alias)))
    assert client.indices.get_mapping(index=name)[name]["mappings"]["dynamic"] == "strict"
    with pytest.raises(RequestError, match="strict_dynamic_mapping_exception"):
        client.index(index=name, body={"words": "f:bours", "colour": "blue"})
    client.close()


def test_the_deepest_page_is_read(place):
    place.publish("bourse")
    place.drain()
    cursor = place.client.app.state.services[SearchServices].cursors
    deep = cursor.encode(9_990, SearchParameters().bound())
    assert place.search(limit=100, cursor=deep)["items"] == []


@pytest.fixture(scope="module")
def own_engine(engine_folder):
    """An engine of this module's own, to be killed and frozen."""
    with started(OpenSearch(engine_folder / "faulty-search")) as engine:
        yield engine


class TestOutage:
    """One engine, killed and started again."""

    @pytest.fixture
    def search_settings(self, own_engine):
        if not own_engine.alive():
            own_engine.start()
        return {"OPENSEARCH_URL": own_engine.url, "OPENSEARCH_INDEX": f"test-{time.time_ns()}"}

    def test_the_database_answers_meanwhile_and_nothing_is_lost(self, place, own_engine):
        place.publish("avant")
        place.drain()
        own_engine.kill()
        place.publish("pendant")
        place.relay()
        with pytest.raises(SearchIndexUnavailableError):
            place.index()
        answer = place.search(q="pendant")
        assert [item["slug"] for item in answer["items"]] == ["pendant"]
        assert answer["degraded"] is True
        assert place.client.get("/v1/offers/avant").status_code == 200
        own_engine.start()
        place.index()
        deadline = time.monotonic() + 10
        while place.search()["degraded"]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert place.found() == ["avant", "pendant"]

    def test_a_frozen_engine_costs_a_few_readers_time_and_then_nobody(self, place, own_engine):
        place.publish("bourse")
        place.drain()
        own_engine.pause()
        try:
            taken = []
            for _ in range(8):
                began = time.monotonic()
                assert place.search()["degraded"] is True
                taken.append(time.monotonic() - began)
        finally:
            own_engine.resume()
        assert max(taken[:5]) < 4
        assert max(taken[5:]) < 0.5
