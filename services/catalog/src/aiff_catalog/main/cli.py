"""The command line: what every service has, and how offers get into the catalogue."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from aiff_catalog.loading.adapters import read_folder, read_lines
from aiff_catalog.loading.application import LoadReport, SourceFile, check_catalogue
from aiff_catalog.loading.entrypoints import lines_of, lines_of_check, lines_of_files
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.import_command import ImportOrder, run_import
from aiff_catalog.main.service import SERVICE
from aiff_catalog.main.settings import Settings
from aiff_catalog.shared.errors import CatalogueError
from aiff_contracts.codec import Faults
from aiff_kit.operations import refusals
from aiff_kit.service import command_line, engine_checks, read_settings
from aiff_kit.startup import Check, UnusableError, ask, require

cli = command_line(SERVICE)
index = typer.Typer(help="The search index.", no_args_is_help=True)
cli.add_typer(index, name="index")


@cli.command()
def load(
    path: Annotated[Path, typer.Argument(help="The catalogue's folder, or its export (.ndjson).")],
    check: Annotated[bool, typer.Option("--check", help="Only look.")] = False,  # noqa: FBT002
) -> None:
    """Load the catalogue's files; the same files again change nothing."""
    try:
        files = read_lines(path) if path.suffix == ".ndjson" else read_folder(path)
    except OSError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if check:
        _check(files)
        return
    with _migrated() as (catalog, _):
        report = catalog.loader.load(files)
    _show(report, lines_of(report))


@cli.command("import")
def import_offers(
    path: Annotated[Path, typer.Argument(help="The partner's file: .csv, .ndjson or .json.")],
    partner: Annotated[str, typer.Option(help="The partner's organisation, by slug.")],
    mapping: Annotated[Path | None, typer.Option(help="What the columns mean (YAML).")] = None,
    errors: Annotated[Path | None, typer.Option(help="Write the refused rows here.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write; else only look.")] = False,  # noqa: FBT002
) -> None:
    """Import a partner's offers, for review; say first what each row would do."""
    order = ImportOrder(path, partner, mapping, errors, apply)
    with _migrated() as (catalog, settings):
        try:
            report = run_import(catalog.imports.rows, order, settings.imports.limits)
        except (CatalogueError, Faults, OSError) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
    for line in report.lines():
        typer.echo(line)
    if report.refused:
        raise typer.Exit(1)


@index.command("rebuild")
def rebuild_index() -> None:
    """Build the index anew from the database and switch to it; searches go on meanwhile."""
    settings = read_settings(Settings)
    with refusals(*SERVICE.away):
        ask(*engine_checks(SERVICE, settings))
        catalog = Catalog(settings)
        try:
            typer.echo(f"{catalog.indexing.maintenance.rebuild()} offers indexed")
        finally:
            catalog.close()


@contextmanager
def _migrated() -> Iterator[tuple[Catalog, Settings]]:
    """Open the parts on the database alone; what is stored is indexed by the worker."""
    settings = read_settings(Settings)
    require(_database_check(settings))
    catalog = Catalog(settings)
    try:
        yield catalog, settings
    finally:
        catalog.close()


def _database_check(settings: Settings) -> Check:
    check, *_ = engine_checks(SERVICE, settings)
    return check


def _check(files: Collection[SourceFile]) -> None:
    """Say what a load would do; without a database to compare with, what the files alone tell."""
    settings = read_settings(Settings)
    try:
        ask(_database_check(settings))
    except UnusableError as error:
        typer.echo(f"not compared with a catalogue: {error}", err=True)
        report = check_catalogue(files)
        _show(report, lines_of_files(report, len(files)))
        return
    with _migrated() as (catalog, _):
        report = catalog.loader.check(files)
    _show(report, lines_of_check(report))


def _show(report: LoadReport, lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
    if report.faults:
        raise typer.Exit(1)
