"""What a process shows of itself: counted exactly, and unknown where it is not known."""

import math
import urllib.error
import urllib.request
from uuid import uuid4

import httpx2
import pytest
from fastapi import APIRouter
from prometheus_client import REGISTRY, CollectorRegistry, Gauge
from tests.kit.conftest import withdrawn

from aiff_kit.auth import ANONYMOUS, IdentitySigner, IdentityVerifier
from aiff_kit.bus import EmbeddedBus
from aiff_kit.http import service_app
from aiff_kit.observability import Figure, Sampler, watch
from aiff_kit.observability.http_times import NAME, registered
from aiff_kit.observability.operations import OperationsServer, metrics_page
from aiff_kit.outbox import DeadLetters, EventFigures, OutboxDepth, Relay, append
from aiff_kit.settings import RuntimeSettings

SECRET = "s" * 40
TOPIC = "aiff.catalog.offers"


def value(name, registry=REGISTRY, **labels):
    return registry.get_sample_value(name, labels)


def test_a_duration_counts_in_every_bucket_that_holds_it():
    registry = CollectorRegistry()
    times = registered(registry)
    for seconds in (0.001, 0.002, 40.0):
        times.observe("/v1/offers", "GET", 200, seconds)
    labels = {"route": "/v1/offers", "method": "GET", "status": "200"}
    counts = {
        bound: value(f"{NAME}_bucket", registry, le=bound, **labels)
        for bound in ("0.001", "0.0025", "30.0", "+Inf")
    }
    assert counts == {"0.001": 1, "0.0025": 2, "30.0": 2, "+Inf": 3}
    assert value(f"{NAME}_count", registry, **labels) == 3
    assert value(f"{NAME}_sum", registry, **labels) == pytest.approx(40.003)


def test_invented_methods_share_one_series():
    registry = CollectorRegistry()
    times = registered(registry)
    for method in ("BREW", "WHEN", "BREW"):
        times.observe("/", method, 405, 0.1)
    assert value(f"{NAME}_count", registry, route="/", method="other", status="405") == 3


@pytest.fixture
async def service():
    router = APIRouter()

    @router.get("/v1/persons/{name}")
    async def person(name: str):
        if name == "nobody":
            raise RuntimeError(name)
        return {}

    app = service_app("people", [router], {}, IdentityVerifier(SECRET, "people"))
    identity = {"X-AIFF-Identity": IdentitySigner(SECRET).sign(ANONYMOUS, "people")}
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://people", headers=identity
    ) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/v1/persons/ada?q=lovelace", "/v1/persons/{name}", "200"),
        ("/v1/persons/nobody", "/v1/persons/{name}", "500"),
        ("/v1/persons/ada/secret", "unmatched", "404"),
    ],
)
async def test_an_answer_is_counted_under_its_template_and_status(service, path, route, status):
    labels = {"route": route, "method": "GET", "status": status}
    before = value(f"{NAME}_count", **labels) or 0
    await service.get(path)
    assert value(f"{NAME}_count", **labels) == before + 1
    assert b"lovelace" not in metrics_page()[2]


async def test_probes_do_not_hide_how_others_are_answered(service):
    assert (await service.get("/health/live")).status_code == 200
    assert b"/health" not in metrics_page()[2]


def get(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.enable_socket
def test_the_operations_port_serves_its_pages_and_nothing_else():
    server = OperationsServer("127.0.0.1", 0, {"/metrics": metrics_page})
    try:
        status, text = get(server.port, "/metrics")
        assert (status, "process_cpu_seconds_total" in text) == (200, True)
        assert get(server.port, "/")[0] == 404
        assert get(server.port, "/../etc/passwd")[0] == 404
    finally:
        server.close()


@pytest.mark.enable_socket
def test_a_taken_operations_port_ends_the_start_with_one_line_that_names_the_setting(monkeypatch):
    server = OperationsServer("127.0.0.1", 0, {})
    monkeypatch.setenv("AIFF_OPERATIONS_PORT", str(server.port))
    try:
        with pytest.raises(SystemExit, match="cannot start: AIFF_OPERATIONS_PORT: 127"):
            watch("test", RuntimeSettings())
    finally:
        server.close()


def test_what_cannot_be_measured_is_unknown_and_does_not_stop_the_others():
    registry = CollectorRegistry()
    broken = Gauge("broken", "...", ("consumer",), registry=registry)
    steady = Gauge("steady", "...", registry=registry)
    answers = iter([{"index": 7.0}, OSError("away"), {"index": 3.0}])

    def measured():
        found = next(answers)
        if isinstance(found, OSError):
            raise found
        return found

    sampler = Sampler(
        {"broken": Figure(broken, measured), "steady": Figure(steady, lambda: {"": 1})}
    )
    sampler.renew()
    assert value("broken", registry, consumer="index") == 7
    before = value("aiff_measurement_failures_total", figure="broken")
    sampler.renew()
    assert math.isnan(value("broken", registry, consumer="index"))
    assert value("aiff_measurement_failures_total", figure="broken") == before + 1
    assert value("steady", registry) == 1
    sampler.renew()
    assert value("broken", registry, consumer="index") == 3


def test_events_are_seen_waiting_then_behind_then_parked(database, tmp_path):
    bus = EmbeddedBus(tmp_path / "events.db")
    letters = DeadLetters(database.engine, database.dead_letters, database.outbox)
    depth = OutboxDepth(database.engine, database.outbox)
    figured = EventFigures(bus, depth, letters, {"reader": [TOPIC]})
    sampler = Sampler(figured.all())

    def figures():
        sampler.renew()
        parked, lag = (
            value(name, consumer="reader")
            for name in ("aiff_dead_letters", "aiff_consumer_lag_events")
        )
        return value("aiff_outbox_events"), lag, parked

    assert figures() == (0, 0, 0)
    assert value("aiff_outbox_oldest_seconds") == 0
    with database.engine.begin() as connection:
        for number in (1, 2):
            append(connection, database.outbox, withdrawn(uuid4(), number))
    assert figures() == (2, 0, 0)
    assert 0 < value("aiff_outbox_oldest_seconds") < 60
    Relay(database.engine, database.outbox, bus.producer()).forward()
    assert figures() == (0, 2, 0)
    consumer = bus.consumer("reader", [TOPIC])
    for delivered in consumer.poll(1):
        letters.park("reader", delivered, "because")
        consumer.commit(delivered)
    consumer.close()
    # What is parked is also sent to be seen by others.
    assert figures() == (2, 0, 2)
