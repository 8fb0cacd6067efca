"""What a service says of itself; the processes and the command line follow from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from starlette.types import ASGIApp

from aiff_kit.bus import Bus
from aiff_kit.observability import Heartbeat
from aiff_kit.operations import DerivedCopy
from aiff_kit.service.events import ServiceEvents
from aiff_kit.service.settings import ServiceSettings
from aiff_kit.service.worker import Step
from aiff_kit.startup import Check

S = TypeVar("S", bound=ServiceSettings)


class WorkerParts(Protocol):
    """What the worker and the operator's commands of a service work with."""

    @property
    def events(self) -> ServiceEvents:
        """What the service does with events."""

    def worker_steps(self, bus: Bus, heartbeat: Heartbeat) -> Mapping[str, Step]:
        """Return the named steps; opening them may take long and beats meanwhile."""

    def copies(self, bus: Bus) -> Sequence[DerivedCopy]:
        """Return what is made from other data, to be compared with it and mended."""

    def check_database(self) -> None:
        """Raise where the database does not answer or lacks a migration."""

    def close(self) -> None:
        """Write what is still in memory and give the connections back."""


@dataclass(frozen=True, slots=True)
class ServiceDatabase:
    """The setting that names the service's database, and the package of its migrations."""

    setting: str
    migrations: str


def _no_engines(_settings: ServiceSettings) -> Sequence[Check]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Generic[S]):
    """A service: a web application, and where it has them a database and a worker.

    `engines` are asked before anything starts, besides the database; `away` are the errors of
    those engines while they do not answer, `refused` those of work that cannot be done now: a
    command ends with one line for either. `serves_from_bus` says that the web application itself
    listens to events, so that it does not start without the bus either.
    """

    name: str
    help: str
    settings: type[S]
    application: Callable[[S], ASGIApp]
    database: ServiceDatabase | None = None
    worker: Callable[[S], WorkerParts] | None = None
    engines: Callable[[S], Sequence[Check]] = _no_engines
    away: tuple[type[Exception], ...] = ()
    refused: tuple[type[Exception], ...] = ()
    serves_from_bus: bool = False
