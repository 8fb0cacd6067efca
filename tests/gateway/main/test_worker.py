"""The gateway's worker sends what waits in the outbox."""

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest
from tests.gateway.harness import OFFER_ID, free_port, settings, withdrawal

from aiff_contracts.events import OFFERS_TOPIC
from aiff_gateway.main.worker import GatewayWorker
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_gateway.shared.tables import OUTBOX
from aiff_kit.bus import EmbeddedBus
from aiff_kit.db import open_engine, sqlite_url, upgrade
from aiff_kit.observability import Heartbeat
from aiff_kit.outbox import append

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def data(tmp_path: Path) -> Path:
    upgrade(sqlite_url(tmp_path / "gateway.db"), MIGRATIONS)
    return tmp_path


def put_into_outbox(data: Path) -> None:
    engine = open_engine(sqlite_url(data / "gateway.db"))
    with engine.begin() as connection:
        append(connection, OUTBOX, withdrawal())
    engine.dispose()


def keys_on(bus: EmbeddedBus, seconds: float) -> list[str]:
    consumer, until = bus.consumer("test", [OFFERS_TOPIC]), time.monotonic() + seconds
    keys: list[str] = []
    while not keys and time.monotonic() < until:
        keys = [one.record.key for one in consumer.poll(0.1)]
    consumer.close()
    return keys


def test_the_steps_are_named_and_the_relay_empties_the_outbox(data):
    worker, bus = GatewayWorker(settings(data)), EmbeddedBus(data / "events.db")
    worker.check_database()
    steps = worker.worker_steps(bus, Heartbeat())
    assert set(steps) == {"keys", "mail", "relay"}
    assert steps["relay"]() == 0
    put_into_outbox(data)
    assert steps["relay"]() == 1
    assert keys_on(bus, 5) == [str(OFFER_ID)]
    assert [one.records for one in worker.events.operations(bus).waiting()] == [0]
    bus.close()
    worker.close()


def run(data: Path, *arguments: str, **more: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"AIFF_DATA_DIR": str(data), **more}
    command = [sys.executable, "-m", "aiff_gateway", *arguments]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_the_process_is_ready_sends_and_ends_when_it_is_told(data):
    put_into_outbox(data)
    port = free_port()
    process = run(data, "worker", AIFF_OPERATIONS_PORT=str(port))
    try:
        bus = EmbeddedBus(data / "events.db")
        assert keys_on(bus, 60) == [str(OFFER_ID)]
        bus.close()
        assert httpx2.get(f"http://127.0.0.1:{port}/health/ready", timeout=5).status_code == 200
        assert "aiff_outbox_events" in httpx2.get(f"http://127.0.0.1:{port}/metrics").text
    finally:
        process.terminate()
        process.communicate(timeout=30)
    assert process.returncode == 0


def test_without_the_tables_it_ends_with_one_line(tmp_path):
    told, _ = run(tmp_path, "worker").communicate(timeout=60)
    assert told.endswith("run: python -m aiff_gateway migrate\n")
    assert "Traceback" not in told
