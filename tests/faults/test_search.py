"""The search engine is away or has lost its index: reads go on, and it comes back by itself."""

import shutil
import threading

import httpx2
import pytest
from tests.faults.running import embedded_only, eventually, real_only
from tests.system.conftest import run


def asked(ledger, address):
    answer = ledger.client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def degraded(ledger):
    return asked(ledger, "/v1/offers?limit=1")["degraded"]


def assert_not_degraded(ledger):
    assert degraded(ledger) is False


@real_only
@pytest.mark.parametrize("fault", ["kill", "pause"])
def test_without_the_search_engine_the_database_answers_and_says_so(running, ledger, fault):
    entry, engine = ledger.publish(), running.engines["opensearch"]
    ledger.assert_everywhere()
    getattr(engine, fault)()
    listed = asked(ledger, "/v1/offers?limit=100&count=true&kind=training")
    assert listed["degraded"] is True
    assert listed["count"] == running.count("catalog", "offer_document")
    assert asked(ledger, f"/v1/offers/{entry.id}")["title"]["fr"] == entry.title
    assert asked(ledger, "/v1/offers?q=atelier&limit=1")["degraded"] is True
    ledger.edit(entry)
    other = ledger.publish()
    assert asked(ledger, f"/v1/offers/{other.id}")["title"]["fr"] == other.title
    running.heal()
    eventually(lambda: assert_not_degraded(ledger))


class Searching:
    """Searches without a pause; `with` it around what must not disturb them."""

    def __init__(self, ledger):
        self.faults, self.answered = [], 0
        self._ledger, self._stopping = ledger, threading.Event()
        self._thread = threading.Thread(target=self._search)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stopping.set()
        self._thread.join()

    def _search(self):
        expected = asked(self._ledger, "/v1/offers?limit=1&count=true")["count"]
        while not self._stopping.is_set():
            page = asked(self._ledger, "/v1/offers?limit=1&count=true")
            self.answered += 1
            if page["degraded"] or page["count"] != expected:
                self.faults.append(page)


def test_a_rebuild_swaps_the_index_without_one_failed_search(running, ledger):
    ledger.publish()
    ledger.assert_everywhere()
    with Searching(ledger) as searching:
        printed = run(running.product, "aiff_catalog", "index", "rebuild")
    count = running.count("catalog", "offer_document")
    assert f"{count} offers indexed" in printed
    assert searching.answered > 0
    assert searching.faults == []


def lose_indices(url):
    names = [one["index"] for one in httpx2.get(f"{url}/_cat/indices?format=json").json()]
    lost = [name for name in names if not name.startswith(".")]
    assert lost
    for name in lost:
        assert httpx2.delete(f"{url}/{name}").status_code == 200


@real_only
def test_a_lost_index_in_opensearch_is_rebuilt_by_one_command(running, ledger):
    entry = ledger.publish()
    ledger.assert_everywhere()
    running.freeze("catalog-worker")
    lose_indices(running.engines["opensearch"].url)
    assert degraded(ledger) is True
    assert asked(ledger, f"/v1/offers/{entry.id}")["id"] == entry.id
    run(running.product, "aiff_catalog", "index", "rebuild")
    eventually(lambda: assert_not_degraded(ledger))
    running.thaw("catalog-worker")


@embedded_only
def test_a_lost_index_folder_is_rebuilt_by_one_command(running, ledger):
    ledger.publish()
    ledger.assert_everywhere()
    running.freeze("catalog-worker")
    shutil.rmtree(running.product.data_dir / "catalog-index")
    run(running.product, "aiff_catalog", "index", "rebuild")
    running.thaw("catalog-worker")
    eventually(lambda: assert_not_degraded(ledger))
