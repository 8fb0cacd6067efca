"""A service goes, stops or has too much to do: the others go on and nobody is cut off."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import httpx2
import pytest
from tests.faults.ledger import content
from tests.faults.proxy import TcpProxy
from tests.faults.running import embedded_only, real_only

from aiff_local.engines.ports import server_port


def test_without_matching_the_catalogue_is_unaffected(running, ledger):
    entry = ledger.publish()
    running.kill("matching")
    running.kill("matching-worker")
    refused = ledger.client.post("/v1/matches", json={"limit": 1})
    assert refused.status_code == 503
    assert refused.headers["retry-after"]
    unknown = ledger.unknown
    ledger.edit(entry)
    ledger.publish()
    assert ledger.client.get(f"/v1/offers/{entry.id}").json()["title"]["fr"] == entry.title
    assert ledger.client.get("/v1/offers?limit=1").status_code == 200
    assert ledger.client.get("/health/ready").status_code == 200
    assert ledger.unknown == unknown


def test_clients_go_on_after_the_gateway_was_restarted(running, ledger):
    entry = ledger.publish()
    token = ledger.client.headers["authorization"]
    running.kill("gateway")
    running.revive()
    ledger.edit(entry)
    assert ledger.client.headers["authorization"] == token


class Load:
    """Callers that read, search, ask and write without a pause, until the `with` block ends."""

    def __init__(self, ledger, base_url, callers=6):
        self.answers, self.failed = [], []
        self._stopping, self._ledger = threading.Event(), ledger
        self._entry, self.slug = ledger.publish(), f"charge-{uuid4().hex[:8]}"
        self._base_url, self._pool = base_url, ThreadPoolExecutor(callers)
        self._callers = [self._pool.submit(self._call, number) for number in range(callers)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self._stopping.set()
        self._pool.shutdown()
        for caller in self._callers:
            caller.result()

    def _call(self, number):
        headers = {"Authorization": self._ledger.client.headers["authorization"]}
        with httpx2.Client(base_url=self._base_url, headers=headers, timeout=30) as client:
            while not self._stopping.is_set():
                self._ask(client, "GET", f"/v1/offers/{self._entry.id}/revisions")
                self._ask(client, "GET", "/v1/offers?limit=3")
                self._ask(client, "POST", "/v1/matches", {"limit": 1})
                self._ask(client, "POST", "/v1/offers", content(f"{self.slug}-{uuid4().hex[:8]}"))

    def _ask(self, client, method, path, body=None):
        try:
            self.answers.append(client.request(method, path, json=body).status_code)
        except httpx2.TransportError as error:
            self.failed.append(f"{method} {path}: {error!r}")


@contextmanager
def balanced(running, name):
    """Put a balancer before a service, and a gateway before that; give balancer and address."""
    with TcpProxy(server_port(), running.ports()[name]) as balancer:
        address = {f"{name.upper()}_URL": f"http://127.0.0.1:{balancer.port}"}
        with running.beside("gateway", **address) as port:
            yield balancer, f"http://127.0.0.1:{port}"


@embedded_only
@pytest.mark.parametrize("name", ["catalog", "matching"])
def test_a_service_that_is_replaced_under_load_fails_no_request(running, ledger, name):
    with (
        balanced(running, name) as (balancer, address),
        running.beside(name) as successor,
        Load(ledger, address) as load,
    ):
        time.sleep(0.5)
        balancer.target = successor
        running.end(name)
        # The successor alone answers until the load has ended.
        time.sleep(0.5)
        load.stop()
    assert load.failed == []
    assert set(load.answers) == {200, 201}
    drafted = f"SELECT count(*) FROM offer WHERE slug LIKE '{load.slug}-%'"
    assert running.rows("catalog", drafted)[0][0] == load.answers.count(201)


@pytest.mark.parametrize("seed", [1, 2])
def test_everything_restarted_in_any_order_becomes_ready(running, ledger, seed):
    entry = ledger.publish()
    names = list(running.product.running)
    random.Random(seed).shuffle(names)
    for name in names:
        running.kill(name)
    random.Random(seed + 10).shuffle(names)
    for name in names:
        running.start(name)
    running.revive()
    ledger.edit(entry)


@real_only
@pytest.mark.parametrize("first", ["services", "engines"])
def test_services_and_engines_restarted_in_either_order_become_ready(running, ledger, first):
    entry = ledger.publish()
    for name in running.product.running:
        running.kill(name)
    for engine in running.engines.values():
        engine.kill()
    if first == "services":
        for name in running.product.running:
            running.start(name)
        time.sleep(2)
    running.heal()
    ledger.edit(entry)
