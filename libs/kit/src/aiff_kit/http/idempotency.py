"""Idempotency-Key on creating requests: the same request again gives the same answer."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    Text,
    select,
)
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import Response

from aiff_kit.auth.principal import Principal
from aiff_kit.clock import Clock, utc_now
from aiff_kit.db import UtcDateTime
from aiff_kit.problems import CONFLICT, IDEMPOTENCY_KEY_REUSED, MALFORMED, Problem

_LONGEST_KEY = 200
_KEPT = timedelta(hours=24)
# A request that began longer ago than this has died with its process.
_IN_FLIGHT = timedelta(seconds=60)


def idempotency_table(metadata: MetaData) -> Table:
    """Answers already given, by caller, operation and key; `status` None is in flight."""
    return Table(
        "idempotency",
        metadata,
        Column("tenant", String(160), primary_key=True),
        Column("operation", String(80), primary_key=True),
        Column("key", String(_LONGEST_KEY), primary_key=True),
        Column("body_hash", String(64), nullable=False),
        Column("status", Integer, nullable=True),
        Column("headers", Text, nullable=True),
        Column("body", LargeBinary, nullable=True),
        Column("created_at", UtcDateTime, nullable=False),
    )


@dataclass(frozen=True, slots=True)
class _Call:
    tenant: str
    operation: str
    key: str
    body_hash: str


class IdempotencyStore:
    """Keeps answers for a day in the service's own database."""

    def __init__(self, engine: Engine, table: Table, clock: Clock = utc_now) -> None:
        """Keep the database and its table."""
        self._engine = engine
        self._table = table
        self._clock = clock

    def begin(self, call: _Call) -> Response | None:
        """Return the stored answer, or None after noting that the call is in flight.

        Raises 422 for another body under the same key and 409 while the first is in flight.
        """
        table, now = self._table, self._clock()
        with self._engine.begin() as connection:
            connection.execute(table.delete().where(table.c.created_at < now - _KEPT))
            dead = table.c.created_at < now - _IN_FLIGHT
            connection.execute(table.delete().where(self._is(call), table.c.status.is_(None), dead))
            row = connection.execute(select(table).where(self._is(call))).one_or_none()
            if row is None:
                self._note(connection, call)
                return None
        return _stored(row, call)

    def finish(self, call: _Call, response: Response) -> None:
        """Store the answer of a call that took effect."""
        values = {
            "status": response.status_code,
            "headers": orjson.dumps(dict(response.headers)).decode(),
            "body": bytes(response.body),
        }
        with self._engine.begin() as connection:
            connection.execute(self._table.update().where(self._is(call)).values(values))

    def abandon(self, call: _Call) -> None:
        """Forget a call that had no effect, so that it can be repeated."""
        with self._engine.begin() as connection:
            connection.execute(self._table.delete().where(self._is(call)))

    def _note(self, connection: Connection, call: _Call) -> None:
        row = {
            "tenant": call.tenant,
            "operation": call.operation,
            "key": call.key,
            "body_hash": call.body_hash,
            "created_at": self._clock(),
        }
        try:
            connection.execute(self._table.insert().values(row))
        except IntegrityError as error:
            raise _in_flight() from error

    def _is(self, call: _Call) -> ColumnElement[bool]:
        table = self._table
        return (
            (table.c.tenant == call.tenant)
            & (table.c.operation == call.operation)
            & (table.c.key == call.key)
        )


def idempotent(
    request: Request,
    principal: Principal,
    store: IdempotencyStore,
    body: bytes,
    run: Callable[[], Response],
) -> Response:
    """Run a creating operation at most once per key; without the header just run it."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return run()
    if not 0 < len(key) <= _LONGEST_KEY:
        raise Problem(MALFORMED, f"Idempotency-Key must have 1 to {_LONGEST_KEY} characters")
    operation = f"{request.method} {request.url.path}"[:80]
    call = _Call(principal.tenant, operation, key, hashlib.sha256(body).hexdigest())
    stored = store.begin(call)
    if stored is not None:
        return stored
    try:
        response = run()
    except BaseException:
        store.abandon(call)
        raise
    store.finish(call, response)
    return response


def _stored(row: Row[Any], call: _Call) -> Response:
    if row.body_hash != call.body_hash:
        raise Problem(IDEMPOTENCY_KEY_REUSED)
    if row.status is None:
        raise _in_flight()
    headers = {**orjson.loads(row.headers), "Idempotency-Replayed": "true"}
    return Response(row.body, row.status, headers)


def _in_flight() -> Problem:
    return Problem(
        CONFLICT,
        "the first request with this Idempotency-Key is still running",
        headers={"Retry-After": "1"},
    )
