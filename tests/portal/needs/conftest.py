"""The pages of a need over matching, which holds the real catalogue."""

from collections.abc import Iterator

import httpx2
import pytest
from tests.catalog.support import NOW
from tests.matching.documents import published
from tests.matching.real_catalogue import real_catalogue
from tests.portal.backend import SECRET, Backend
from tests.portal.needs.forms import Screen

from aiff_kit.db import upgrade
from aiff_kit.testing import SettableClock
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.main.web import application
from aiff_matching.offers.application.rebuilding import ProjectionRebuild
from aiff_matching.shared.migrations import MIGRATIONS


@pytest.fixture(scope="session")
def matching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matching]:
    folder = tmp_path_factory.mktemp("portal-matching")
    settings = MatchingSettings(AIFF_DATA_DIR=folder, MATCHING_DATABASE_URL=None)
    upgrade(settings.database_url, MIGRATIONS)
    clock = SettableClock(NOW)
    service = Matching(settings, clock)
    offers = [published(candidate.offer) for candidate in real_catalogue().candidates]
    ProjectionRebuild(service.base.unit_of_work, lambda: iter(offers), clock).run()
    service.offers.catalogue.current()
    yield service
    service.close()


@pytest.fixture
def backend(matching: Matching) -> Backend:
    return Backend(application(matching, SECRET), "matching")


@pytest.fixture
def screen(client: httpx2.AsyncClient) -> Screen:
    """What a reader without scripts does: open, fill in, press."""
    return Screen(client)
