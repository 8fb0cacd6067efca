"""The page of a check over the catalogue and matching, which hold the same real offers."""

import httpx2
import pytest
from tests.portal.backend import SECRET, Backend

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.web import application as catalog_application
from aiff_matching.main.matching import Matching
from aiff_matching.main.web import application as matching_application


class Both(Backend):
    """Sends what matching answers to matching, as the gateway does."""

    def __init__(self, catalogue: Catalog, matching: Matching) -> None:
        super().__init__(catalog_application(catalogue, SECRET), "catalog")
        self.matching = Backend(matching_application(matching, SECRET), "matching")

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/v1/matches" and self.instead is None:
            self.asked.append(request)
            return await self.matching.handle_async_request(request)
        return await super().handle_async_request(request)


@pytest.fixture
def backend(catalogue: Catalog, matching: Matching) -> Backend:
    return Both(catalogue, matching)
