"""Organisations through the public address: founding, acting for them, roles, leaving."""

import pytest
from tests.gateway.harness import Place
from tests.gateway.teams import act_for, found, key_of, me

from aiff_gateway.accounts.domain.roles import Role
from aiff_kit.auth import IDENTITY_HEADER

NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"
ROUTES = [
    ("POST", "/v1/teams"),
    ("GET", "/v1/teams"),
    ("GET", "/v1/teams/genci/members"),
    ("PUT", f"/v1/teams/genci/members/{NOBODY}"),
    ("DELETE", f"/v1/teams/genci/members/{NOBODY}"),
    ("DELETE", "/v1/teams/genci/membership"),
    ("PUT", "/v1/sessions/current/organisation"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_an_anonymous_caller_is_401(client, method, path):
    body = {} if method in {"POST", "PUT"} else None
    assert (await client.request(method, path, json=body)).status_code == 401


@pytest.fixture
def colleague(place: Place) -> str:
    return place.add_account("bea@example.org", Role.PARTNER, "genci")


@pytest.fixture
def founder(place: Place) -> str:
    return place.add_account("flo@example.org", Role.STARTUP)


async def test_a_founder_acts_for_the_organisation_under_a_new_token(place, client, founder):
    session = await place.sign_in(founder)
    slug = await found(client, session)
    before = await me(client, session)
    assert (before["organisation"], before["belongings"][0]["role"]) == (None, "administrator")
    acting = await act_for(client, session, slug)
    assert (await client.get("/v1/me", headers=session)).status_code == 401
    after = await me(client, acting)
    assert after["organisation"] == slug
    assert {"startups:write", "teams:manage", "keys:manage"} <= set(after["scopes"])
    await client.post("/v1/offers", json={}, headers=acting)
    caller = place.verifier.verify(place.catalog.last.headers[IDENTITY_HEADER])
    assert caller.tenant == f"org:{slug}"


async def test_who_founded_something_still_signs_in_as_themselves(place, client, founder):
    await found(client, await place.sign_in(founder))
    session = await place.sign_in(founder)
    assert (await me(client, session))["organisation"] is None


async def test_the_next_session_acts_for_whom_the_last_one_did(place, client, founder):
    session = await place.sign_in(founder)
    slug = await found(client, session)
    await act_for(client, session, slug)
    assert (await me(client, await place.sign_in(founder)))["organisation"] == slug


async def test_nobody_founds_a_partner_or_acts_for_strangers(place, client, founder, partner):
    session = await place.sign_in(founder)
    body = {"name": "GENCI", "kind": "partner"}
    refused = await client.post("/v1/teams", json=body, headers=session)
    assert refused.status_code == 422
    assert "ask to represent" in refused.json()["detail"]
    path = "/v1/sessions/current/organisation"
    for slug in ("genci", "nobody-knows"):
        answer = await client.put(path, json={"organisation": slug}, headers=session)
        assert answer.status_code == 403


async def test_members_are_seen_by_members_only(place, client, partner, colleague, founder):
    seen = await client.get("/v1/teams/genci/members", headers=await place.sign_in(colleague))
    assert [one["email"] for one in seen.json()["items"]] == [partner, colleague]
    hidden = await client.get("/v1/teams/genci/members", headers=await place.sign_in(founder))
    assert hidden.status_code == 404


async def test_a_member_who_is_made_less_may_do_less_within_five_seconds(
    place, client, partner, colleague
):
    administrator, theirs = await place.sign_in(partner), await place.sign_in(colleague)
    assert "offers:write" in (await me(client, theirs))["scopes"]
    path = f"/v1/teams/genci/members/{place.accounts.named(colleague).id}"
    answer = await client.put(path, json={"role": "member"}, headers=administrator)
    assert answer.json()["role"] == "member"
    place.clock.advance(seconds=5)
    assert (await me(client, theirs))["scopes"] == ["offers:history"]
    again = await client.put(path, json={"role": "administrator"}, headers=theirs)
    assert again.status_code == 403


async def test_the_last_administrator_stays(place, client, partner):
    session = await place.sign_in(partner)
    own = f"/v1/teams/genci/members/{place.accounts.named(partner).id}"
    for answer in (
        await client.put(own, json={"role": "editor"}, headers=session),
        await client.delete(own, headers=session),
        await client.delete("/v1/teams/genci/membership", headers=session),
    ):
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/last-administrator"


async def test_who_leaves_opens_nothing_there_any_more(place, client, partner, colleague):
    theirs = await place.sign_in(colleague)
    key = {"X-API-Key": (await key_of(client, theirs))["token"]}
    assert (await me(client, key))["organisation"] == "genci"
    left = await client.delete("/v1/teams/genci/membership", headers=theirs)
    assert left.status_code == 204
    assert (await client.get("/v1/me", headers=key)).status_code == 401
    place.clock.advance(seconds=5)
    own = await me(client, theirs)
    assert (own["organisation"], own["belongings"]) == (None, [])
    assert "offers:write" not in own["scopes"]


async def test_keys_pass_to_a_successor_who_answers_for_them(place, client, partner, colleague):
    administrator, theirs = await place.sign_in(partner), await place.sign_in(colleague)
    made = await key_of(client, theirs)
    successor = str(place.accounts.named(partner).id)
    path = f"/v1/teams/genci/members/{place.accounts.named(colleague).id}"
    wrong = await client.delete(f"{path}?successor={NOBODY}", headers=administrator)
    assert wrong.status_code == 422
    answer = await client.delete(f"{path}?successor={successor}", headers=administrator)
    assert answer.status_code == 204
    assert (await me(client, {"X-API-Key": made["token"]}))["subject"] == successor
    [kept] = (await client.get("/v1/api-keys", headers=administrator)).json()["items"]
    assert (kept["id"], kept["person"], kept["revoked_at"]) == (
        made["key"]["id"],
        successor,
        None,
    )


async def test_administrators_see_and_revoke_all_keys_of_theirs(place, client, partner, colleague):
    made = await key_of(client, await place.sign_in(colleague))
    administrator = await place.sign_in(partner)
    listed = (await client.get("/v1/api-keys", headers=administrator)).json()["items"]
    assert [(one["id"], one["organisation"]) for one in listed] == [(made["key"]["id"], "genci")]
    path = f"/v1/api-keys/{made['key']['id']}"
    assert (await client.delete(path, headers=administrator)).status_code == 204
    key = {"X-API-Key": made["token"]}
    assert (await client.get("/v1/me", headers=key)).status_code == 401


async def test_a_key_shrinks_with_its_owner(place, client, partner, colleague):
    made = await key_of(client, await place.sign_in(colleague))
    path = f"/v1/teams/genci/members/{place.accounts.named(colleague).id}"
    await client.put(path, json={"role": "member"}, headers=await place.sign_in(partner))
    assert (await me(client, {"X-API-Key": made["token"]}))["scopes"] == []


async def test_keys_act_for_one_organisation_and_manage_no_team(place, client, partner):
    made = await key_of(client, await place.sign_in(partner))
    key = {"X-API-Key": made["token"]}
    path = "/v1/sessions/current/organisation"
    assert (await client.put(path, json={"organisation": None}, headers=key)).status_code == 403
    paths = ("/v1/teams", "/v1/teams/genci/members", "/v1/teams/genci/invitations")
    for path in (*paths, "/v1/teams/genci/advisers", "/v1/me/invitations", "/v1/me/team-requests"):
        assert (await client.get(path, headers=key)).status_code == 403
    assert (await client.delete("/v1/teams/genci/membership", headers=key)).status_code == 403
