"""The verbs of the command line that every service with events has.

People get tables, programs `--json`. Exit codes: 0 done, nothing left; 1 something is left;
2 wrong use; 3 an engine is away, so nothing is known.
"""

import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import orjson
import typer

from aiff_kit.bus import BusUnavailableError
from aiff_kit.clock import utc_now
from aiff_kit.db import DATABASE_AWAY
from aiff_kit.operations.events import EventOperations, Waiting
from aiff_kit.operations.reconciliation import DerivedCopy, Reconciled, reconcile
from aiff_kit.operations.tables import table
from aiff_kit.outbox import DeadLetter
from aiff_kit.startup import UnusableError

LEFT, WRONG_USE, AWAY = 1, 2, 3
_SHOWN_DIFFERENCES = 20

OpenOperations = Callable[[], AbstractContextManager[EventOperations]]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Consumer = Annotated[str | None, typer.Option(help="Only those of this consumer.")]


def event_commands(open_operations: OpenOperations) -> typer.Typer:
    """Return the commands about the events of the service whose desk this opens.

    Opening ends the command where an engine is away (`refusals`), and so does what follows.
    """
    app = typer.Typer(help="The service's events.", no_args_is_help=True)
    _add_lag(app, open_operations)
    _add_dead_letters(app, open_operations)
    _add_show(app, open_operations)
    _add_replay(app, open_operations)
    _add_discard(app, open_operations)
    return app


@contextmanager
def refusals(*away: type[Exception]) -> Iterator[None]:
    """End the command with one line where an engine is away (these and the kit's own faults)."""
    kinds: tuple[type[Exception], ...] = (UnusableError, BusUnavailableError, *DATABASE_AWAY, *away)
    try:
        yield
    except kinds as error:
        typer.echo(f"not done: an engine is away ({_reason(error)})", err=True)
        raise typer.Exit(AWAY) from error


def _reason(error: BaseException) -> str:
    """Return the first line of what an error says, or of what caused it where it is silent."""
    while not str(error) and error.__cause__ is not None:
        error = error.__cause__
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def show_comparisons(places: Sequence[DerivedCopy], *, check: bool, as_json: bool) -> None:
    """Compare and, unless only asked to check, mend each place in turn; exit 1 where not equal."""
    outcomes = [reconcile(place, check=check) for place in places]
    if as_json:
        _print_json([_outcome(outcome) for outcome in outcomes])
    else:
        rows = [_outcome_row(outcome) for outcome in outcomes]
        heads = ("place", "should be", "missing", "stale", "surplus", "ahead", "left")
        typer.echo(table(heads, rows))
        for line in (line for outcome in outcomes for line in _left_lines(outcome)):
            typer.echo(line)
    if any(outcome.left for outcome in outcomes):
        raise typer.Exit(LEFT)


def _add_lag(app: typer.Typer, open_operations: OpenOperations) -> None:
    @app.command("lag", help="Show how many events wait, for the relay and for each consumer.")
    def lag(as_json: Json = False) -> None:  # noqa: FBT002  A flag of the command line.
        with open_operations() as desk:
            backlog = desk.waiting()
        if as_json:
            _print_json([_waiting(one) for one in backlog])
            return
        rows = [
            (one.waits_for, one.topic or "-", one.records, _age(one.oldest_at)) for one in backlog
        ]
        typer.echo(table(("waits for", "topic", "records", "oldest"), rows))


def _add_dead_letters(app: typer.Typer, open_operations: OpenOperations) -> None:
    @app.command("dead-letters", help="List the records that could not be handled.")
    def dead_letters(consumer: Consumer = None, as_json: Json = False) -> None:  # noqa: FBT002
        with open_operations() as desk:
            letters = desk.dead_letters.all(consumer)
        if as_json:
            _print_json([_letter(letter) for letter in letters])
            return
        heads = ("id", "topic", "place", "key", "type", "age", "reason")
        typer.echo(table(heads, [_letter_row(letter) for letter in letters]))


def _add_show(app: typer.Typer, open_operations: OpenOperations) -> None:
    @app.command("show", help="Show one dead letter: where it was, what it is, why it failed.")
    def show(
        reference: Annotated[str, typer.Argument(help="Its id, as in the list.")],
        as_json: Json = False,  # noqa: FBT002
    ) -> None:
        with open_operations() as desk:
            letter = _existing(desk, reference)
        if as_json:
            _print_json(_letter(letter))
            return
        typer.echo(table(("what", "value"), [*_letter(letter).items()]))


def _add_replay(app: typer.Typer, open_operations: OpenOperations) -> None:
    @app.command("replay", help="Have dead letters handled again; what fails again stays.")
    def replay(
        references: Annotated[list[str] | None, typer.Argument(help="Ids, as in the list.")] = None,
        consumer: Consumer = None,
        everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,  # noqa: FBT002
        as_json: Json = False,  # noqa: FBT002
    ) -> None:
        if (references is not None) + (consumer is not None) + everything != 1:
            typer.echo("name ids, or --consumer NAME, or --all: one of these", err=True)
            raise typer.Exit(WRONG_USE)
        with open_operations() as desk:
            letters = (
                [_existing(desk, reference) for reference in references]
                if references
                else desk.dead_letters.all(consumer)
            )
            outcomes = list(desk.replay(letters))
        rows = [(outcome.letter.reference, outcome.reason) for outcome in outcomes]
        if as_json:
            _print_json([{"id": name, "failed_again": reason} for name, reason in rows])
        else:
            shown = [(name, "handled" if why is None else f"failed: {why}") for name, why in rows]
            typer.echo(table(("id", "outcome"), shown))
        if any(reason is not None for _, reason in rows):
            raise typer.Exit(LEFT)


def _add_discard(app: typer.Typer, open_operations: OpenOperations) -> None:
    @app.command("discard", help="Forget dead letters for good; their topic keeps them and why.")
    def discard(
        references: Annotated[list[str], typer.Argument(help="Ids, as in the list.")],
        reason: Annotated[str, typer.Option(help="Why nobody will ever handle them.")],
        as_json: Json = False,  # noqa: FBT002
    ) -> None:
        if not reason.strip():
            typer.echo("say why in --reason: it stays beside the record", err=True)
            raise typer.Exit(WRONG_USE)
        with open_operations() as desk:
            letters = [_existing(desk, reference) for reference in references]
            for letter in letters:
                desk.dead_letters.discard(letter, reason.strip())
        names = [letter.reference for letter in letters]
        if as_json:
            _print_json([{"id": name, "discarded": reason.strip()} for name in names])
            return
        typer.echo(table(("id", "outcome"), [(name, "discarded") for name in names]))


def _existing(desk: EventOperations, reference: str) -> DeadLetter:
    letter = desk.dead_letters.find(reference)
    if letter is None:
        typer.echo(
            f"there is no dead letter {reference}; `events dead-letters` lists them", err=True
        )
        raise typer.Exit(WRONG_USE)
    return letter


def _waiting(one: Waiting) -> dict[str, Any]:
    seconds = None if one.oldest_at is None else _seconds_since(one.oldest_at)
    return {
        "waits_for": one.waits_for,
        "topic": one.topic,
        "records": one.records,
        "oldest_seconds": seconds,
    }


def _letter(letter: DeadLetter) -> dict[str, Any]:
    """Return what may be shown: the value can hold a person's name, so only what identifies it."""
    record = letter.delivered.record
    return {
        "id": letter.reference,
        "consumer": letter.consumer,
        "topic": record.topic,
        "partition": letter.delivered.partition,
        "offset": letter.delivered.offset,
        "key": record.key,
        "type": record.headers.get("ce_type"),
        "event_id": record.headers.get("ce_id"),
        "sequence": record.headers.get("ce_sequence"),
        "request_id": record.headers.get("ce_requestid"),
        "bytes": len(record.value),
        "sha256": hashlib.sha256(record.value).hexdigest(),
        "failed_at": letter.failed_at.astimezone(UTC).isoformat(),
        "age_seconds": _seconds_since(letter.failed_at),
        "reason": letter.reason,
    }


def _letter_row(letter: DeadLetter) -> tuple[object, ...]:
    record, at = letter.delivered.record, letter.delivered
    kind = record.headers.get("ce_type", "-").removeprefix("eu.aifactory-france.")
    place = f"{at.partition}:{at.offset}"
    age = _age(letter.failed_at)
    return letter.reference, record.topic, place, record.key, kind, age, letter.reason[:100]


def _outcome(one: Reconciled) -> dict[str, Any]:
    return {
        "place": one.place,
        "should_be": one.wanted,
        "differences": [_difference(entry) for entry in one.found],
        "left": [_difference(entry) for entry in one.left],
    }


def _difference(entry: Any) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "key": entry.key,
        "wanted": entry.wanted,
        "found": entry.found,
    }


def _outcome_row(one: Reconciled) -> tuple[object, ...]:
    counted = [
        sum(entry.kind == kind for entry in one.found)
        for kind in ("missing", "stale", "surplus", "ahead")
    ]
    return one.place, one.wanted, *counted, len(one.left)


def _left_lines(one: Reconciled) -> Iterator[str]:
    for entry in one.left[:_SHOWN_DIFFERENCES]:
        versions = f"version {entry.wanted or '-'} wanted, {entry.found or '-'} found"
        yield f"{one.place}: {entry.kind} {entry.key}: {versions}"
    more = len(one.left) - _SHOWN_DIFFERENCES
    if more > 0:
        yield f"{one.place}: and {more} more (--json lists all)"


def _seconds_since(instant: datetime) -> int:
    return max(0, round((utc_now() - instant).total_seconds()))


def _age(instant: datetime | None) -> str:
    if instant is None:
        return "-"
    seconds = _seconds_since(instant)
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _print_json(value: Any) -> None:
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE).decode())
