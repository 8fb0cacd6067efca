"""The command line, with the parts of this process's environment."""

import typer

from aiff_kit.http import run_server
from aiff_kit.settings import RuntimeSettings, read
from aiff_portal.main.app import create_app
from aiff_portal.main.settings import PortalSettings

cli = typer.Typer(help="The pages of AI Factory France.", no_args_is_help=True)


@cli.callback()
def commands() -> None:
    """Keep `serve` a command of its own although it is the only one."""


@cli.command()
def serve() -> None:
    """Answer HTTP until stopped."""
    settings = read(PortalSettings)
    run_server(
        create_app(),
        settings.host,
        settings.port,
        drain_seconds=read(RuntimeSettings).drain_seconds,
        # Only the gateway calls: there is no proxy header to believe.
        proxy_headers=False,
    )
