"""Mail on the command line: reports of what came back."""

import email
import email.policy
import sys
from collections.abc import Callable

import typer

from aiff_gateway.mail.application.reading import ReturnedMail
from aiff_gateway.shared.refusals import told_in_one_line


def mail_commands(returned: Callable[[], ReturnedMail]) -> typer.Typer:
    """Return the commands; what they need is opened by the command that needs it."""
    app = typer.Typer(no_args_is_help=True, help="Letters that came back.")

    @app.command("returned", help="Read one delivery report (RFC 3464) from standard input.")
    def take() -> None:
        with told_in_one_line():
            report = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
            print(f"{returned().take(report)} letters came back")

    @app.command("lift", help="Send again to an address that came back.")
    def lift(address: str) -> None:
        returned().lift(address)
        print("lifted")

    return app
