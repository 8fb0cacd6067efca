"""The command line, with the parts of this process's environment."""

import typer
import uvicorn

from aiff_kit.bus import open_bus
from aiff_kit.db import upgrade
from aiff_kit.settings import BusSettings, RuntimeSettings, read
from aiff_kit.worker import Work, run_worker
from aiff_matching.main.bootstrap import MIGRATIONS, Matching
from aiff_matching.main.settings import MatchingSettings

cli = typer.Typer(help="Matching of AI Factory France.", no_args_is_help=True)


@cli.command()
def serve() -> None:
    """Answer HTTP until stopped."""
    settings = read(MatchingSettings)
    uvicorn.run(
        "aiff_matching.main.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        server_header=False,
        # Only the gateway calls: there is no proxy header to believe.
        proxy_headers=False,
    )


@cli.command()
def worker() -> None:
    """Keep the copy of the published offers up to date until stopped."""
    runtime = read(RuntimeSettings)
    matching = Matching(read(MatchingSettings), runtime.clock())
    bus = open_bus(read(BusSettings))
    work = Work(
        steps=lambda _pulse: matching.worker_steps(bus),
        figures=matching.figures(bus),
        ready={"database": matching.check_database},
    )
    run_worker("matching-worker", runtime, work)
    bus.close()
    matching.close()


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    upgrade(read(MatchingSettings).database_url, MIGRATIONS)
