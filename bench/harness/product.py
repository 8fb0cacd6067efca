"""The product under measurement, and what is needed to speak with its parts."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiff_kit.auth import ANONYMOUS, IdentitySigner
from aiff_local.processes import LOOPBACK, free_port
from aiff_local.product import Product

CATALOGUE = Path(__file__).resolve().parents[2] / "data/catalogue"


def _quiet(_line: str) -> None:
    """Keep the steps of the start out of the figures."""


@contextmanager
def running(settings: Mapping[str, str] | None = None) -> Iterator[Product]:
    """Start the product with the real catalogue in a folder that goes away again.

    `settings` may name real engines; without them it runs on embedded ones.
    """
    with (
        tempfile.TemporaryDirectory(prefix="aiff-bench-") as folder,
        Product(Path(folder), free_port(), CATALOGUE, _quiet, **(settings or {})) as product,
    ):
        yield product


@contextmanager
def server(
    arguments: list[str], port: int, environment: Mapping[str, str], seconds: float = 30
) -> Iterator[int]:
    """Run one more server process on a port for the time of the block.

    It must answer within some seconds.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await_port(port, seconds)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def await_port(port: int, seconds: float = 30) -> None:
    """Wait until something answers HTTP on a port."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(f"http://{LOOPBACK}:{port}/", timeout=1).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def identity(product: Product, service: str) -> dict[str, str]:
    """Return the header with which the gateway calls a service for an anonymous reader."""
    secret = (product.data_dir / "identity.secret").read_text(encoding="ascii")
    return {"X-AIFF-Identity": IdentitySigner(secret).sign(ANONYMOUS, service)}


def call(url: str, body: object = None, method: str | None = None, **headers: str) -> Any:
    """Send JSON and return the JSON answer."""
    raw = None if body is None else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(
        url, raw, {"Content-Type": "application/json", **named}, method=method
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")
