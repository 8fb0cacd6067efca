"""The command line, with the parts of this process's environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from aiff_catalog.loading.adapters import read_folder, read_lines
from aiff_catalog.loading.application import LoadReport, check_catalogue
from aiff_catalog.loading.entrypoints import lines_of
from aiff_catalog.main.app import create_app
from aiff_catalog.main.bootstrap import MIGRATIONS, PASSING, Catalog
from aiff_catalog.main.imports import ImportOrder, run_import
from aiff_catalog.main.search_check import search_engine
from aiff_catalog.main.settings import CatalogSettings, ExchangeSettings
from aiff_catalog.shared.errors import CatalogueError
from aiff_contracts.codec import Faults
from aiff_kit.bus import Bus, open_bus
from aiff_kit.db import upgrade
from aiff_kit.http import run_server
from aiff_kit.operations import EventDesk, event_commands, refusals, show_comparisons
from aiff_kit.settings import BusSettings, RuntimeSettings, identity_secret, read
from aiff_kit.startup import Check, ask, database, event_bus, migrated_database, require
from aiff_kit.worker import Work, run_worker

_DATABASE = "CATALOG_DATABASE_URL"

cli = typer.Typer(help="The catalogue of AI Factory France.", no_args_is_help=True)
index = typer.Typer(help="The search index.", no_args_is_help=True)
cli.add_typer(index, name="index")


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
    """Send events and keep the search index up to date until stopped."""
    events = read(BusSettings)
    settings = _usable(event_bus(events))
    catalog = _catalog(settings)
    bus = open_bus(events)
    work = Work(
        steps=partial(catalog.worker_steps, bus),
        figures=catalog.figures(bus),
        ready={"database": catalog.check_database},
    )
    run_worker("catalog-worker", read(RuntimeSettings), work)
    bus.close()
    catalog.close_work()
    catalog.close()


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    settings = read(CatalogSettings)
    require(database(_DATABASE, settings.database_url))
    upgrade(settings.database_url, MIGRATIONS)


@cli.command()
def load(
    path: Annotated[Path, typer.Argument(help="The catalogue's folder, or its export (.ndjson).")],
    check: Annotated[bool, typer.Option("--check", help="Only look for faults.")] = False,  # noqa: FBT002
) -> None:
    """Load the catalogue's files; the same files again change nothing."""
    try:
        files = read_lines(path) if path.suffix == ".ndjson" else read_folder(path)
    except OSError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if check:
        _show(check_catalogue(files))
        return
    settings = read(CatalogSettings)
    require(migrated_database(_DATABASE, settings.database_url, MIGRATIONS))
    catalog = _catalog(settings)
    try:
        _show(catalog.loader.load(files))
    finally:
        catalog.close()


@cli.command("import")
def import_offers(
    path: Annotated[Path, typer.Argument(help="The partner's file: .csv, .ndjson or .json.")],
    partner: Annotated[str, typer.Option(help="The partner's organisation, by slug.")],
    mapping: Annotated[Path | None, typer.Option(help="What the columns mean (YAML).")] = None,
    errors: Annotated[Path | None, typer.Option(help="Write the refused rows here.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write; else only look.")] = False,  # noqa: FBT002
) -> None:
    """Import a partner's offers, for review; say first what each row would do."""
    settings = read(CatalogSettings)
    require(migrated_database(_DATABASE, settings.database_url, MIGRATIONS))
    catalog = _catalog(settings)
    try:
        tally = run_import(catalog.imports, ImportOrder(path, partner, mapping, errors, apply))
    except (CatalogueError, Faults, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    finally:
        catalog.close()
    for line in tally.lines():
        typer.echo(line)
    if tally.refused:
        raise typer.Exit(1)


@index.command("rebuild")
def rebuild_index() -> None:
    """Build the index anew from the database and switch to it; searches go on meanwhile."""
    settings = read(CatalogSettings)
    with refusals(*PASSING):
        ask(*_engines(settings))
        catalog = _catalog(settings)
        try:
            typer.echo(f"{catalog.rebuild_index()} offers indexed")
        finally:
            catalog.close()


@cli.command()
def reconcile(
    check: Annotated[bool, typer.Option("--check", help="Only say what differs.")] = False,  # noqa: FBT002
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,  # noqa: FBT002
) -> None:
    """Compare the index and the topic of states with the database, and mend what differs."""
    with _opened() as (catalog, bus):
        show_comparisons(catalog.copies(bus), check=check, as_json=as_json)


def _catalog(settings: CatalogSettings) -> Catalog:
    return Catalog(settings, read(RuntimeSettings).clock(), read(ExchangeSettings))


@contextmanager
def _opened() -> Iterator[tuple[Catalog, Bus]]:
    """Open the parts; end the command with one line where an engine is away."""
    settings, events = read(CatalogSettings), read(BusSettings)
    with refusals(*PASSING):
        ask(*_engines(settings), event_bus(events))
        catalog, bus = _catalog(settings), open_bus(events)
        try:
            yield catalog, bus
        finally:
            bus.close()
            catalog.close()


@contextmanager
def _desk() -> Iterator[EventDesk]:
    with _opened() as (catalog, bus):
        yield catalog.desk(bus)


cli.add_typer(event_commands(_desk), name="events")


def _usable(*further: Check) -> CatalogSettings:
    """Return the settings, or end the process with one line where an engine cannot be used."""
    settings = read(CatalogSettings)
    require(*_engines(settings), *further)
    return settings


def _engines(settings: CatalogSettings) -> tuple[Check, Check]:
    tables = migrated_database(_DATABASE, settings.database_url, MIGRATIONS)
    return tables, search_engine(settings)


def _show(report: LoadReport) -> None:
    for line in lines_of(report):
        typer.echo(line)
    if report.faults:
        raise typer.Exit(1)
