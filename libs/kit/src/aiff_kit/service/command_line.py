"""The command line that every service has: serve, migrate, and where it has a worker the rest."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Annotated, Generic, TypeVar

import typer

from aiff_kit.bus import Bus, open_bus
from aiff_kit.db import upgrade
from aiff_kit.http import run_server
from aiff_kit.operations import EventOperations, event_commands, refusals, show_comparisons
from aiff_kit.service.application import create_app
from aiff_kit.service.definition import S, Service, ServiceDatabase, WorkerParts
from aiff_kit.service.settings import read_settings
from aiff_kit.service.worker import Work, run_worker
from aiff_kit.settings import identity_secret
from aiff_kit.startup import Check, ask, database, event_bus, migrated_database, require

P = TypeVar("P", bound=WorkerParts)


def command_line(service: Service[S]) -> typer.Typer:
    """Return the commands that follow from what the service is; it adds its own to them."""
    commands = Commands(service)
    cli = typer.Typer(help=service.help, no_args_is_help=True)
    # A command of its own stays one although it is the only one.
    cli.callback()(lambda: None)
    cli.command("serve", help="Answer HTTP until stopped.")(commands.serve)
    if service.database is not None:
        cli.command("migrate", help="Bring the database to the newest schema.")(commands.migrate)
    if service.worker is not None:
        _add_worker(cli, commands, service.worker)
    return cli


def _add_worker(
    cli: typer.Typer, commands: "Commands[S]", parts: Callable[[S], WorkerParts]
) -> None:
    opened = partial(opened_with_bus, commands.service, parts)

    @cli.command("worker", help="Do the service's background work until stopped.")
    def worker() -> None:
        commands.work(parts)

    @cli.command("reconcile", help="Compare what is made from other data, and mend what differs.")
    def reconcile(
        check: Annotated[bool, typer.Option("--check", help="Only say what differs.")] = False,  # noqa: FBT002
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,  # noqa: FBT002
    ) -> None:
        with opened() as (service, bus):
            show_comparisons(service.copies(bus), check=check, as_json=as_json)

    @contextmanager
    def operations() -> Iterator[EventOperations]:
        with opened() as (service, bus):
            yield service.events.operations(bus)

    cli.add_typer(event_commands(operations), name="events")


class Commands(Generic[S]):
    """What the shared commands do, on the settings of this process's environment."""

    def __init__(self, service: Service[S]) -> None:
        """Keep the service; nothing is read before a command runs."""
        self.service = service

    def serve(self) -> None:
        """Answer HTTP until stopped; a fault of the settings alone is told before any engine's."""
        settings = read_settings(self.service.settings)
        identity_secret(settings.runtime)
        bus = (event_bus(settings.bus),) if self.service.serves_from_bus else ()
        require(*engine_checks(self.service, settings), *bus)
        server = settings.server
        run_server(
            create_app(self.service),
            server.host,
            server.port,
            drain_seconds=settings.runtime.drain_seconds,
            proxy_headers=bool(server.trusted_proxies),
            forwarded_allow_ips=server.trusted_proxies or None,
        )

    def work(self, open_parts: Callable[[S], WorkerParts]) -> None:
        """Run the named steps until stopped."""
        settings = read_settings(self.service.settings)
        require(*engine_checks(self.service, settings), event_bus(settings.bus))
        parts, bus = open_parts(settings), open_bus(settings.bus)
        work = Work(
            steps=partial(parts.worker_steps, bus),
            prompt=parts.events.prompt,
            figures=parts.events.figures(bus),
            ready={"database": parts.check_database},
        )
        run_worker(f"{self.service.name}-worker", settings.runtime, work)
        bus.close()
        parts.close()

    def migrate(self) -> None:
        """Bring the database to the newest schema."""
        settings = read_settings(self.service.settings)
        own = _database(self.service)
        require(database(own.setting, settings.database_url))
        upgrade(settings.database_url, own.migrations)


def engine_checks(service: Service[S], settings: S) -> Sequence[Check]:
    """Return the checks of the service's engines: its migrated database first."""
    if service.database is None:
        return service.engines(settings)
    own = service.database
    tables = migrated_database(own.setting, settings.database_url, own.migrations)
    return (tables, *service.engines(settings))


@contextmanager
def opened_with_bus(service: Service[S], open_parts: Callable[[S], P]) -> Iterator[tuple[P, Bus]]:
    """Open the parts; end the command with one line where an engine is away or work is refused."""
    settings = read_settings(service.settings)
    with refusals(*service.away):
        ask(*engine_checks(service, settings), event_bus(settings.bus))
        parts, bus = open_parts(settings), open_bus(settings.bus)
        try:
            yield parts, bus
        except service.refused as error:
            typer.echo(f"not done: {error}", err=True)
            raise typer.Exit(1) from error
        finally:
            bus.close()
            parts.close()


def _database(service: Service[S]) -> ServiceDatabase:
    if service.database is None:
        raise LookupError(f"{service.name} has no database")
    return service.database
