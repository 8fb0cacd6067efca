"""The database can go up, down and up again, and then is what the code expects."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from aiff_gateway.credentials.application.opening import acted_for
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.main.wiring.accounts import account_administration
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_gateway.shared.tables import METADATA
from aiff_kit.clock import utc_now
from aiff_kit.db import current_revision, downgrade, head_revision, open_engine, sqlite_url, upgrade

BEFORE = "0002"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.engines)])
def url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "gateway.db")
    postgres, name = request.getfixturevalue("postgres"), f"test_{uuid4().hex}"
    postgres.create_database(name)
    return postgres.url(name)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


def test_up_down_up_ends_at_the_tables_that_the_code_describes(url, engine):
    upgrade(url, MIGRATIONS)
    downgrade(url, MIGRATIONS, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    upgrade(url, MIGRATIONS)
    with engine.connect() as connection:
        assert current_revision(connection) == head_revision(MIGRATIONS)
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def columns(engine: Engine) -> set[tuple[str, str]]:
    seen = inspect(engine)
    tables = seen.get_table_names()
    return {(name, repr(column)) for name in tables for column in seen.get_columns(name)}


def fillable(engine: Engine) -> set[tuple[str, str]]:
    """Return the columns that a release which does not know them may leave out."""
    seen = inspect(engine)
    return {
        (name, repr(column))
        for name in seen.get_table_names()
        for column in seen.get_columns(name)
        if column["nullable"] or column["default"] is not None
    }


def test_the_release_before_finds_all_that_it_knows(url, engine):
    upgrade(url, MIGRATIONS, BEFORE)
    before = columns(engine)
    tables = {name for name, _ in before}
    upgrade(url, MIGRATIONS)
    after = {column for column in columns(engine) if column[0] in tables}
    assert after >= before
    assert after - before <= fillable(engine)


# By role and slug: what an account of the release before may do with its organisation.
BEFORE_ORGANISATIONS = [
    ("partner", "genci", {"introductions:answer", "offers:history", "offers:write"}),
    ("startup", "exaion", {"introductions:request", "startups:read", "startups:write"}),
    ("startup", None, {"introductions:request", "startups:read", "startups:write"}),
    ("curator", "cap-digital", {"offers:publish", "offers:history", "introductions:curate"}),
    ("curator", None, {"offers:publish", "offers:history", "introductions:curate"}),
]


@pytest.mark.parametrize(("role", "slug", "scopes"), BEFORE_ORGANISATIONS)
def test_accounts_of_the_release_before_act_for_their_organisation(url, engine, role, slug, scopes):
    upgrade(url, MIGRATIONS, BEFORE)
    insert_account(engine, role, slug)
    upgrade(url, MIGRATIONS)
    account = account_administration(engine, utc_now).named(f"{role}@example.org")
    with SqlUnitOfWork(engine) as uow:
        rights = uow.standings.rights(account, slug)
        begins_for = acted_for(uow, account)
    assert rights is not None
    assert rights.scopes >= scopes | {"keys:manage"}
    assert (rights.organisation, rights.acting_for) == (slug, None)
    assert begins_for == slug


def test_a_slug_of_a_partner_gives_who_looks_for_offers_under_it_no_listings(url, engine):
    upgrade(url, MIGRATIONS, BEFORE)
    for role in ("partner", "startup", "curator"):
        insert_account(engine, role, "genci")
    upgrade(url, MIGRATIONS)
    with SqlUnitOfWork(engine) as uow:
        organisation = uow.organisations.get("genci")
        roles = {
            account.role.value: member.role.value
            for member in uow.memberships.of("genci")
            if (account := uow.accounts.get(member.person)) is not None
        }
    assert organisation is not None
    assert organisation.kind == "partner"
    assert roles == {"partner": "administrator", "startup": "member", "curator": "member"}


def insert_account(engine: Engine, role: str, slug: str | None) -> None:
    """Write an account as the release before did."""
    row = {
        "id": str(uuid4()),
        "email": f"{role}@example.org",
        "password_hash": "x",
        "role": role,
        "organisation": slug,
        "scopes": "",
        "created_at": "2026-11-30 00:00:00.000000",
    }
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO account ({names}) VALUES ({values})"), row)
