"""Which processes make the product, and how each learns where the others are."""

import fcntl
import os
import random
import socket
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOOPBACK = "127.0.0.1"
# Below the ports that systems give to outgoing connections: nobody takes one of these between
# the choice and the start, and a client that knocks too early never connects to itself.
_FIRST, _LAST = 20_000, 32_000
_ATTEMPTS = 200
_GIVEN: set[int] = set()
_CHANCE = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class ProcessPlan:
    """One process: its name, its command line and the ports that it listens on.

    A server has one for HTTP; what runs on has one for its metrics and its health.
    """

    name: str
    arguments: tuple[str, ...]
    port: int | None = None
    operations_port: int | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What it needs beyond the environment that all processes share."""
        if self.operations_port is None:
            return {}
        return {"AIFF_OPERATIONS_PORT": str(self.operations_port)}

    @property
    def command(self) -> list[str]:
        """The full command line, with this interpreter."""
        return [sys.executable, "-m", *self.arguments]


@dataclass(frozen=True, slots=True)
class ProductPlan:
    """All processes in starting order, the environment they share, and the preparing commands."""

    processes: tuple[ProcessPlan, ...]
    environment: Mapping[str, str]
    migrations: tuple[ProcessPlan, ...]
    load: ProcessPlan


def free_port() -> int:
    """Return a loopback port that nobody uses and no outgoing connection will be given.

    Each call gives another one, in all processes of this machine that ask here.
    """
    for _attempt in range(_ATTEMPTS):
        port = _CHANCE.randint(_FIRST, _LAST)
        if port not in _GIVEN and _is_reserved(port) and _is_free(port):
            _GIVEN.add(port)
            return port
    raise OSError("no free loopback port was found")


def _is_reserved(port: int) -> bool:
    """Keep a port for this process until it ends; False when another process keeps it."""
    try:
        fcntl.lockf(_reservations(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    return True


@cache
def _reservations() -> int:
    """Open the file whose bytes stand for ports; a lock on one ends with its process.

    It stays open until then, so it is held as the number that the system knows it by: a file
    object would complain at the end that nobody closed it.
    """
    path = Path(tempfile.gettempdir()) / f"aiff-ports-{os.getuid()}"
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def plan(
    data_dir: Path, gateway_port: int, catalogue: Path, settings: Mapping[str, str]
) -> ProductPlan:
    """Plan the product: the gateway on its public port, the services on free ones.

    `settings` are added to this process's environment; the plan's own addresses win over them.
    """
    ports = {name: free_port() for name in ("CATALOG", "MATCHING", "PORTAL")}
    environment = {
        # On one machine everybody calls from the same address, so they would share one limit.
        "GATEWAY_LIMITS_FACTOR": "100",
        **os.environ,
        **settings,
        "AIFF_DATA_DIR": str(data_dir),
        "AIFF_GATEWAY_PORT": str(gateway_port),
        "PYTHONUNBUFFERED": "1",
        **{f"{name}_PORT": str(port) for name, port in ports.items()},
        **{f"{name}_URL": f"http://{LOOPBACK}:{port}" for name, port in ports.items()},
    }
    return ProductPlan(
        processes=(
            _running("catalog", "aiff_catalog", "serve", ports["CATALOG"]),
            _running("catalog-worker", "aiff_catalog", "worker"),
            _running("matching", "aiff_matching", "serve", ports["MATCHING"]),
            _running("matching-worker", "aiff_matching", "worker"),
            _running("portal", "aiff_portal", "serve", ports["PORTAL"]),
            _running("gateway", "aiff_gateway", "serve", gateway_port),
            _running("gateway-worker", "aiff_gateway", "worker"),
        ),
        environment=environment,
        migrations=tuple(
            ProcessPlan(f"{name}-migrate", (f"aiff_{name}", "migrate"))
            for name in ("catalog", "matching", "gateway")
        ),
        load=ProcessPlan("load", ("aiff_catalog", "load", str(catalogue))),
    )


def _running(name: str, package: str, verb: str, port: int | None = None) -> ProcessPlan:
    return ProcessPlan(name, (package, verb), port, free_port())
