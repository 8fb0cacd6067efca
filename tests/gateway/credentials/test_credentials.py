"""Accounts, sessions and keys through the public address."""

import statistics
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Table
from tests.gateway.harness import PASSWORD, Place
from tests.gateway.teams import audited

from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.credentials.application.api_keys import CreateKey, KeyManager
from aiff_gateway.edge.entrypoints.http.problems import CREDENTIAL_IN_ADDRESS
from aiff_gateway.shared.tables import ACCOUNT, CREDENTIAL
from aiff_gateway.shared.tokens import digest_of
from aiff_kit.auth import IDENTITY_HEADER, Scope
from aiff_kit.db import open_engine, sqlite_url

CREDENTIALS = [
    {"Authorization": "Basic YWRhOnB3"},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer nonsense"},
    {"Authorization": f"Bearer aiff_s_00000000_{'A' * 43}"},
    {"X-API-Key": f"aiff_k_00000000_{'A' * 43}"},
    {"X-API-Key": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0."},
]


OF_PARTNER = {"introductions:answer", "offers:history", "offers:write", "startups:find"}
MANAGING = {"keys:manage", "teams:manage"}


def manager(place: Place, email: str) -> KeyManager:
    return KeyManager(place.accounts.named(email).id, "genci")


@pytest.mark.parametrize("path", ["/v1/me", "/v1/api-keys"])
async def test_an_anonymous_caller_is_401(client, path):
    answer = await client.get(path)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["type"] == "/problems/unauthenticated"


async def test_an_anonymous_caller_makes_and_revokes_nothing(client):
    body = {"name": "n", "scopes": ["offers:write"]}
    assert (await client.post("/v1/api-keys", json=body)).status_code == 401
    path = "/v1/api-keys/01890a5d-ac96-774b-bcce-b302099a8057"
    assert (await client.delete(path)).status_code == 401
    assert (await client.delete("/v1/sessions/current")).status_code == 401


@pytest.mark.parametrize("shown", CREDENTIALS)
async def test_a_credential_that_opens_nothing_is_401_even_for_public_reads(place, client, shown):
    for path in ("/v1/offers", "/v1/me"):
        answer = await client.get(path, headers=shown)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json()["type"] == "/problems/credential-refused"
    assert place.catalog.requests == []


async def test_two_credentials_at_once_are_refused(place, client, partner):
    session = await place.sign_in(partner)
    answer = await client.get("/v1/me", headers={**session, "X-API-Key": "other"})
    assert answer.status_code == 400


async def test_signing_in_opens_what_the_role_may_do(place, client, partner):
    me = (await client.get("/v1/me", headers=await place.sign_in(partner))).json()
    assert me["organisation"] == "genci"
    assert me["scopes"] == sorted(OF_PARTNER | MANAGING)
    assert "offers:write" in me["scopes"]
    assert "offers:publish" not in me["scopes"]
    assert me["credential"] == "session"


def frozen_scopes(place: Place, table: Table, scopes: str) -> None:
    """Write what an earlier release kept: the scopes of the day when the row was made."""
    engine = open_engine(sqlite_url(place.data / "gateway.db"))
    with engine.begin() as connection:
        connection.execute(table.update().values(scopes=scopes))
    engine.dispose()


async def test_an_account_made_before_a_scope_was_added_gains_it(place, client, partner):
    frozen_scopes(place, ACCOUNT, "offers:write")
    session = await place.sign_in(partner)
    frozen_scopes(place, CREDENTIAL, "keys:manage offers:write")
    me = (await client.get("/v1/me", headers=session)).json()
    assert me["scopes"] == sorted(OF_PARTNER | MANAGING)
    key = {"name": "n", "scopes": ["startups:find"]}
    assert (await client.post("/v1/api-keys", json=key, headers=session)).status_code == 201


async def test_an_account_whose_role_lost_a_scope_loses_it_with_its_keys(place, client, partner):
    token = (await make_key(place, client, partner))["token"]
    frozen_scopes(place, ACCOUNT, "offers:publish offers:write")
    frozen_scopes(place, CREDENTIAL, "offers:publish offers:write")
    by_key = (await client.get("/v1/me", headers={"X-API-Key": token})).json()
    assert by_key["scopes"] == ["offers:write"]
    session = await place.sign_in(partner)
    assert "offers:publish" not in (await client.get("/v1/me", headers=session)).json()["scopes"]
    wanted = {"name": "n", "scopes": ["offers:publish"]}
    assert (await client.post("/v1/api-keys", json=wanted, headers=session)).status_code == 403


async def test_the_email_may_be_written_in_any_case(place, partner):
    assert await place.sign_in(partner.upper())


async def test_the_service_learns_who_calls(place: Place, client, partner):
    session = await place.sign_in(partner)
    await client.post("/v1/offers", json={}, headers=session)
    caller = place.verifier.verify(place.catalog.last.headers[IDENTITY_HEADER])
    assert (caller.organisation, caller.may(Scope.OFFERS_WRITE)) == ("genci", True)
    assert "authorization" not in place.catalog.last.headers


@pytest.mark.parametrize(
    ("email", "password"),
    [("ada@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("no e-mail", PASSWORD)],
)
async def test_a_wrong_sign_in_never_tells_what_was_wrong(client, partner, email, password):
    answer = await client.post("/v1/sessions", json={"email": email, "password": password})
    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/sign-in-failed"
    assert answer.json()["detail"] == "E-mail and password do not fit."


async def test_an_unknown_account_takes_as_long_as_a_wrong_password(client, partner):
    async def seconds(email: str) -> float:
        times = []
        for _ in range(4):
            begun = time.perf_counter()
            await client.post("/v1/sessions", json={"email": email, "password": "wrong"})
            times.append(time.perf_counter() - begun)
        return statistics.median(times)

    known, unknown = await seconds(partner), await seconds("nobody@example.org")
    assert unknown > known / 3


async def test_guessing_is_slowed_down_and_ends_with_time(place, client, partner):
    body = {"email": partner, "password": "wrong"}
    for _ in range(10):
        assert (await client.post("/v1/sessions", json=body)).status_code == 401
    answer = await client.post("/v1/sessions", json={**body, "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    place.clock.advance(seconds=901)
    assert await place.sign_in(partner)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"email": "ada@example.org"}, "/password"),
        ({"email": "ada@example.org", "password": "x", "role": "curator"}, "/role"),
        ({"email": 1, "password": "x"}, "/email"),
    ],
)
async def test_a_malformed_sign_in_names_the_field(client, body, pointer):
    answer = await client.post("/v1/sessions", json=body)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


async def test_repeated_keys_in_a_body_are_400(client):
    answer = await client.post(
        "/v1/sessions",
        content=b'{"email": "a@b.fr", "email": "c@d.fr", "password": "x"}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 400


async def test_signing_out_ends_the_session_at_once(place, client, partner):
    session = await place.sign_in(partner)
    assert (await client.delete("/v1/sessions/current", headers=session)).status_code == 204
    assert (await client.get("/v1/me", headers=session)).status_code == 401


async def test_a_session_ends_by_itself(place, client, partner):
    session = await place.sign_in(partner)
    assert (await client.get("/v1/me", headers=session)).status_code == 200
    place.clock.advance(hours=12)
    assert (await client.get("/v1/me", headers=session)).status_code == 401


async def make_key(place: Place, client, email: str, **more) -> dict:
    body = {"name": "portal", "scopes": ["offers:write"], **more}
    answer = await client.post("/v1/api-keys", json=body, headers=await place.sign_in(email))
    assert answer.status_code == 201, answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.json()


@pytest.mark.parametrize("header", ["X-API-Key", "Authorization"])
async def test_a_key_works_in_either_header(place, client, partner, header):
    token = (await make_key(place, client, partner))["token"]
    shown = {header: token if header == "X-API-Key" else f"Bearer {token}"}
    me = (await client.get("/v1/me", headers=shown)).json()
    assert (me["credential"], me["scopes"]) == ("api_key", ["offers:write"])


async def test_a_token_is_shown_once_and_not_kept(place, client, partner):
    made = await make_key(place, client, partner)
    listed = await client.get("/v1/api-keys", headers=await place.sign_in(partner))
    assert made["token"] not in listed.text
    assert listed.json()["items"][0]["prefix"] == made["key"]["prefix"]
    assert made["token"].startswith(made["key"]["prefix"])
    secret = made["token"].encode()
    assert not any(secret in path.read_bytes() for path in place.data.iterdir())


@pytest.mark.parametrize("scope", ["offers:publish", "keys:manage", "startups:read"])
async def test_a_key_never_holds_more_than_its_owner_or_manages_keys(place, client, partner, scope):
    body = {"name": "n", "scopes": [scope]}
    session = await place.sign_in(partner)
    answer = await client.post("/v1/api-keys", json=body, headers=session)
    assert answer.status_code == 403
    assert scope in answer.json()["detail"]


async def test_a_key_cannot_make_keys(place, client, partner):
    key = {"X-API-Key": (await make_key(place, client, partner))["token"]}
    body = {"name": "n", "scopes": ["offers:write"]}
    assert (await client.post("/v1/api-keys", json=body, headers=key)).status_code == 403


async def test_a_key_ends_when_it_was_said_to_end(place, client, partner):
    until = (place.clock.now + timedelta(hours=1)).isoformat()
    key = {"X-API-Key": (await make_key(place, client, partner, expires_at=until))["token"]}
    assert (await client.get("/v1/me", headers=key)).status_code == 200
    place.clock.advance(hours=1)
    assert (await client.get("/v1/me", headers=key)).status_code == 401


FAR = "9999-12-31T23:59:59-23:59"


@pytest.mark.parametrize("until", ["2020-01-01T00:00:00Z", "2030-01-01T00:00:00", "soon", FAR])
async def test_an_end_in_the_past_too_far_or_without_a_zone_is_422(place, client, partner, until):
    body = {"name": "n", "scopes": ["offers:write"], "expires_at": until}
    session = await place.sign_in(partner)
    assert (await client.post("/v1/api-keys", json=body, headers=session)).status_code == 422


async def test_a_key_that_another_gateway_revoked_ends_within_five_seconds(place, client, partner):
    made = await make_key(place, client, partner)
    key = {"X-API-Key": made["token"]}
    assert (await client.get("/v1/me", headers=key)).status_code == 200
    owner = manager(place, partner)
    [kept] = place.keys.of(owner)
    place.keys.revoke(owner, kept.id)
    place.clock.advance(seconds=5)
    assert (await client.get("/v1/me", headers=key)).status_code == 401


async def test_a_revoked_key_ends_here_at_once(place, client, partner):
    made = await make_key(place, client, partner)
    key, session = {"X-API-Key": made["token"]}, await place.sign_in(partner)
    assert (await client.get("/v1/me", headers=key)).status_code == 200
    path = f"/v1/api-keys/{made['key']['id']}"
    assert (await client.delete(path, headers=session)).status_code == 204
    assert (await client.get("/v1/me", headers=key)).status_code == 401


async def test_somebody_elses_key_does_not_exist(place, client, partner, curator):
    made = await make_key(place, client, partner)
    path = f"/v1/api-keys/{made['key']['id']}"
    answer = await client.delete(path, headers=await place.sign_in(curator))
    assert answer.status_code == 404
    assert (await client.get("/v1/me", headers={"X-API-Key": made["token"]})).status_code == 200


async def test_the_use_of_a_key_is_noted(place, client, partner):
    made = await make_key(place, client, partner)
    await client.get("/v1/me", headers={"X-API-Key": made["token"]})
    [kept] = place.keys.of(manager(place, partner))
    assert kept.last_used_at is not None


async def test_an_account_has_a_bounded_number_of_live_keys(place, client, partner):
    owner = manager(place, partner)
    for number in range(50):
        command = CreateKey(owner, str(number), ("offers:write",), datetime.now(UTC) + timedelta(1))
        place.keys.create(command)
    body = {"name": "n", "scopes": ["offers:write"]}
    session = await place.sign_in(partner)
    assert (await client.post("/v1/api-keys", json=body, headers=session)).status_code == 409


@pytest.mark.parametrize("role", Role)
async def test_every_role_signs_in_and_manages_its_keys(place, client, role):
    email = place.add_account(f"{role}@example.org", role, "some-organisation")
    session = await place.sign_in(email)
    assert (await client.get("/v1/api-keys", headers=session)).json() == {"items": []}


async def rotated(client, session, key_id: str, **wish) -> dict:
    path = f"/v1/api-keys/{key_id}/rotate"
    answer = await client.post(path, json=wish, headers=session)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_rotated_key_works_beside_its_successor_for_the_overlap(place, client, partner):
    made, session = await make_key(place, client, partner), await place.sign_in(partner)
    answer = await rotated(client, session, made["key"]["id"], overlap_hours=1)
    assert answer["key"]["scopes"] == made["key"]["scopes"]
    old, new = {"X-API-Key": made["token"]}, {"X-API-Key": answer["token"]}
    place.clock.advance(minutes=59)
    for key in (old, new):
        assert (await client.get("/v1/me", headers=key)).status_code == 200
    place.clock.advance(minutes=2)
    assert (await client.get("/v1/me", headers=old)).status_code == 401
    assert (await client.get("/v1/me", headers=new)).status_code == 200


async def test_a_leaked_key_is_rotated_without_overlap(place, client, partner):
    made, session = await make_key(place, client, partner), await place.sign_in(partner)
    old = {"X-API-Key": made["token"]}
    assert (await client.get("/v1/me", headers=old)).status_code == 200
    await rotated(client, session, made["key"]["id"], overlap_hours=0)
    assert (await client.get("/v1/me", headers=old)).status_code == 401
    path = f"/v1/api-keys/{made['key']['id']}/rotate"
    assert (await client.post(path, json={}, headers=session)).status_code == 409


async def test_a_successor_lives_as_long_as_the_key_was_made_for(place, client, partner):
    until = (place.clock.now + timedelta(days=30)).isoformat()
    made = await make_key(place, client, partner, expires_at=until)
    place.clock.advance(hours=10)
    session = await place.sign_in(partner)
    answer = await rotated(client, session, made["key"]["id"])
    ends, begun = (datetime.fromisoformat(answer["key"][f"{n}_at"]) for n in ("expires", "created"))
    assert timedelta(days=29, hours=23) < ends - begun <= timedelta(days=30)
    replaced = datetime.fromisoformat(answer["replaced"]["expires_at"])
    assert replaced == begun + timedelta(hours=24)


@pytest.mark.parametrize("hours", [-1, 169, 1.5, "1"])
async def test_an_overlap_is_bounded(place, client, partner, hours):
    made, session = await make_key(place, client, partner), await place.sign_in(partner)
    path = f"/v1/api-keys/{made['key']['id']}/rotate"
    answer = await client.post(path, json={"overlap_hours": hours}, headers=session)
    assert answer.status_code == 422


async def test_a_key_of_an_earlier_release_still_opens(place, client, partner):
    made = await make_key(place, client, partner)
    token = made["token"][:-6]
    engine = open_engine(sqlite_url(place.data / "gateway.db"))
    with engine.begin() as connection:
        change = CREDENTIAL.update().where(CREDENTIAL.c.prefix == made["key"]["prefix"])
        connection.execute(change.values(digest=digest_of(token)))
    engine.dispose()
    assert (await client.get("/v1/me", headers={"X-API-Key": token})).status_code == 200


async def test_what_becomes_of_a_key_is_in_the_audit_log(place, client, partner):
    made, session = await make_key(place, client, partner), await place.sign_in(partner)
    await rotated(client, session, made["key"]["id"])
    await client.delete(f"/v1/api-keys/{made['key']['id']}", headers=session)
    person = str(place.accounts.named(partner).id)
    noted = [entry for entry in audited(place) if entry[0].startswith("key.")]
    kinds = ("key.made", "key.rotated", "key.revoked")
    assert noted == [(kind, person, made["key"]["id"]) for kind in kinds]


@pytest.mark.parametrize("address", ["/v1/me?key={}", "/v1/offers?q=x&x={}", "/v1/offers/{}"])
async def test_a_key_in_an_address_is_refused_and_had_better_be_rotated(
    place, client, partner, address
):
    token = (await make_key(place, client, partner))["token"]
    answer = await client.get(address.format(token))
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/credential-in-address"
    assert "rotate this one" in CREDENTIAL_IN_ADDRESS.mend_en
