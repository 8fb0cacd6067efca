"""Building the index of 100,000 offers anew, while readers search all the time.

A reader asks the running service again and again for everything, with the count. An answer that
is an error, that comes from the database because the index is away, or that counts less than
there is, has failed.
"""

import http.client
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import orjson

from aiff_catalog.main.catalog import Catalog
from aiff_kit.auth import ANONYMOUS, IDENTITY_HEADER, IdentitySigner
from aiff_local.engines import EngineUnavailableError
from aiff_local.processes import LOOPBACK, free_port
from bench.harness.large import OFFERS, filled, opensearch, settings_of
from bench.harness.load import percentile
from bench.harness.product import server

Row = tuple[str, str, str]
SECRET = "a secret for one run on one machine only"
# The interface counts no further.
COUNTED = min(OFFERS, 10_000)
PAUSE_SECONDS = 0.02
GOALS = {"tantivy": "< 60 s", "opensearch": "< 120 s"}


@dataclass
class Reader:
    """Searches in a thread of its own for the time of the block."""

    port: int
    taken: list[float] = field(default_factory=list)
    failed: int = 0

    def __enter__(self) -> Self:
        """Begin to search."""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._search)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop searching."""
        self._ended.set()
        self._thread.join()

    def _search(self) -> None:
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=10)
        signer = IdentitySigner(SECRET)
        while not self._ended.wait(PAUSE_SECONDS):
            began = time.perf_counter()
            # An identity holds for seconds, a rebuild may take minutes.
            headers = {IDENTITY_HEADER: signer.sign(ANONYMOUS, "catalog")}
            try:
                connection.request("GET", "/v1/offers?count=true&limit=5", headers=headers)
                self.failed += not _is_whole(connection.getresponse().read())
            except OSError:
                self.failed += 1
                connection.close()
            self.taken.append(time.perf_counter() - began)
        connection.close()


def rows() -> list[Row]:
    """Rebuild on each engine; one that is not to be had is left out."""
    environment = filled()
    found = _rebuilt("tantivy", environment)
    try:
        with opensearch() as url:
            found += _rebuilt("opensearch", {**environment, "OPENSEARCH_URL": url})
    except EngineUnavailableError as error:
        print(f"not measured: {error}")
    return found


def _rebuilt(engine: str, environment: Mapping[str, str]) -> list[Row]:
    """Build once for the reader to have an index, then again while it is searched."""
    catalog, port = Catalog(settings_of(environment)), free_port()
    catalog.indexing.maintenance.rebuild()
    started = {**environment, "AIFF_IDENTITY_SECRET": SECRET, "CATALOG_PORT": str(port)}
    with server(["aiff_catalog", "serve"], port, started), Reader(port) as reader:
        began, used = time.perf_counter(), time.process_time()
        offers = catalog.indexing.maintenance.rebuild()
        elapsed, worked = time.perf_counter() - began, time.process_time() - used
    catalog.close()
    ordered = sorted(reader.taken)
    waited = f"{percentile(ordered, 0.5) * 1000:.0f} / {percentile(ordered, 0.99) * 1000:.0f} ms"
    name = f"rebuild of {offers:,} offers, {engine}"
    return [
        (name, f"{elapsed:.0f} s ({worked:.0f} s of CPU)", GOALS[engine]),
        (f"{name}: searches meanwhile, failed", f"{len(ordered):,}, {reader.failed}", "0 failed"),
        (f"{name}: searches meanwhile, p50 / p99", waited, "-"),
    ]


def _is_whole(body: bytes) -> bool:
    answer = orjson.loads(body)
    return answer.get("degraded") is False and answer.get("count") == COUNTED
