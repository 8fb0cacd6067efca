"""What the gateway's tests stand on."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from tests.gateway.harness import Place, gateway_on

from aiff_gateway.accounts.domain.roles import Role


@pytest.fixture
async def place(tmp_path: Path, socket_enabled: None) -> AsyncIterator[Place]:
    async with gateway_on(tmp_path) as found:
        yield found


@pytest.fixture
async def client(place: Place) -> AsyncIterator[httpx2.AsyncClient]:
    async with place.client as opened:
        yield opened


@pytest.fixture
def partner(place: Place) -> str:
    return place.add_account("ada@example.org", Role.PARTNER, "genci")


@pytest.fixture
def curator(place: Place) -> str:
    return place.add_account("cy@example.org", Role.CURATOR)
