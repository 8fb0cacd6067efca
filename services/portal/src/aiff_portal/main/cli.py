"""The command line, with the parts of this process's environment."""

import typer
import uvicorn

from aiff_kit.settings import read
from aiff_portal.main.settings import PortalSettings

cli = typer.Typer(help="The pages of AI Factory France.", no_args_is_help=True)


@cli.callback()
def commands() -> None:
    """Keep `serve` a command of its own although it is the only one."""


@cli.command()
def serve() -> None:
    """Answer HTTP until stopped."""
    settings = read(PortalSettings)
    uvicorn.run(
        "aiff_portal.main.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        server_header=False,
        # Only the gateway calls: there is no proxy header to believe.
        proxy_headers=False,
    )
