"""What a service is told by its environment: one aggregate of small settings classes."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import TypeVar, get_type_hints

from aiff_kit.settings import BusSettings, RuntimeSettings, read_all

A = TypeVar("A", bound="ServiceSettings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a service listens, and whose word on a caller's address it takes.

    `trusted_proxies` are addresses or networks, separated by commas. Only the gateway has any:
    the services behind it are called by nobody else.
    """

    host: str
    port: int
    trusted_proxies: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings(ABC):
    """All settings of a service; each field is a class of at most twelve that belong together."""

    runtime: RuntimeSettings
    bus: BusSettings

    @property
    @abstractmethod
    def server(self) -> Server:
        """Return where the service listens."""

    @property
    def database_url(self) -> str:
        """Return the address of the service's own database; a service without one has none."""
        raise NotImplementedError


def read_settings(kind: type[A]) -> A:
    """Read each part from the environment; end the process with one line that names all faults."""
    hints = get_type_hints(kind)
    parts = [field.name for field in fields(kind)]
    return kind(**dict(zip(parts, read_all([hints[name] for name in parts]), strict=True)))
