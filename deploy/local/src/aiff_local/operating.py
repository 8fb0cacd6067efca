"""`aiff-ops`: one verb over all services, each of which does its own part with its own command.

Which engines and data it works on is told by the environment, as for the services themselves.
"""

import subprocess
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import orjson
import typer

from aiff_kit.operations import table

# In this order: matching's copy is compared with the topic that the catalogue mends.
SERVICES = ("catalog", "matching")
_WRONG_USE = 2
_LONGEST_REASON = 100

app = typer.Typer(
    help="Operate AI Factory France: events, index, copies.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
events = typer.Typer(help="Events of all services.", no_args_is_help=True)
index = typer.Typer(help="The catalogue's search index.", no_args_is_help=True)
projection = typer.Typer(help="Matching's copy of the offers.", no_args_is_help=True)
for name, group in (("events", events), ("index", index), ("projection", projection)):
    app.add_typer(group, name=name)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Consumer = Annotated[str | None, typer.Option(help="Only those of this consumer.")]


@events.command("lag")
def lag(as_json: Json = False) -> None:  # noqa: FBT002  A flag of the command line.
    """Show how many events wait, for each relay and for each consumer."""
    _together(
        ("events", "lag"), ("service", "waits_for", "topic", "records", "oldest_seconds"), as_json
    )


@events.command("dead-letters")
def dead_letters(consumer: Consumer = None, as_json: Json = False) -> None:  # noqa: FBT002
    """List the records that could not be handled."""
    chosen = ("--consumer", consumer) if consumer else ()
    columns = ("id", "topic", "partition", "offset", "key", "type", "age_seconds", "reason")
    _together(("events", "dead-letters", *chosen), columns, as_json)


@events.command("show")
def show(reference: str, as_json: Json = False) -> None:  # noqa: FBT002
    """Show one dead letter."""
    options = ("--json",) if as_json else ()
    raise typer.Exit(_run(_service_of(reference), "events", "show", reference, *options))


@events.command("replay")
def replay(
    references: Annotated[list[str] | None, typer.Argument(help="Ids, as in the list.")] = None,
    consumer: Consumer = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,  # noqa: FBT002
    as_json: Json = False,  # noqa: FBT002
) -> None:
    """Have dead letters handled again; what fails again stays, with its new reason."""
    if (references is not None) + (consumer is not None) + everything != 1:
        typer.echo("name ids, or --consumer NAME, or --all: one of these", err=True)
        raise typer.Exit(_WRONG_USE)
    chosen = _by_service(references or ())
    if everything:
        chosen = {service: ["--all"] for service in SERVICES}
    elif consumer is not None:
        chosen = {_service_of(consumer): ["--consumer", consumer]}
    asked = {service: ("events", "replay", *options) for service, options in chosen.items()}
    _show(asked, ("id", "failed_again"), as_json=as_json)


@events.command("discard")
def discard(
    references: Annotated[list[str], typer.Argument(help="Ids, as in the list.")],
    reason: Annotated[str, typer.Option(help="Why nobody will ever handle them.")],
    as_json: Json = False,  # noqa: FBT002
) -> None:
    """Forget dead letters for good; the topic of dead letters keeps them, and why."""
    chosen = _by_service(references)
    asked = {
        service: ("events", "discard", *options, "--reason", reason)
        for service, options in chosen.items()
    }
    _show(asked, ("id", "discarded"), as_json=as_json)


@index.command("rebuild")
def rebuild_index() -> None:
    """Build the index anew and switch to it; searches go on meanwhile."""
    raise typer.Exit(_run("catalog", "index", "rebuild"))


@projection.command("rebuild")
def rebuild_projection() -> None:
    """Make the copy anew from the topic of states and switch to it; answers go on meanwhile."""
    raise typer.Exit(_run("matching", "projection", "rebuild"))


@app.command()
def reconcile(
    check: Annotated[bool, typer.Option("--check", help="Only say what differs.")] = False,  # noqa: FBT002
    as_json: Json = False,  # noqa: FBT002
) -> None:
    """Compare database, index, topic of states and matching's copy, and mend what differs."""
    options = ("--check",) if check else ()
    asked = dict.fromkeys(SERVICES, ("reconcile", *options))
    _show(asked, ("place", "should_be", "differences", "left"), as_json=as_json)


def main() -> None:
    """Run the command line."""
    app()


def _together(arguments: Sequence[str], columns: Sequence[str], as_json: bool) -> None:  # noqa: FBT001
    _show(dict.fromkeys(SERVICES, tuple(arguments)), columns, as_json=as_json)


def _show(asked: dict[str, tuple[str, ...]], columns: Sequence[str], *, as_json: bool) -> None:
    """Ask the services in turn, print what all said together, end with the highest exit code."""
    answers = [_ask(service, arguments) for service, arguments in asked.items()]
    items = [item for found, _ in answers for item in found]
    if as_json:
        sys.stdout.write(orjson.dumps(items, option=orjson.OPT_APPEND_NEWLINE).decode())
    else:
        typer.echo(table([name.replace("_", " ") for name in columns], _rows(items, columns)))
    raise typer.Exit(max((code for _, code in answers), default=0))


def _ask(service: str, arguments: tuple[str, ...]) -> tuple[list[dict[str, Any]], int]:
    """Return what a service's own command says and its exit code; its refusals are shown."""
    command = [sys.executable, "-m", f"aiff_{service}", *arguments, "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)  # noqa: S603  Ours.
    outcomes = orjson.loads(done.stdout) if done.stdout else []
    return [{"service": service, **item} for item in outcomes], done.returncode


def _run(service: str, *arguments: str) -> int:
    command = [sys.executable, "-m", f"aiff_{service}", *arguments]
    return subprocess.run(command, check=False).returncode  # noqa: S603  The command is ours.


def _rows(items: Iterable[dict[str, Any]], columns: Sequence[str]) -> list[list[object]]:
    return [[_cell(item.get(column)) for column in columns] for item in items]


def _cell(value: object) -> object:
    """Show a list by its length: what is in it is for programs, and for the service's command."""
    if isinstance(value, list):
        return len(value)
    return value[:_LONGEST_REASON] if isinstance(value, str) else value


def _by_service(references: Iterable[str]) -> dict[str, list[str]]:
    chosen: dict[str, list[str]] = {}
    for reference in references:
        chosen.setdefault(_service_of(reference), []).append(reference)
    return chosen


def _service_of(consumer: str) -> str:
    """Return the service of a consumer or of its dead letter: consumers are named after theirs."""
    service = consumer.partition("-")[0]
    if service not in SERVICES:
        typer.echo(f"no service has the consumer {consumer}", err=True)
        raise typer.Exit(_WRONG_USE)
    return service
