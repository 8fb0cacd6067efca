"""How long after a published edit the search finds the new text."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from aiff_local.engines import EngineUnavailableError, Kafka, OpenSearch, Postgres
from aiff_local.product import Product
from bench.harness.load import percentile
from bench.harness.product import call, running

Row = tuple[str, str, str]
ROUNDS = 40
PASSWORD = "a password for the bench"


def rows() -> list[Row]:
    """Edit one offer again and again, and wait each time until the search shows it."""
    found = [_row("embedded", {})]
    with TemporaryDirectory(prefix="aiff-bench-") as name:
        Path(name).chmod(0o755)
        try:
            with _engines(Path(name)) as settings:
                found.append(_row("real engines", settings))
        except EngineUnavailableError as error:
            print(f"not measured: {error}")
    return found


def _row(engines: str, settings: Mapping[str, str]) -> Row:
    with running(settings) as product:
        # Nobody approves their own text.
        keys = _key(product, "bench@example.org"), _key(product, "second@example.org")
        taken = sorted(_round(product, *keys) for _ in range(ROUNDS))
    measured = f"{percentile(taken, 0.5) * 1000:.0f} / {percentile(taken, 0.99) * 1000:.0f} ms"
    return (f"edit published to searchable, {engines}, p50 / p99", measured, "p99 < 2 s")


@contextmanager
def _engines(folder: Path) -> Iterator[dict[str, str]]:
    started = [
        Kafka(folder / "kafka"),
        Postgres(folder / "postgres"),
        OpenSearch(folder / "search"),
    ]
    try:
        for engine in started:
            engine.start()
        yield {name: value for engine in started for name, value in engine.settings().items()}
    finally:
        for engine in started:
            engine.stop()


def _key(product: Product, email: str) -> str:
    """Return a session token of a curator, made as an operator would."""
    _gateway(product, "accounts", "add", email, "--role", "curator")
    body = {"email": email, "password": PASSWORD}
    return str(call(f"{product.url}/v1/sessions", body)["token"])


def _gateway(product: Product, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "aiff_gateway", *arguments],
        env=product.environment(),
        input=f"{PASSWORD}\n",
        check=True,
        capture_output=True,
        text=True,
    )


def _round(product: Product, author: str, approver: str) -> float:
    address = f"{product.url}/v1/offers/genci-ad"
    word = f"zz{uuid4().hex[:12]}"
    call(
        address,
        {"keywords": ["GENCI", word]},
        "PATCH",
        If_Match="*",
        Authorization=f"Bearer {author}",
        Content_Type="application/merge-patch+json",
    )
    call(f"{address}/publish", {}, "POST", Authorization=f"Bearer {approver}")
    began = time.perf_counter()
    while not _found(product, word):
        time.sleep(0.005)
    return time.perf_counter() - began


def _found(product: Product, word: str) -> bool:
    """Tell whether the word itself is found, not one that is a letter away."""
    answer = call(f"{product.url}/v1/offers?q={word}")
    return bool(answer["items"]) and not answer["approximate"]
