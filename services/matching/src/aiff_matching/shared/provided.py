"""What `main` put together, handed to the routes: each names the use case that it calls."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from fastapi import Depends, FastAPI, Request

T = TypeVar("T")


def provide(app: FastAPI, parts: Iterable[object]) -> None:
    """Put objects into an application, where each is found by its class."""
    app.state.provided = {type(part): part for part in parts}


def provided(kind: type[T]) -> Any:
    """Return the dependency on the object of a class."""

    async def part(request: Request) -> T:
        return part_of(request, kind)

    return Depends(part)


def part_of(request: Request, kind: type[T]) -> T:
    """Return the application's object of a class."""
    parts: Mapping[type[Any], Any] = request.app.state.provided
    part: T = parts[kind]
    return part
