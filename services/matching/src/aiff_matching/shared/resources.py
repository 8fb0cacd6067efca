"""Stored objects over HTTP: created, listed, read, changed and deleted in the same way."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from fastapi import Request, Response

from aiff_contracts.codec import dump_json
from aiff_kit.auth import Principal
from aiff_kit.http import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_NONE_MATCH,
    IdempotencyStore,
    NoParameters,
    PageParameters,
    idempotent,
    sent_with,
)
from aiff_matching.shared.http import PRIVATE, private_json, tagged, versioned
from aiff_matching.shared.paging import page
from aiff_matching.shared.provided import part_of

# What the decorator of a route is told besides the address.
RouteOptions = dict[str, Any]
DELETES: RouteOptions = {
    "status_code": 204,
    "dependencies": [NoParameters],
    "openapi_extra": sent_with(IF_MATCH),
}


class Stored(Protocol):
    """What a list is ordered by, and what the next change has to name."""

    @property
    def id(self) -> UUID:
        """Return the id."""

    @property
    def version(self) -> int:
        """Return the version."""


T = TypeVar("T", bound=Stored)


class Resource(Generic[T]):
    """One kind of stored objects: how it is shown, and what its routes say of themselves.

    `creates`, `lists`, `reads` and `changes` are for the decorators of the routes.
    """

    def __init__(
        self, address: str, body: Callable[[T], object], view: type, page_view: type
    ) -> None:
        """Keep where an object is found and how it is shown; the views describe it."""
        self._address = address
        self._body = body
        self.creates: RouteOptions = {
            "status_code": 201,
            "responses": {201: {"model": view}},
            "dependencies": [NoParameters],
            "openapi_extra": sent_with(IDEMPOTENCY_KEY),
        }
        self.lists: RouteOptions = {"responses": {200: {"model": page_view}}}
        self.reads = _one(view, IF_NONE_MATCH)
        self.changes = _one(view, IF_MATCH)

    def created(
        self, request: Request, principal: Principal, sent: object, create: Callable[[], T]
    ) -> Response:
        """Answer with a new object; with Idempotency-Key, `create` runs once for what was sent."""

        def answer() -> Response:
            item = create()
            headers = tagged(item.version) | {"Location": f"{self._address}/{item.id}"}
            return private_json(self._body(item), 201, headers)

        store = part_of(request, IdempotencyStore)
        return idempotent(request, principal, store, dump_json(sent), answer)

    def page(
        self,
        request: Request,
        parameters: PageParameters,
        read: Callable[[str, int], Sequence[T]],
    ) -> Response:
        """Answer with a page; `read` gives at most so many objects after an id."""
        return page(request, parameters, read, self._body)

    def shown(self, request: Request, item: T) -> Response:
        """Answer with an object and its ETag, or 304 where the client already holds it."""
        return versioned(request, self._body(item), item.version)

    def changed(self, item: T) -> Response:
        """Answer with an object as it is after a change, and its new ETag."""
        return private_json(self._body(item), headers=tagged(item.version))


def deleted() -> Response:
    """Answer that an object is gone."""
    return Response(status_code=204, headers=PRIVATE)


def _one(view: type, header: Mapping[str, Any]) -> RouteOptions:
    return {
        "responses": {200: {"model": view}},
        "dependencies": [NoParameters],
        "openapi_extra": sent_with(header),
    }
