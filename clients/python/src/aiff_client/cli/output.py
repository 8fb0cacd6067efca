"""What the commands print: tables for people, JSON for programs, refusals in one line."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from rich.text import Text

from aiff_client.cli.access import AccessError, language
from aiff_client.cli.words import word
from aiff_client.faults import ApiError, ProblemError, UnreachableError

REFUSED, WRONG_USE, UNREACHABLE, ROWS_REFUSED = 1, 2, 3, 4
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def show_json(value: Any) -> None:
    """Print the data as the API types them."""
    plain = [_plain(one) for one in value] if isinstance(value, list) else _plain(value)
    sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")


def show_table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as wide as the terminal; a cell that does not fit goes on in the next line.

    Texts come from strangers: nothing in them is a command for the terminal or a mark-up.
    """
    console = Console(highlight=False, markup=False, emoji=False)
    if not rows:
        console.print(word("nothing"))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(word(head), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print(table)


def in_language(text: Any) -> str:
    """Return a text of both languages in that of the terminal."""
    return str(getattr(text, language()))


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """End the command with one line on stderr and its exit code where the API gives no answer."""
    try:
        yield
    except ProblemError as error:
        faults = "; ".join(f"{one.pointer}: {one.detail}" for one in error.faults[:3])
        said = ": ".join(part for part in (error.title, error.detail, faults) if part)
        advice = {401: "use_key", 403: "use_scope"}.get(error.status)
        hint = f" ({word(advice)})" if advice else ""
        _end(f"{said}{hint} [{word('request')} {error.request_id}]", REFUSED)
    except UnreachableError as error:
        _end(f"{error}: {word('use_address')}", UNREACHABLE)
    except ApiError as error:
        _end(str(error), REFUSED)
    except (AccessError, OSError, UnicodeDecodeError) as error:
        _end(str(error), WRONG_USE)
    except json.JSONDecodeError as error:
        _end(f"{word('no_json')}: {error}", WRONG_USE)


def _end(line: str, code: int) -> None:
    typer.echo(f"aiff: {_cell(' '.join(line.split()))}", err=True)
    raise typer.Exit(code)


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json", by_alias=True) if isinstance(value, BaseModel) else value


def _cell(value: object) -> str:
    if value is None:
        return "-"
    text = str(value)
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")
