"""The command line: serve, migrate, accounts, keys, the API document."""

import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
import typer

from aiff_gateway.application.accounts import AccountKeeping, AddAccount
from aiff_gateway.application.api_keys import ApiKeys, CreateKey
from aiff_gateway.domain.accounts import Role
from aiff_gateway.domain.errors import GatewayError

_GENERATED_BYTES = 18


@dataclass(frozen=True, slots=True)
class Commands:
    """What the command line calls; `main` gives the parts."""

    serve: Callable[[], None]
    migrate: Callable[[], None]
    document: Callable[[], dict[str, Any]]
    accounts: Callable[[], AccountKeeping]
    keys: Callable[[], ApiKeys]


def command_line(commands: Commands) -> typer.Typer:
    """Return the command line."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, help="The public gateway.")
    app.command("serve", help="Serve the public address.")(commands.serve)
    app.command("migrate", help="Bring the database to the newest version.")(commands.migrate)
    _add_document(app, commands)
    app.add_typer(_accounts(commands), name="accounts")
    app.add_typer(_keys(commands), name="keys")
    return app


def _add_document(app: typer.Typer, commands: Commands) -> None:
    @app.command("openapi", help="Print the OpenAPI document of the running services as JSON.")
    def openapi() -> None:
        document = commands.document()
        options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
        sys.stdout.write(orjson.dumps(document, option=options).decode())
        if "x-missing" in document:
            sys.exit(f"not complete: {', '.join(document['x-missing'])} did not answer")


def _accounts(commands: Commands) -> typer.Typer:
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
        with _Refusals():
            account = commands.accounts().add(AddAccount(email, password, role, organisation))
            print(f"added {account.email} ({account.role})")
            if generate:
                print(f"password, shown only now: {password}")

    @app.command("list", help="List the accounts.")
    def list_accounts() -> None:
        for account in commands.accounts().all():
            print(f"{account.email}  {account.role}  {account.organisation or '-'}")

    return app


def _keys(commands: Commands) -> typer.Typer:
    app = typer.Typer(no_args_is_help=True, help="API keys of accounts.")

    @app.command("add", help="Make a key for an account; the token is shown once.")
    def add(
        email: str,
        name: Annotated[str, typer.Option(help="To recognise the key by.")],
        scope: Annotated[list[str], typer.Option(help="What it may do; repeatable.")],
        expires: Annotated[datetime | None, typer.Option(help="Until when (local time).")] = None,
    ) -> None:
        with _Refusals():
            owner = commands.accounts().named(email)
            until = expires.astimezone() if expires else None
            issued = commands.keys().create(CreateKey(owner.id, name, tuple(scope), until))
            print(f"{issued.credential.id}  {issued.credential.prefix}")
            print(f"token, shown only now: {issued.token}")

    @app.command("list", help="List an account's keys.")
    def list_keys(email: str) -> None:
        with _Refusals():
            for key in commands.keys().of(commands.accounts().named(email).id):
                state = "revoked" if key.revoked_at else "live"
                scopes = " ".join(sorted(key.scopes))
                print(f"{key.id}  {key.prefix}  {state}  {key.name}  {scopes}")

    @app.command("revoke", help="Revoke a key of an account; it ends within five seconds.")
    def revoke(email: str, key_id: UUID) -> None:
        with _Refusals():
            commands.keys().revoke(commands.accounts().named(email).id, key_id)
            print(f"revoked {key_id}")

    return app


class _Refusals:
    """Ends the command with one line where the gateway refuses."""

    def __enter__(self) -> None:
        """Need nothing."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, GatewayError):
            sys.exit(str(error))


def _read_password() -> str:
    if sys.stdin.isatty():
        asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\n")
