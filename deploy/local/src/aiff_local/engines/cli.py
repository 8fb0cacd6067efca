"""`python -m aiff_local engines start|stop|status`."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from aiff_local.engines.base import EngineUnavailableError
from aiff_local.engines.fleet import ENGINES, Fleet

app = typer.Typer(no_args_is_help=True, help="Real Kafka, PostgreSQL and OpenSearch, by pid.")
Only = Annotated[str, typer.Option(help="Comma-separated names of engines.")]
_ALL = ",".join(ENGINES)


@app.command()
def start(only: Only = _ALL) -> None:
    """Start the engines, wait until they are ready and print the settings to export."""
    fleet = _fleet()
    try:
        fleet.start(_names(only))
    except EngineUnavailableError as error:
        sys.exit(f"cannot start: {error}")
    _print_settings(fleet)


@app.command()
def stop(only: Only = _ALL) -> None:
    """Stop the engines by their pids; their data stays."""
    _fleet().stop(_names(only))


@app.command()
def status() -> None:
    """Say what runs, and the settings to export."""
    fleet = _fleet()
    for name, engine in fleet.engines.items():
        running = engine.process is not None and engine.alive()
        pid = engine.process.pid if engine.process else None
        print(f"{name}: pid {pid}, port {engine.port}" if running else f"{name}: not running")
    _print_settings(fleet)


def _print_settings(fleet: Fleet) -> None:
    settings = fleet.settings()
    for name, value in settings.items():
        print(f"export {name}={value}")
    if settings:
        print(f"# the same lines: source {fleet.settings_file}")


def _fleet() -> Fleet:
    folder = Path(os.environ.get("AIFF_DATA_DIR") or ".aiff").resolve() / "engines"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.exit(f"cannot start: AIFF_DATA_DIR {folder.parent} is not usable: {error.strerror}")
    return Fleet(folder, lambda line: print(line, flush=True))


def _names(only: str) -> list[str]:
    names = [name.strip() for name in only.split(",")]
    unknown = sorted(set(names) - set(ENGINES))
    if unknown:
        sys.exit(f"cannot start: --only knows {_ALL}, not {', '.join(unknown)}")
    return names
