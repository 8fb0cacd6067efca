"""API keys on the command line."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from aiff_gateway.accounts.application.accounts import AccountAdministration
from aiff_gateway.credentials.application.api_keys import ApiKeys, CreateKey
from aiff_gateway.shared.refusals import told_in_one_line


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
        expires: Annotated[datetime | None, typer.Option(help="Until when (local time).")] = None,
    ) -> None:
        with told_in_one_line():
            owner = accounts().named(email)
            until = expires.astimezone() if expires else None
            issued = keys().create(CreateKey(owner.id, name, tuple(scope), until))
            print(f"{issued.credential.id}  {issued.credential.prefix}")
            print(f"token, shown only now: {issued.token}")

    @app.command("list", help="List an account's keys.")
    def list_keys(email: str) -> None:
        with told_in_one_line():
            for key in keys().of(accounts().named(email).id):
                state = "revoked" if key.revoked_at else "live"
                scopes = " ".join(sorted(key.scopes))
                print(f"{key.id}  {key.prefix}  {state}  {key.name}  {scopes}")

    @app.command("revoke", help="Revoke a key of an account; it ends within five seconds.")
    def revoke(email: str, key_id: UUID) -> None:
        with told_in_one_line():
            keys().revoke(accounts().named(email).id, key_id)
            print(f"revoked {key_id}")

    return app
