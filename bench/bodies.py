"""What the worst bodies of 64 kB cost, and how long an honest question waits beside them.

The cost is the processor time of all of the product's processes.
"""

import json
import os
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from threading import Event

from aiff_local.product import Product
from bench.harness.bodies import WORST
from bench.harness.product import running
from bench.harness.questions import questions

Row = tuple[str, str, str]
_PATHS = ("/v1/matches", "/v1/compute/plan", "/v1/journeys", "/v1/dossiers", "/v1/compare")
_TIMES = 5
_DISTURBING, _HONEST = 4, 100
_BESIDE = "  an honest question beside four who send them, p50 / longest"
_TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def rows() -> list[Row]:
    """Send each body to each route some times, and show the dearest ones."""
    with running() as product:
        costs = sorted(_costs(product), reverse=True)
        waits = sorted(_waits(product))
    shown = [(f"  {name}", f"{cost:.0f} ms", "-") for cost, name in costs[:3]]
    spread = f"{costs[0][0]:.0f} ms"
    middle = f"{statistics.median(cost for cost, _ in costs):.0f} ms"
    return [
        (f"worst of {len(costs)} bodies of 64 kB, CPU of all processes", spread, "< 200 ms"),
        ("  middle of them", middle, "-"),
        *shown,
        (_BESIDE, f"{waits[len(waits) // 2]:.0f} / {waits[-1]:.0f} ms", "longest < 1,000 ms"),
    ]


def _waits(product: Product) -> list[float]:
    """Return how many milliseconds honest questions take while bad ones come without a pause."""
    address, stop = f"{product.url}/v1/matches", Event()

    def disturb() -> None:
        for body in cycle(WORST.values()):
            if stop.is_set():
                return
            _send(address, body)

    with ThreadPoolExecutor(_DISTURBING) as pool:
        for _ in range(_DISTURBING):
            pool.submit(disturb)
        try:
            return [_timed(address, _honest()) for _ in range(_HONEST)]
        finally:
            stop.set()


def _honest() -> bytes:
    return json.dumps(
        {"profile": questions().profile(), "need": questions().need("a text")}
    ).encode()


def _timed(url: str, body: bytes) -> float:
    began = time.perf_counter()
    _send(url, body)
    return (time.perf_counter() - began) * 1000


def _costs(product: Product) -> Iterator[tuple[float, str]]:
    for path in _PATHS:
        for name, body in WORST.items():
            before = _cpu_ms()
            for _ in range(_TIMES):
                _send(product.url + path, body)
            yield (_cpu_ms() - before) / _TIMES, f"{name}, {path}"


def _send(url: str, body: bytes) -> None:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request, timeout=60).close()
    except urllib.error.HTTPError as refused:
        refused.close()
        if refused.code >= 500:
            raise


def _cpu_ms() -> float:
    """Return the processor time of this process's children so far."""
    own, total = str(os.getpid()), 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == own:
            total += int(fields[11]) + int(fields[12])
    return total * _TICK_MS
