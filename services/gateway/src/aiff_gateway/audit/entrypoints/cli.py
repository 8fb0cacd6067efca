"""The audit log on the command line."""

import re
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from aiff_gateway.audit.application import AuditQueries
from aiff_gateway.audit.domain import Broken, Head

_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")


def audit_commands(queries: Callable[[], AuditQueries]) -> typer.Typer:
    """Return the commands; the log is opened by the command that needs it."""
    app = typer.Typer(no_args_is_help=True, help="The audit log.")
    # A command of its own stays one although it is the only one.
    app.callback()(lambda: None)

    @app.command("verify", help="Prove that no entry was changed, removed or put in.")
    def verify(
        noted: Annotated[
            str | None, typer.Option(help="A head printed earlier: the log must go on from it.")
        ] = None,
    ) -> None:
        found = queries().verify(None if noted is None else _head(noted))
        if isinstance(found, Broken):
            sys.exit(f"broken at entry {found.position}: {found.reason}")
        print(f"intact: {found.position} entries")
        print(f"head, to be noted elsewhere: {found.position}:{found.digest}")

    return app


def _head(text: str) -> Head:
    given = _HEAD.fullmatch(text)
    if given is None:
        raise typer.BadParameter("give the head as it was printed, such as 12:3f0a...")
    return Head(int(given[1]), given[2])
