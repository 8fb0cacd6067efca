"""A small load generator: keep-alive connections, bounded in count and time.

It speaks HTTP/1.1 on bare sockets, so that the client costs little beside the server, and it
is the same for every server measured, so that ratios compare servers and not clients.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Load:
    """What a run gave: requests a second and latencies in milliseconds."""

    per_second: float
    p50_ms: float
    p99_ms: float
    requests: int


def request_bytes(path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
    """Return a GET, or a POST where there is a body."""
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: bench"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def measure(
    port: int, requests: Iterator[bytes], *, clients: int = 16, seconds: float = 3.0
) -> Load:
    """Send the requests in turn from several connections for a while; any non-200 stops it.

    The requests have no end: `bench.harness.questions` draws ones that were never asked, and
    `itertools.cycle` repeats some, which is to be named where the figure is shown.
    """
    return asyncio.run(_measure(port, requests, clients, seconds))


async def _measure(port: int, turns: Iterator[bytes], clients: int, seconds: float) -> Load:
    await asyncio.gather(*(_client(port, turns, time.perf_counter() + 0.5) for _ in range(clients)))
    began = time.perf_counter()
    taken = await asyncio.gather(*(_client(port, turns, began + seconds) for _ in range(clients)))
    elapsed = time.perf_counter() - began
    times = sorted(latency for found in taken for latency in found)
    return Load(
        per_second=len(times) / elapsed,
        p50_ms=percentile(times, 0.50) * 1000,
        p99_ms=percentile(times, 0.99) * 1000,
        requests=len(times),
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which a share of the ordered values lies."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def _client(port: int, turns: Iterator[bytes], until: float) -> list[float]:
    reader, writer = await asyncio.open_connection(HOST, port)
    taken: list[float] = []
    try:
        while time.perf_counter() < until:
            began = time.perf_counter()
            writer.write(next(turns))
            await _read_answer(reader)
            taken.append(time.perf_counter() - began)
    finally:
        writer.close()
    return taken


async def _read_answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"the server answered {head.splitlines()[0]!r}")
    lowered = head.lower()
    mark = lowered.find(b"content-length:")
    if mark < 0:
        return await _read_chunks(reader)
    length = int(lowered[mark + 15 : lowered.index(b"\r\n", mark)])
    return await reader.readexactly(length)


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    parts: list[bytes] = []
    while True:
        size = int((await reader.readline()).strip(), 16)
        part = await reader.readexactly(size + 2)
        if size == 0:
            return b"".join(parts)
        parts.append(part[:-2])
