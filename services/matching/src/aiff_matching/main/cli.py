"""The command line, with the parts of this process's environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from yaml import YAMLError

from aiff_contracts.codec import Faults
from aiff_kit.bus import Bus, open_bus
from aiff_kit.db import upgrade
from aiff_kit.http import run_server
from aiff_kit.operations import EventDesk, event_commands, refusals, show_comparisons
from aiff_kit.settings import BusSettings, RuntimeSettings, identity_secret, read
from aiff_kit.startup import Check, ask, database, event_bus, migrated_database, require
from aiff_kit.worker import Work, run_worker
from aiff_matching.authoring.adapters import read_sources
from aiff_matching.authoring.application import review
from aiff_matching.authoring.entrypoints.report import lines_of
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.main.app import create_app
from aiff_matching.main.bootstrap import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.shared.errors import RebuildRefusedError
from aiff_matching.shared.migrations import MIGRATIONS

_DATABASE = "MATCHING_DATABASE_URL"

cli = typer.Typer(help="Matching of AI Factory France.", no_args_is_help=True)
projection = typer.Typer(help="The copy of the published offers.", no_args_is_help=True)
cli.add_typer(projection, name="projection")
rules = typer.Typer(help="The rules of the catalogue's files.", no_args_is_help=True)
cli.add_typer(rules, name="rules")


@cli.command()
def serve() -> None:
    """Answer HTTP until stopped."""
    runtime = read(RuntimeSettings)
    # A fault of the settings alone is told before any engine is asked.
    identity_secret(runtime)
    settings = _usable()
    run_server(
        create_app(),
        settings.host,
        settings.port,
        drain_seconds=runtime.drain_seconds,
        # Only the gateway calls: there is no proxy header to believe.
        proxy_headers=False,
    )


@cli.command()
def worker() -> None:
    """Keep the copy of the published offers up to date until stopped."""
    runtime, events = read(RuntimeSettings), read(BusSettings)
    matching = Matching(_usable(event_bus(events)), runtime.clock())
    bus = open_bus(events)
    work = Work(
        steps=lambda _pulse: matching.worker_steps(bus),
        figures=matching.figures(bus),
        ready={"database": matching.check_database},
    )
    run_worker("matching-worker", runtime, work)
    bus.close()
    matching.close()


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    settings = read(MatchingSettings)
    require(database(_DATABASE, settings.database_url))
    upgrade(settings.database_url, MIGRATIONS)


@projection.command("rebuild")
def rebuild_projection() -> None:
    """Make the copy anew from the topic of states and switch to it; answers go on meanwhile."""
    with _opened() as (matching, bus):
        typer.echo(f"{matching.rebuild(bus).run()} offers in the copy")


@cli.command()
def reconcile(
    check: Annotated[bool, typer.Option("--check", help="Only say what differs.")] = False,  # noqa: FBT002
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,  # noqa: FBT002
) -> None:
    """Compare the copy of the offers with the topic of states, and mend what differs."""
    with _opened() as (matching, bus):
        show_comparisons([matching.copy_of_offers(bus)], check=check, as_json=as_json)


@contextmanager
def _opened() -> Iterator[tuple[Matching, Bus]]:
    """Open the parts; end with one line where an engine is away or a rebuild is refused."""
    settings, events = read(MatchingSettings), read(BusSettings)
    with refusals():
        ask(_tables(settings), event_bus(events))
        matching, bus = Matching(settings), open_bus(events)
        try:
            yield matching, bus
        except RebuildRefusedError as error:
            typer.echo(f"not done: {error}", err=True)
            raise typer.Exit(1) from error
        finally:
            bus.close()
            matching.close()


@contextmanager
def _desk() -> Iterator[EventDesk]:
    with _opened() as (matching, bus):
        yield matching.desk(bus)


cli.add_typer(event_commands(_desk), name="events")


@rules.command("check")
def check_rules(
    folder: Annotated[Path, typer.Argument(help="The folder with the catalogue's files.")],
) -> None:
    """Look for faults in every rule, and run the cases that authors wrote beside their offers."""
    try:
        sources = read_sources(folder)
    except (Faults, YAMLError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    reviews = review([(one.document, one.cases) for one in sources], packaged_gpu_table())
    acceptable, cases = True, 0
    for source, reviewed in zip(sources, reviews, strict=True):
        for line in lines_of(source.name, reviewed):
            typer.echo(line)
        acceptable, cases = acceptable and reviewed.acceptable, cases + len(reviewed.results)
    typer.echo(f"{len(sources)} offers and {cases} cases checked")
    if not acceptable:
        raise typer.Exit(1)


def _usable(*further: Check) -> MatchingSettings:
    """Return the settings, or end the process with one line where an engine cannot be used."""
    settings = read(MatchingSettings)
    require(_tables(settings), *further)
    return settings


def _tables(settings: MatchingSettings) -> Check:
    return migrated_database(_DATABASE, settings.database_url, MIGRATIONS)
