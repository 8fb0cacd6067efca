"""The command line: serve, migrate, accounts, keys, the API document."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typer

from aiff_gateway.accounts.application.accounts import AccountKeeping
from aiff_gateway.accounts.entrypoints.cli import account_commands
from aiff_gateway.credentials.application.api_keys import ApiKeys
from aiff_gateway.credentials.entrypoints.cli import key_commands
from aiff_gateway.documents.entrypoints.cli import add_document_command
from aiff_gateway.main.app import create_app, gateway
from aiff_gateway.main.bootstrap import keeping
from aiff_gateway.main.settings import GatewaySettings
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.db import upgrade
from aiff_kit.http import run_server
from aiff_kit.settings import BusSettings, RuntimeSettings, identity_secret, read
from aiff_kit.startup import Check, database, event_bus, migrated_database, require

_DATABASE = "GATEWAY_DATABASE_URL"


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
    add_document_command(app, commands.document)
    app.add_typer(account_commands(commands.accounts), name="accounts")
    app.add_typer(key_commands(commands.accounts, commands.keys), name="keys")
    return app


def _serve() -> None:
    runtime = read(RuntimeSettings)
    # A fault of the settings alone is told before any engine is asked.
    identity_secret(runtime)
    settings = _usable(event_bus(read(BusSettings)))
    run_server(
        create_app(),
        settings.host,
        settings.port,
        drain_seconds=runtime.drain_seconds,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
    )


def _migrate() -> None:
    settings = read(GatewaySettings)
    require(database(_DATABASE, settings.database))
    upgrade(settings.database, MIGRATIONS)


def _usable(*further: Check) -> GatewaySettings:
    """Return the settings, or end the process with one line where an engine cannot be used."""
    settings = read(GatewaySettings)
    require(migrated_database(_DATABASE, settings.database, MIGRATIONS), *further)
    return settings


def _document() -> dict[str, Any]:
    return asyncio.run(gateway().merged_document())


def main() -> None:
    """Run the command line."""
    commands = Commands(
        serve=_serve,
        migrate=_migrate,
        document=_document,
        accounts=lambda: keeping(_usable().database).accounts,
        keys=lambda: keeping(_usable().database).keys,
    )
    command_line(commands)()
