"""The web application of a service, from the environment and from its parts."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Protocol

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from aiff_kit.auth import IdentityVerifier
from aiff_kit.http import Health, service_app
from aiff_kit.http.app import ErrorTable
from aiff_kit.observability import watch
from aiff_kit.service.definition import S, Service
from aiff_kit.service.settings import read_settings


@dataclass(frozen=True, slots=True)
class Named:
    """The name for which the gateway signs callers, and the title of the API document."""

    name: str
    title: str


class WebParts(Protocol):
    """What the web application of a service needs besides its routes."""

    def warm_up(self) -> None:
        """Load what the first question would wait for; runs beside the first questions."""

    def check_database(self) -> None:
        """Raise where the database does not answer or lacks a migration."""

    async def stop(self) -> None:
        """Write what is still in memory and close what was opened."""


def create_app(service: Service[S]) -> ASGIApp:
    """Return the application of this process's environment, watched under the service's name."""
    settings = read_settings(service.settings)
    watch(service.name, settings.runtime)
    return service.application(settings)


def application(
    named: Named, routers: Iterable[APIRouter], errors: ErrorTable, parts: WebParts, secret: str
) -> FastAPI:
    """Return the application of a service behind the gateway; its parts end with it."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        Thread(target=parts.warm_up, daemon=True).start()
        yield
        await parts.stop()

    return service_app(
        named.title,
        routers,
        errors,
        IdentityVerifier(secret, named.name),
        health=Health(ready={"database": parts.check_database}),
        lifespan=lifespan,
    )
