"""The command line of the local product."""

import os
import signal
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Annotated

import typer

from aiff_local.demo import ask_all
from aiff_local.engines.cli import app as engines_app
from aiff_local.processes import LOOPBACK, free_port
from aiff_local.product import CannotStartError, Product
from aiff_local.sandbox import CLOCK_START, few_listings, invite, refuse_outside_development

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(engines_app, name="engines")
CATALOGUE = Path("data/catalogue")
_LARGEST_PORT = 65_535


@app.command()
def run(catalogue: Annotated[Path, typer.Option(help="Folder of listings.")] = CATALOGUE) -> None:
    """Start the product and keep it running until Ctrl-C."""
    product = Product(_data_dir(), _gateway_port(), catalogue, _say)
    _stop_when_asked()
    try:
        with product:
            _say(f"ready: {product.url}  (documentation: {product.url}/docs, stop: Ctrl-C)")
            product.watch()
    except CannotStartError as error:
        sys.exit(f"cannot start: {error}")
    except KeyboardInterrupt:
        _say("stopped")


@app.command()
def sandbox(
    catalogue: Annotated[Path, typer.Option(help="Folder of listings.")] = CATALOGUE,
) -> None:
    """Start a product to try out programs on, print keys, and leave no trace after Ctrl-C."""
    _stop_when_asked()
    try:
        refuse_outside_development()
        with tempfile.TemporaryDirectory(prefix="aiff-sandbox-") as folder:
            home = Path(folder)
            listings = few_listings(catalogue, home / "catalogue")
            clock = {"AIFF_CLOCK_START": CLOCK_START}
            with Product(home / "data", _gateway_port(), listings, _say, **clock) as product:
                for line in invite(product):
                    _say(line)
                _say(f"ready: {product.url}  (stop: Ctrl-C)")
                product.watch()
    except CannotStartError as error:
        sys.exit(f"cannot start: {error}")
    except KeyboardInterrupt:
        _say("stopped")


@app.command()
def demo(catalogue: Annotated[Path, typer.Option(help="Folder of listings.")] = CATALOGUE) -> None:
    """Ask three questions of the running product, or of one started for the occasion."""
    running = f"http://{LOOPBACK}:{_gateway_port()}"
    if _answers(running):
        ask_all(running, print)
        return
    with tempfile.TemporaryDirectory(prefix="aiff-demo-") as folder:
        try:
            with Product(Path(folder), free_port(), catalogue, _say) as product:
                ask_all(product.url, print)
        except CannotStartError as error:
            sys.exit(f"cannot start: {error}")


def _stop_when_asked() -> None:
    """Let SIGTERM stop it as Ctrl-C does, so a service manager leaves no process behind.

    A shell may have started it in the background with Ctrl-C ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def _say(line: str) -> None:
    print(line, flush=True)


def _data_dir() -> Path:
    return Path(os.environ.get("AIFF_DATA_DIR") or ".aiff")


def _gateway_port() -> int:
    given = os.environ.get("AIFF_GATEWAY_PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) <= _LARGEST_PORT:
        sys.exit(f"cannot start: AIFF_GATEWAY_PORT must be a port number, not {given!r}")
    return int(given)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health/live", timeout=2):  # noqa: S310  Loopback only.
            return True
    except OSError:
        return False
