"""The command line with its real parts."""

import asyncio
import sys
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from aiff_gateway.entrypoints.cli import Commands, command_line
from aiff_gateway.main.app import create_app, gateway
from aiff_gateway.main.bootstrap import keeping
from aiff_gateway.main.settings import GatewaySettings
from aiff_kit.db import upgrade
from aiff_kit.http import run_server
from aiff_kit.settings import RuntimeSettings, read

_MIGRATIONS = "aiff_gateway.adapters.migrations"


def _serve() -> None:
    settings = read(GatewaySettings)
    run_server(
        create_app(),
        settings.host,
        settings.port,
        drain_seconds=read(RuntimeSettings).drain_seconds,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
    )


def _migrate() -> None:
    try:
        upgrade(read(GatewaySettings).database, _MIGRATIONS)
    except (SQLAlchemyError, OSError) as error:
        sys.exit(f"cannot migrate the gateway's database: {error}")


def _document() -> dict[str, Any]:
    return asyncio.run(gateway().merged_document())


def main() -> None:
    """Run the command line."""
    commands = Commands(
        serve=_serve,
        migrate=_migrate,
        document=_document,
        accounts=lambda: keeping(read(GatewaySettings).database).accounts,
        keys=lambda: keeping(read(GatewaySettings).database).keys,
    )
    command_line(commands)()
