"""API keys on the command line."""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from aiff_gateway.accounts.application.accounts import AccountAdministration
from aiff_gateway.credentials.application.api_keys import ApiKeys, CreateKey, KeyManager
from aiff_gateway.shared.refusals import told_in_one_line

_Organisation = Annotated[
    str | None,
    typer.Option(help="Slug of the organisation that keys act for; else the account's first."),
]


def key_commands(
    accounts: Callable[[], AccountAdministration], keys: Callable[[], ApiKeys]
) -> typer.Typer:
    """Return the commands; what they need is opened by the command that needs it."""
    app = typer.Typer(no_args_is_help=True, help="API keys of accounts.")

    @app.command("add", help="Make a key for an account; the token is shown once.")
    def add(
        email: str,
        name: Annotated[str, typer.Option(help="To recognise the key by.")],
        scope: Annotated[list[str], typer.Option(help="What it may do; repeatable.")],
        organisation: _Organisation = None,
        expires: Annotated[datetime | None, typer.Option(help="Until when (local time).")] = None,
    ) -> None:
        with told_in_one_line():
            manager = _manager(accounts(), email, organisation)
            until = expires.astimezone() if expires else None
            issued = keys().create(CreateKey(manager, name, tuple(scope), until))
            print(f"{issued.credential.id}  {issued.credential.prefix}")
            print(f"token, shown only now: {issued.token}")

    @app.command("list", help="List an account's keys.")
    def list_keys(email: str, organisation: _Organisation = None) -> None:
        with told_in_one_line():
            for key in keys().of(_manager(accounts(), email, organisation)):
                state = "revoked" if key.revoked_at else "live"
                scopes = " ".join(sorted(key.scopes))
                print(f"{key.id}  {key.prefix}  {state}  {key.name}  {scopes}")

    _ending_commands(app, accounts, keys)
    return app


def _ending_commands(
    app: typer.Typer, accounts: Callable[[], AccountAdministration], keys: Callable[[], ApiKeys]
) -> None:
    @app.command("revoke", help="Revoke a key of an account; it ends within five seconds.")
    def revoke(email: str, key_id: UUID, organisation: _Organisation = None) -> None:
        with told_in_one_line():
            keys().revoke(_manager(accounts(), email, organisation), key_id)
            print(f"revoked {key_id}")

    @app.command("leaked", help="Revoke the token that is read from standard input.")
    def leaked() -> None:
        # An argument would stand in the list of processes and in the history of the shell.
        token = sys.stdin.readline().strip()
        with told_in_one_line():
            ended = keys().end_leaked(token)
            owner = ended.organisation or f"the person {ended.subject}"
            print(f"revoked {ended.id}  {ended.prefix}  {ended.name}  of {owner}")


def _manager(accounts: AccountAdministration, email: str, organisation: str | None) -> KeyManager:
    account = accounts.named(email)
    return KeyManager(account.id, organisation or account.organisation)
