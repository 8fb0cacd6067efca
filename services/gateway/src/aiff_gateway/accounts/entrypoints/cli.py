"""Accounts on the command line."""

import secrets
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from aiff_gateway.accounts.application.accounts import AccountAdministration, AddAccount
from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.shared.refusals import told_in_one_line

_GENERATED_BYTES = 18


def account_commands(accounts: Callable[[], AccountAdministration]) -> typer.Typer:
    """Return the commands; the accounts are opened by the command that needs them."""
    app = typer.Typer(no_args_is_help=True, help="Accounts of people who sign in.")

    @app.command("add", help="Add an account; the password is read from standard input.")
    def add(
        email: str,
        role: Annotated[Role, typer.Option(help="What the person is.")],
        organisation: Annotated[str | None, typer.Option(help="Slug of an organisation.")] = None,
        *,
        generate: Annotated[bool, typer.Option(help="Make a password and show it once.")] = False,
    ) -> None:
        password = secrets.token_urlsafe(_GENERATED_BYTES) if generate else _read_password()
        with told_in_one_line():
            account = accounts().add(AddAccount(email, password, role, organisation))
            print(f"added {account.email} ({account.role})")
            if generate:
                print(f"password, shown only now: {password}")

    @app.command("list", help="List the accounts.")
    def list_accounts() -> None:
        for account in accounts().all():
            print(f"{account.email}  {account.role}  {account.organisation or '-'}")

    return app


def _read_password() -> str:
    if sys.stdin.isatty():
        asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\n")
