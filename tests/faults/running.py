"""The product under fault: its processes by name, its engines, and what is in its databases."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from tests.faults.proxy import TcpProxy

from aiff_contracts.events import OFFERS_TOPIC
from aiff_kit.bus import Bus, BusUnavailableError, Delivered, open_bus
from aiff_kit.db import sqlite_url
from aiff_kit.settings import BusSettings
from aiff_local.engines import Engine
from aiff_local.processes import ProcessPlan, free_port
from aiff_local.product import Product

# Which family a test is about, where it is not about both.
embedded_only = pytest.mark.parametrize("world", ["embedded"], indirect=True)
real_only = pytest.mark.parametrize(
    "world", [pytest.param("real", marks=pytest.mark.engines)], indirect=True
)
_READY_SECONDS = 120
_BUS_SETTINGS = ("KAFKA_BOOTSTRAP_SERVERS", "AIFF_DATA_DIR")
_NOT_YET = (
    AssertionError,
    BusUnavailableError,
    DBAPIError,
    httpx2.HTTPError,
    sqlite3.OperationalError,
)
# The databases that a process of the embedded family may be writing to.
_FILES = ("catalog.db", "matching.db", "events.db")
# Of the whole server, but for the one that asks.
_TRANSACTIONS = """
SELECT count(*) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()
"""


def eventually(check: Callable[[], Any], seconds: float = 40) -> Any:
    """Return what the check returns once it holds; its last complaint when it never does."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return check()
        except _NOT_YET:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@contextmanager
def written_by_nobody(database: Path, seconds: float = 0) -> Iterator[None]:
    """Keep a file of SQLite from being written; `seconds` is how long another may still hold it."""
    held = sqlite3.connect(database, timeout=seconds, isolation_level=None)
    try:
        held.execute("BEGIN IMMEDIATE")
        yield
    finally:
        held.close()


@dataclass
class Running:
    """A running product and everything a fault needs to reach."""

    product: Product
    engines: Mapping[str, Engine] = field(default_factory=dict)
    proxies: Mapping[str, TcpProxy] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.product.url

    @property
    def real(self) -> bool:
        return bool(self.engines)

    def kill(self, name: str) -> None:
        """End a process as a power cut would, and see it gone."""
        self.product.running[name].kill()
        self.product.running[name].wait()

    def end(self, name: str) -> int:
        """Ask a process to end and return its exit code."""
        self.product.running[name].terminate()
        return self.product.running[name].wait(30)

    def start(self, name: str) -> None:
        """Start a process that was ended, without waiting for it."""
        self.product._spawn(self._planned(name))

    @contextmanager
    def beside(self, name: str, **environment: str) -> Iterator[int]:
        """Run another process of a service on a port of its own, and give that port."""
        port = free_port()
        variable = "AIFF_GATEWAY_PORT" if name == "gateway" else f"{name.upper()}_PORT"
        own = {variable: str(port), "AIFF_OPERATIONS_PORT": str(free_port()), **environment}
        with (self.product.data_dir / "logs" / f"{name}-beside.log").open("ab") as log:
            process = subprocess.Popen(
                self._planned(name).command,
                env={**self.product.environment(), **own},
                stdout=log,
                stderr=log,
            )
        try:
            eventually(lambda: _assert_ready(name, port), _READY_SECONDS)
            yield port
        finally:
            process.terminate()
            process.wait(40)

    def freeze(self, name: str) -> None:
        """Stop a process at a moment when it holds no lock that those who go on would wait for."""
        pid = self.product.running[name].pid

        def at_rest() -> None:
            os.kill(pid, signal.SIGSTOP)
            # Told once every thread of the process has stopped.
            os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOWAIT)
            try:
                self._assert_no_transaction()
            except _NOT_YET:
                self.thaw(name)
                raise

        eventually(at_rest)

    def _assert_no_transaction(self) -> None:
        if self.real:
            assert self.rows("catalog", _TRANSACTIONS)[0][0] == 0
        else:
            for name in _FILES:
                with written_by_nobody(self.product.data_dir / name):
                    pass

    def thaw(self, name: str) -> None:
        os.kill(self.product.running[name].pid, signal.SIGCONT)

    def revive(self) -> None:
        """Start whatever has ended until every server and worker is ready, as an orchestrator.

        A worker that meets an engine on its way down ends, so it may need more than one start.
        """

        def ready() -> None:
            self.product.revive()
            for entry in self.product._planned().processes:
                _assert_ready(entry.name, entry.port or entry.operations_port)

        eventually(ready, _READY_SECONDS)

    def heal(self) -> None:
        """Undo every fault that a test may have left."""
        for proxy in self.proxies.values():
            proxy.forward()
        for engine in self.engines.values():
            engine.resume()
            if not engine.alive():
                engine.launch()
        for engine in self.engines.values():
            engine.await_ready()
        for name, process in self.product.running.items():
            if process.poll() is None:
                self.thaw(name)
        self.revive()

    def ports(self) -> dict[str, int]:
        """Return where each server listens."""
        planned = self.product._planned().processes
        return {entry.name: entry.port for entry in planned if entry.port is not None}

    def _planned(self, name: str) -> ProcessPlan:
        return next(one for one in self.product._planned().processes if one.name == name)

    def database_url(self, service: str) -> str:
        given = self.product.environment().get(f"{service.upper()}_DATABASE_URL")
        return given or sqlite_url(self.product.data_dir / f"{service}.db")

    def connected(self, service: str) -> Connection:
        """Return a connection of the test's own to a service's database."""
        return create_engine(self.database_url(service), poolclass=NullPool).connect()

    def rows(self, service: str, statement: str) -> list[Any]:
        """Ask a service's database."""
        with self.connected(service) as connection:
            return list(connection.execute(text(statement)))

    def pairs(self, service: str, statement: str) -> dict[str, Any]:
        """Return the rows of two columns as a mapping; a key that comes twice is a fault."""
        found = self.rows(service, statement)
        assert len({row[0] for row in found}) == len(found), found
        return {row[0]: row[1] for row in found}

    def count(self, service: str, table: str) -> int:
        return int(self.rows(service, f"SELECT count(*) FROM {table}")[0][0])

    def bus(self) -> Bus:
        environment = self.product.environment()
        given = {name: environment[name] for name in _BUS_SETTINGS if name in environment}
        return open_bus(BusSettings.model_validate(given))

    def events(self) -> list[Delivered]:
        """Read the whole topic of the offers, oldest first."""
        consumer, found = self.bus().consumer(f"count-{uuid4().hex}", [OFFERS_TOPIC]), []
        quiet = 0
        while quiet < 2:
            more = consumer.poll(0.5)
            quiet = 0 if more else quiet + 1 if found else 0
            found += more
        consumer.close()
        return found


def _assert_ready(name: str, port: int | None) -> None:
    answer = httpx2.get(f"http://127.0.0.1:{port}/health/ready", timeout=5)
    assert answer.status_code == 200, f"{name}: {answer.text}"
