"""One transaction holds what a use case writes, its event, and the answer to a repeated request."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from starlette.requests import Request
from starlette.responses import Response
from tests.gateway.harness import PASSWORD, withdrawal

from aiff_gateway.accounts.application.accounts import AccountAdministration, AddAccount
from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.main.wiring.accounts import account_administration
from aiff_gateway.shared.errors import StorageUnavailableError
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_gateway.shared.tables import ACCOUNT, IDEMPOTENCY, OUTBOX
from aiff_kit.auth import Principal
from aiff_kit.clock import utc_now
from aiff_kit.db import open_engine, shared_transaction, sqlite_url, upgrade
from aiff_kit.http import IdempotencyStore, idempotent
from aiff_kit.outbox import append
from aiff_kit.problems import IDEMPOTENCY_KEY_REUSED, Problem

CALLER = Principal("01890a5d-ac96-774b-bcce-b302099a8057", None, frozenset())
ADA = AddAccount("ada@example.org", PASSWORD, Role.STARTUP, None)
ADDED = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = sqlite_url(tmp_path / "gateway.db")
    upgrade(url, MIGRATIONS)
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def accounts(engine: Engine) -> AccountAdministration:
    return account_administration(engine, lambda: ADDED)


def request(key: str) -> Request:
    headers = [(b"idempotency-key", key.encode())]
    return Request({"type": "http", "method": "POST", "path": "/v1/things", "headers": headers})


def counted(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: len(connection.execute(select(table)).all())
            for table in (ACCOUNT, IDEMPOTENCY, OUTBOX)
        }


def test_the_same_key_adds_once_and_answers_the_same(engine, accounts):
    store = IdempotencyStore(engine, IDEMPOTENCY, utc_now)

    def add() -> Response:
        return Response(accounts.add(ADA).email, 201)

    first = idempotent(request("one"), CALLER, store, b"{}", add)
    again = idempotent(request("one"), CALLER, store, b"{}", add)
    assert (first.body, again.body) == (b"ada@example.org", b"ada@example.org")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert counted(engine) == {"account": 1, "idempotency": 1, "outbox": 0}
    with pytest.raises(Problem) as refused:
        idempotent(request("one"), CALLER, store, b"[]", add)
    assert refused.value.kind is IDEMPOTENCY_KEY_REUSED


def test_what_fails_after_writing_leaves_neither_a_row_nor_a_used_key(engine, accounts):
    store = IdempotencyStore(engine, IDEMPOTENCY, utc_now)

    def fail() -> Response:
        accounts.add(ADA)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        idempotent(request("one"), CALLER, store, b"{}", fail)
    assert counted(engine) == {"account": 0, "idempotency": 0, "outbox": 0}


@pytest.mark.parametrize(("fails", "rows"), [(False, 1), (True, 0)])
def test_an_event_leaves_with_the_data_or_not_at_all(engine, accounts, fails, rows):
    def work() -> None:
        with shared_transaction(engine) as connection:
            append(connection, OUTBOX, withdrawal())
            accounts.add(ADA)
            if fails:
                raise ZeroDivisionError

    if fails:
        with pytest.raises(ZeroDivisionError):
            work()
    else:
        work()
    assert counted(engine) == {"account": rows, "idempotency": 0, "outbox": rows}


def test_a_database_that_is_away_is_told_in_the_gateways_own_terms(tmp_path):
    engine = open_engine(sqlite_url(tmp_path / "gateway.db"))
    (tmp_path / "gateway.db").mkdir()
    with pytest.raises(StorageUnavailableError), SqlUnitOfWork(engine):
        pass
    engine.dispose()
