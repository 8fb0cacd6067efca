"""What callers meet: headers on every answer that was counted, 429 in time, their own use."""

import pytest
from tests.gateway.harness import SECRET, Service, gateway_on

from aiff_gateway.accounts.domain.roles import Role
from aiff_kit.auth import ANONYMOUS, IDENTITY_HEADER, IdentitySigner

pytestmark = pytest.mark.enable_socket
SMALL = "address.search=2/minute, account.search=3/minute, organisation.search=4/minute"


@pytest.fixture
async def limited(tmp_path):
    async with gateway_on(tmp_path, behind=Service(), GATEWAY_LIMITS=SMALL) as place:
        yield place


async def searched(client, number, **headers):
    return await client.get(f"/v1/offers?q={number}", headers=headers)


async def test_a_stranger_is_told_the_limit_and_then_when_to_come_back(limited):
    async with limited.client as client:
        first = await searched(client, 1)
        assert first.headers["RateLimit-Policy"] == '"search";q=2;w=60'
        assert first.headers["RateLimit"].startswith('"search";r=1;t=')
        # What memory answers costs nothing and is not counted.
        assert "RateLimit" not in (await searched(client, 1)).headers
        await searched(client, 2)
        refused = await searched(client, 3)
        assert refused.status_code == 429
        assert refused.json()["type"] == "/problems/too-many-requests"
        assert 1 <= int(refused.headers["Retry-After"]) <= 120
        assert '"search";r=0;' in refused.headers["RateLimit"]
        # Other costs go on, and so does the search of whoever signs in.
        assert (await client.get("/v1/offers/jean-zay")).status_code == 200
        founder = await limited.sign_in(limited.add_account("f@example.org", Role.STARTUP))
        assert (await searched(client, 4, **founder)).status_code == 200
        limited.clock.advance(seconds=int(refused.headers["Retry-After"]))
        assert (await searched(client, 5)).status_code == 200


async def test_a_key_and_its_organisation_have_limits_of_their_own(limited):
    email = limited.add_account("ada@example.org", Role.PARTNER, "genci")
    other = limited.add_account("bob@example.org", Role.PARTNER, "genci")
    ada, bob = await limited.sign_in(email), await limited.sign_in(other)
    async with limited.client as client:
        told = (await searched(client, 1, **ada)).headers["RateLimit-Policy"]
        assert told.startswith('"search";q=3;w=60, "organisation-search')
        assert {(await searched(client, n, **ada)).status_code for n in (2, 3)} == {200}
        assert (await searched(client, 4, **ada)).status_code == 429
        assert (await searched(client, 5, **bob)).status_code == 200
        shared = await searched(client, 6, **bob)
        assert shared.status_code == 429
        assert '"organisation-search";r=0' in shared.headers["RateLimit"]
        usage = (await client.get("/v1/me/usage", headers=bob)).json()["items"]
        held = {(one["policy"], one["holder"]): one for one in usage}
        assert held["organisation-search", "organisation"]["used"] == 4
        quota = held["organisation-search-day", "organisation"]
        assert (quota["seconds"], quota["used"]) == (86_400, 4)
        assert held["search", "account"]["amount"] == 3


async def test_use_is_shown_to_whoever_is_signed_in(limited):
    async with limited.client as client:
        assert (await client.get("/v1/me/usage")).status_code == 401


async def test_pages_ask_for_their_readers_who_were_counted_already(limited):
    shown = {IDENTITY_HEADER: IdentitySigner(SECRET).sign(ANONYMOUS, "portal")}
    forged = {IDENTITY_HEADER: IdentitySigner(SECRET).sign(ANONYMOUS, "catalog")}
    async with limited.client as client:
        assert {(await searched(client, n, **shown)).status_code for n in range(5)} == {200}
        found = [(await searched(client, n, **forged)).status_code for n in range(10, 13)]
        assert found == [200, 200, 429]


async def test_health_and_static_files_are_never_refused(limited):
    async with limited.client as client:
        for number in range(4):
            await searched(client, number)
        assert (await client.get("/health/live")).status_code == 200
        assert "RateLimit" not in (await client.get("/static/x")).headers
