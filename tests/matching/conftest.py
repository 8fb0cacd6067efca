"""A migrated service on a database of its own, and callers of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.callers import call_as
from tests.described import committed
from tests.matching.documents import NOW

from aiff_kit.auth import ANONYMOUS, Principal, Scope
from aiff_kit.db import upgrade
from aiff_kit.testing import SettableClock
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.main.web import NAME, application
from aiff_matching.shared.migrations import MIGRATIONS

SECRET = "a secret of thirty-two characters!"
OWNER = Principal("alice", "acme", frozenset({Scope.STARTUPS_READ, Scope.STARTUPS_WRITE}))
STRANGER = Principal("bob", "other", frozenset({Scope.STARTUPS_READ, Scope.STARTUPS_WRITE}))


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest schema, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("matching")
    settings = MatchingSettings(AIFF_DATA_DIR=folder, MATCHING_DATABASE_URL=None)
    upgrade(settings.database_url, MIGRATIONS)
    return folder / "matching.db"


@pytest.fixture
def matching(migrated: Path, tmp_path: Path, clock: SettableClock) -> Iterator[Matching]:
    shutil.copy(migrated, tmp_path)
    settings = MatchingSettings(AIFF_DATA_DIR=tmp_path, MATCHING_DATABASE_URL=None)
    service = Matching(settings, clock)
    yield service
    service.close()


@pytest.fixture
def client_of(matching: Matching) -> Callable[[Principal], TestClient]:
    app = application(matching, SECRET)

    def client(principal: Principal) -> TestClient:
        made = TestClient(app, raise_server_exceptions=False)
        call_as(made, principal, SECRET, NAME)
        committed().watch(made)
        return made

    return client


@pytest.fixture
def anonymous(client_of: Callable[[Principal], TestClient]) -> TestClient:
    return client_of(ANONYMOUS)


@pytest.fixture
def owner(client_of: Callable[[Principal], TestClient]) -> TestClient:
    return client_of(OWNER)


@pytest.fixture
def stranger(client_of: Callable[[Principal], TestClient]) -> TestClient:
    return client_of(STRANGER)
