"""A service goes, stops or has too much to do: the others go on and nobody is cut off."""

import asyncio
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from tests.faults.ledger import content
from tests.faults.proxy import TcpProxy
from tests.faults.running import embedded_only, eventually, real_only

from aiff_local.processes import free_port


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
    with TcpProxy(free_port(), running.ports()[name]) as balancer:
        address = f"http://127.0.0.1:{balancer.port}"
        if name == "gateway":
            yield balancer, address
            return
        with running.beside("gateway", **{f"{name.upper()}_URL": address}) as port:
            yield balancer, f"http://127.0.0.1:{port}"


@embedded_only
@pytest.mark.parametrize("name", ["catalog", "matching", "gateway"])
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


CROWD, ASKED = 600, 1500
MOST_MEGABYTES = 300


def memory(pid, what):
    """Return a process's memory in megabytes: VmRSS now, VmHWM at its height."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(what))
    return int(line.split()[1]) // 1024


async def ask_in_a_crowd(client):
    """Ask for matches with CROWD questions under way at any time; return what was answered."""
    room = asyncio.Semaphore(CROWD)

    async def ask():
        async with room:
            return await client.post("/v1/matches", json={"limit": 50})

    return await asyncio.gather(*(ask() for _ in range(ASKED)))


def overload(ledger, url):
    """Put far more load on the product than it admits."""
    headers = {"Authorization": ledger.client.headers["authorization"]}
    # Each question has a connection of its own, so that none goes out on one that is closing.
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=0)

    async def run():
        async with httpx2.AsyncClient(
            base_url=url, headers=headers, timeout=90, limits=limits
        ) as client:
            return await ask_in_a_crowd(client)

    return asyncio.run(run())


@embedded_only
def test_far_more_load_than_it_can_take_is_refused_and_soon_forgotten(running, ledger):
    entry = ledger.publish()
    pids = {name: process.pid for name, process in running.product.running.items()}
    before = {name: memory(pid, "VmRSS") for name, pid in pids.items()}
    answers = overload(ledger, running.url)
    assert {answer.status_code for answer in answers} == {200, 503}
    assert all(answer.headers["retry-after"] for answer in answers if answer.status_code == 503)
    for name, pid in pids.items():
        assert running.product.running[name].poll() is None
        assert memory(pid, "VmHWM") - before[name] < MOST_MEGABYTES, name
    eventually(lambda: matched(ledger), 30)
    ledger.edit(entry)


def matched(ledger):
    assert ledger.client.post("/v1/matches", json={"limit": 1}).status_code == 200


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
