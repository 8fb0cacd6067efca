"""What the routes of a capability work with, put into the application by `main`."""

from typing import Any, TypeVar

from fastapi import Depends, Request

T = TypeVar("T")


def services_of(request: Request, kind: type[T]) -> T:
    """Return what `main` put into the application for a capability."""
    services: T = request.app.state.services[kind]
    return services


def provided(kind: type[T]) -> Any:
    """Return the same as a dependency of a route."""

    async def provide(request: Request) -> T:
        return services_of(request, kind)

    return Depends(provide)
