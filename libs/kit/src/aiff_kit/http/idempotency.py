"""Idempotency-Key on creating requests: the same request again gives the same answer."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from starlette.requests import Request
from starlette.responses import Response

from aiff_kit.auth.principal import Principal
from aiff_kit.clock import Clock, utc_now
from aiff_kit.db import UtcDateTime, shared_transaction
from aiff_kit.problems import CONFLICT, IDEMPOTENCY_KEY_REUSED, MALFORMED, Problem

_LONGEST_KEY = 200
_KEPT = timedelta(hours=24)


def idempotency_table(metadata: MetaData) -> Table:
    """Answers already given, by caller, operation and key."""
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
        self._running: set[_Call] = set()
        self._lock = threading.Lock()

    def once(self, call: _Call, run: Callable[[], Response]) -> Response:
        """Run a call, or return the answer that it was given.

        The answer is kept in the transaction of the effect: neither can be there without the
        other, wherever a process ends. Of equal calls in two processes one keeps its answer,
        the other is undone and given that same answer. Raises 422 for another body under the
        same key and 409 while this process runs the first.
        """
        with self._claimed(call):
            answer = self._find(call)
            return answer or self._first(call, run)

    def _first(self, call: _Call, run: Callable[[], Response]) -> Response:
        try:
            with shared_transaction(self._engine) as connection:
                response = run()
                self._keep(connection, call, response)
        except Exception:
            answer = self._find(call)
            if answer is None:
                raise
            return answer
        return response

    @contextmanager
    def _claimed(self, call: _Call) -> Iterator[None]:
        with self._lock:
            if call in self._running:
                raise _in_flight()
            self._running.add(call)
        try:
            yield
        finally:
            self._running.discard(call)

    def _find(self, call: _Call) -> Response | None:
        table = self._table
        fresh = table.c.created_at >= self._clock() - _KEPT
        wanted = select(table).where(self._is(call), fresh, table.c.status.is_not(None))
        with self._engine.connect().execution_options(read_only=True) as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else _stored(row, call)

    def _keep(self, connection: Connection, call: _Call, response: Response) -> None:
        table, now = self._table, self._clock()
        # Earlier releases noted here what was in flight, without an answer.
        unanswered = self._is(call) & table.c.status.is_(None)
        connection.execute(table.delete().where((table.c.created_at < now - _KEPT) | unanswered))
        row = {
            "tenant": call.tenant,
            "operation": call.operation,
            "key": call.key,
            "body_hash": call.body_hash,
            "status": response.status_code,
            "headers": orjson.dumps(dict(response.headers)).decode(),
            "body": bytes(response.body),
            "created_at": now,
        }
        connection.execute(table.insert().values(row))

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
    """Run a creating operation at most once per key; without the header just run it.

    With it, what `run` does in units of work on the store's database is one transaction.
    """
    key = request.headers.get("idempotency-key")
    if key is None:
        return run()
    if not 0 < len(key) <= _LONGEST_KEY:
        raise Problem(MALFORMED, f"Idempotency-Key must have 1 to {_LONGEST_KEY} characters")
    operation = f"{request.method} {request.url.path}"[:80]
    call = _Call(principal.tenant, operation, key, hashlib.sha256(body).hexdigest())
    return store.once(call, run)


def _stored(row: Row[Any], call: _Call) -> Response:
    if row.body_hash != call.body_hash:
        raise Problem(IDEMPOTENCY_KEY_REUSED)
    headers = {**orjson.loads(row.headers), "Idempotency-Replayed": "true"}
    return Response(row.body, row.status, headers)


def _in_flight() -> Problem:
    return Problem(
        CONFLICT,
        "the first request with this Idempotency-Key is still running",
        headers={"Retry-After": "1"},
    )
