"""What the worst bodies of 64 kB cost: processor time of all of the product's processes."""

import os
import statistics
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from aiff_local.product import Product
from bench.harness.bodies import WORST
from bench.harness.product import running

Row = tuple[str, str, str]
_PATHS = ("/v1/matches", "/v1/compute/plan", "/v1/journeys", "/v1/dossiers", "/v1/compare")
_TIMES = 5
_TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def rows() -> list[Row]:
    """Send each body to each route some times, and show the dearest ones."""
    with running() as product:
        costs = sorted(_costs(product), reverse=True)
    shown = [(f"  {name}", f"{cost:.0f} ms", "-") for cost, name in costs[:3]]
    spread = f"{costs[0][0]:.0f} ms"
    middle = f"{statistics.median(cost for cost, _ in costs):.0f} ms"
    return [
        (f"worst of {len(costs)} bodies of 64 kB, CPU of all processes", spread, "< 200 ms"),
        ("  middle of them", middle, "-"),
        *shown,
    ]


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
