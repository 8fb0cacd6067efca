"""The portal as the gateway calls it."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from aiff_kit.auth import ANONYMOUS, IdentitySigner
from aiff_portal.main.service import application
from aiff_portal.main.settings import PortalSettings

SECRET = "a secret that only this test knows, long enough"
PUBLIC = "https://services.example.org"


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    app = application(PortalSettings(AIFF_PUBLIC_URL=PUBLIC), SECRET)
    headers = {"X-AIFF-Identity": IdentitySigner(SECRET).sign(ANONYMOUS, "portal")}
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://portal", headers=headers
    ) as opened:
        yield opened
