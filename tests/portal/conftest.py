"""The portal as the gateway calls it, over the real catalogue; matching holds the same offers."""

import os
from collections.abc import AsyncIterator, Iterator
from unittest.mock import patch

import httpx2
import pytest
from tests.catalog.support import NOW
from tests.matching.documents import published
from tests.matching.real_catalogue import real_catalogue
from tests.portal.backend import SECRET, Backend, open_catalogue

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.web import application as catalog_application
from aiff_kit.auth import ANONYMOUS, IDENTITY_HEADER, IdentitySigner
from aiff_kit.db import upgrade
from aiff_kit.testing import SettableClock
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.offers.application.rebuilding import ProjectionRebuild
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_portal.api.adapters import open_client
from aiff_portal.main.service import application


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    folder = tmp_path_factory.mktemp("portal")
    with patch.dict(os.environ, {"AIFF_DATA_DIR": str(folder), "CATALOG_ENCODER": "none"}):
        catalog = open_catalogue(folder)
    yield catalog
    catalog.close()


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
def backend(catalogue: Catalog) -> Backend:
    return Backend(catalog_application(catalogue, SECRET), "catalog")


@pytest.fixture
async def client(backend: Backend) -> AsyncIterator[httpx2.AsyncClient]:
    api = open_client("http://gateway", backend)
    app = application(api, SECRET, SettableClock(NOW), components=True)
    signer = IdentitySigner(SECRET)

    async def sign(request: httpx2.Request) -> None:
        if IDENTITY_HEADER not in request.headers:
            request.headers[IDENTITY_HEADER] = signer.sign(ANONYMOUS, "portal")

    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with (
        api,
        httpx2.AsyncClient(
            transport=transport, base_url="http://portal", event_hooks={"request": [sign]}
        ) as opened,
    ):
        yield opened
