"""The command line: what every service has, the copy of the offers, and the rules of files."""

from pathlib import Path
from typing import Annotated

import typer
from yaml import YAMLError

from aiff_contracts.codec import Faults
from aiff_kit.service import command_line, opened_with_bus
from aiff_matching.authoring.adapters import read_sources
from aiff_matching.authoring.application import review
from aiff_matching.authoring.entrypoints.report import lines_of
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.main.service import SERVICE, parts_of

cli = command_line(SERVICE)
projection = typer.Typer(help="The copy of the published offers.", no_args_is_help=True)
cli.add_typer(projection, name="projection")
rules = typer.Typer(help="The rules of the catalogue's files.", no_args_is_help=True)
cli.add_typer(rules, name="rules")


@projection.command("rebuild")
def rebuild_projection() -> None:
    """Make the copy anew from the topic of states and switch to it; answers go on meanwhile."""
    with opened_with_bus(SERVICE, parts_of) as (matching, bus):
        typer.echo(f"{matching.offers.rebuild(bus).run()} offers in the copy")


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
    reviews = review([(source.document, source.cases) for source in sources], packaged_gpu_table())
    acceptable, cases = True, 0
    for source, reviewed in zip(sources, reviews, strict=True):
        for line in lines_of(source.name, reviewed):
            typer.echo(line)
        acceptable, cases = acceptable and reviewed.acceptable, cases + len(reviewed.results)
    typer.echo(f"{len(sources)} offers and {cases} cases checked")
    if not acceptable:
        raise typer.Exit(1)
