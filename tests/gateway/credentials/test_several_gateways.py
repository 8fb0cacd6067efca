"""Two gateways on one database: what one ends, the other forgets within five seconds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tests.gateway.harness import PASSWORD

from aiff_gateway.accounts.application.accounts import AddAccount
from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.credentials.adapters.store import SqlCredentialLookup
from aiff_gateway.credentials.application.api_keys import (
    ApiKeys,
    CreateKey,
    KeyManager,
    RotateKey,
)
from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.main.wiring.accounts import account_administration
from aiff_gateway.organisations.adapters.standings import SqlStandings
from aiff_gateway.organisations.application.teams import GiveRole, Leave, Place, Teams
from aiff_gateway.organisations.domain.organisations import MemberRole
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.db import open_engine, sqlite_url, upgrade
from aiff_kit.testing import SettableClock


class Gateway:
    """As much of a gateway as recognises callers and changes who may do what."""

    def __init__(self, url: str, clock: SettableClock) -> None:
        self.engine: Engine = open_engine(url)
        self.open = partial(SqlUnitOfWork, self.engine)
        self.clock = clock
        self.keys, self.teams = ApiKeys(self.open, clock), Teams(self.open, clock)
        lookup = SqlCredentialLookup(self.engine, SqlStandings)
        self.authenticator = Authenticator(lookup, self.open, clock)

    def scopes(self, token: str) -> set[str] | None:
        """Return what a token opens here, as the edge asks: from memory where it was seen."""
        known, caller = self.authenticator.remembered(token)
        if not known:
            caller = self.authenticator.identify(token)
        return None if caller is None else {scope.value for scope in caller.principal.scopes}


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 12, 1, tzinfo=UTC))


@pytest.fixture
def pair(tmp_path: Path, clock: SettableClock) -> Iterator[tuple[Gateway, Gateway]]:
    url = sqlite_url(tmp_path / "gateway.db")
    upgrade(url, MIGRATIONS)
    both = Gateway(url, clock), Gateway(url, clock)
    yield both
    for one in both:
        one.engine.dispose()


@pytest.fixture
def people(pair: tuple[Gateway, Gateway], clock: SettableClock) -> list[KeyManager]:
    accounts = account_administration(pair[0].engine, clock)
    emails = ("ada@example.org", "bea@example.org")
    added = [accounts.add(AddAccount(one, PASSWORD, Role.PARTNER, "genci")) for one in emails]
    return [KeyManager(one.id, "genci") for one in added]


def test_a_key_that_one_revokes_ends_at_the_other(pair, people, clock):
    here, there = pair
    made = here.keys.create(CreateKey(people[0], "feed", ("offers:write",)))
    assert there.scopes(made.token) == {"offers:write"}
    here.keys.revoke(people[0], made.credential.id)
    clock.advance(seconds=5)
    assert there.scopes(made.token) is None


def test_a_role_that_one_takes_narrows_keys_at_the_other(pair, people, clock):
    here, there = pair
    wanted = ("offers:history", "offers:write")
    made = here.keys.create(CreateKey(people[1], "feed", wanted))
    assert there.scopes(made.token) == set(wanted)
    place = Place("genci", people[1].person)
    here.teams.give_role(GiveRole(place, MemberRole.MEMBER, people[0].person))
    clock.advance(seconds=5)
    assert there.scopes(made.token) == {"offers:history"}
    here.teams.leave(Leave(place, people[0].person))
    clock.advance(seconds=5)
    assert there.scopes(made.token) is None


def test_no_call_fails_while_a_key_is_rotated(pair, people, clock):
    here, there = pair
    shown = here.keys.create(CreateKey(people[0], "feed", ("offers:write",)))
    token, opened = shown.token, []
    for hour in range(60):
        if hour == 10:
            rotated = here.keys.rotate(RotateKey(people[0], shown.credential.id))
        if hour == 30:  # The program takes the new key within the overlap of 24 hours.
            token = rotated.issued.token
        opened.append((here.scopes(token), there.scopes(token)))
        clock.advance(hours=1)
    assert set(map(str, opened)) == {str(({"offers:write"}, {"offers:write"}))}
    assert here.scopes(shown.token) is None
