"""The portal as the gateway calls it, over the real catalogue."""

import os
from collections.abc import AsyncIterator, Iterator
from unittest.mock import patch

import httpx2
import pytest
from tests.catalog.support import NOW
from tests.portal.backend import SECRET, Backend, open_catalogue

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.web import application as catalog_application
from aiff_kit.auth import ANONYMOUS, IdentitySigner
from aiff_kit.testing import SettableClock
from aiff_portal.api.adapters import open_client
from aiff_portal.main.service import application


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    folder = tmp_path_factory.mktemp("portal")
    with patch.dict(os.environ, {"AIFF_DATA_DIR": str(folder), "CATALOG_ENCODER": "none"}):
        catalog = open_catalogue(folder)
    yield catalog
    catalog.close()


@pytest.fixture
def backend(catalogue: Catalog) -> Backend:
    return Backend(catalog_application(catalogue, SECRET), "catalog")


@pytest.fixture
async def client(backend: Backend) -> AsyncIterator[httpx2.AsyncClient]:
    api = open_client("http://gateway", backend)
    app = application(api, SECRET, SettableClock(NOW), components=True)
    headers = {"X-AIFF-Identity": IdentitySigner(SECRET).sign(ANONYMOUS, "portal")}
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with (
        api,
        httpx2.AsyncClient(
            transport=transport, base_url="http://portal", headers=headers
        ) as opened,
    ):
        yield opened
