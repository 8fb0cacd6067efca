"""Who administers a key's organisation is told once, in time, that the key ends."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from tests.gateway.harness import PASSWORD

from aiff_gateway.accounts.application.accounts import AddAccount
from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.credentials.application.api_keys import (
    ApiKeys,
    CreateKey,
    KeyManager,
    RotateKey,
)
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.main.wiring.accounts import account_administration
from aiff_gateway.organisations.application.expiring_keys import ExpiringKeys
from aiff_gateway.shared.mail_tables import MAIL_LETTER
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.db import open_engine, sqlite_url, upgrade
from aiff_kit.testing import SettableClock

ADA, BEA = "ada@example.org", "bea@example.org"


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 12, 1, tzinfo=UTC))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = sqlite_url(tmp_path / "gateway.db")
    upgrade(url, MIGRATIONS)
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def keys(engine: Engine, clock: SettableClock) -> ApiKeys:
    return ApiKeys(partial(SqlUnitOfWork, engine), clock)


@pytest.fixture
def step(engine: Engine, clock: SettableClock) -> ExpiringKeys:
    return ExpiringKeys(partial(SqlUnitOfWork, engine), clock)


def account(engine: Engine, clock: SettableClock, email: str, slug: str | None) -> Account:
    role = Role.PARTNER if slug else Role.CURATOR
    return account_administration(engine, clock).add(AddAccount(email, PASSWORD, role, slug))


def told(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        wanted = select(MAIL_LETTER.c.recipient).where(MAIL_LETTER.c.kind == "key.expiring")
        return sorted(connection.execute(wanted).scalars())


def made(keys: ApiKeys, manager: KeyManager, clock: SettableClock, days: int):
    scopes = ("offers:write",)
    command = CreateKey(manager, "feed", scopes, clock() + timedelta(days=days))
    return keys.create(command).credential


def test_all_administrators_are_told_once_two_weeks_before(engine, clock, keys, step):
    ada = account(engine, clock, ADA, "genci")
    account(engine, clock, BEA, "genci")
    made(keys, KeyManager(ada.id, "genci"), clock, days=90)
    assert step.step() == 0
    clock.advance(days=77)
    assert step.step() == 2
    clock.advance(hours=2)
    assert step.step() == 0
    assert told(engine) == [ADA, BEA]


def test_a_key_that_was_rotated_or_is_short_lived_is_not_told(engine, clock, keys, step):
    ada = account(engine, clock, ADA, "genci")
    manager = KeyManager(ada.id, "genci")
    made(keys, manager, clock, days=20)
    old = made(keys, manager, clock, days=90)
    clock.advance(days=80)
    keys.rotate(RotateKey(manager, old.id))
    assert step.step() == 0
    assert told(engine) == []


def test_a_person_s_own_key_is_told_to_the_person(engine, clock, keys, step):
    cy = account(engine, clock, "cy@example.org", None)
    made(keys, KeyManager(cy.id), clock, days=40)
    clock.advance(days=30)
    assert step.step() == 1
    assert told(engine) == ["cy@example.org"]
