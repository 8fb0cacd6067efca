"""The command line with its real parts."""

import asyncio
from typing import Any

from aiff_gateway.entrypoints.cli import Commands, command_line
from aiff_gateway.main.app import create_app, gateway
from aiff_gateway.main.bootstrap import MIGRATIONS, keeping
from aiff_gateway.main.settings import GatewaySettings
from aiff_kit.db import upgrade
from aiff_kit.http import run_server
from aiff_kit.settings import BusSettings, RuntimeSettings, identity_secret, read
from aiff_kit.startup import Check, database, event_bus, migrated_database, require

_DATABASE = "GATEWAY_DATABASE_URL"


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
