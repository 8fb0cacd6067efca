"""Invitations, advisers and requests through the public address."""

import pytest
from tests.gateway.harness import Place
from tests.gateway.teams import act_for, audited, found, letters, me, token_in

from aiff_gateway.accounts.domain.roles import Role
from aiff_kit.auth import IDENTITY_HEADER

NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"
INVITATION, DECIDED = "organisation.invitation", "organisation.request_decided"
ROUTES = [
    ("POST", "/v1/teams/genci/invitations"),
    ("GET", "/v1/teams/genci/invitations"),
    ("DELETE", f"/v1/teams/genci/invitations/{NOBODY}"),
    ("POST", "/v1/teams/genci/advisers"),
    ("GET", "/v1/teams/genci/advisers"),
    ("PUT", f"/v1/teams/genci/advisers/{NOBODY}"),
    ("DELETE", f"/v1/teams/genci/advisers/{NOBODY}"),
    ("DELETE", "/v1/teams/genci/advising"),
    ("GET", "/v1/me/invitations"),
    ("POST", "/v1/me/invitations"),
    ("POST", "/v1/me/team-requests"),
    ("GET", "/v1/me/team-requests"),
    ("GET", "/v1/team-requests"),
    ("GET", f"/v1/team-requests/{NOBODY}"),
    ("PUT", f"/v1/team-requests/{NOBODY}/decision"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_an_anonymous_caller_is_401(client, method, path):
    body = {} if method in {"POST", "PUT"} else None
    assert (await client.request(method, path, json=body)).status_code == 401


@pytest.fixture
def bea(place: Place) -> str:
    return place.add_account("bea@example.org", Role.STARTUP)


@pytest.fixture
def eve(place: Place) -> str:
    return place.add_account("eve@example.org", Role.STARTUP)


async def invited(client, session, email, role="editor", team="genci"):
    path, body = f"/v1/teams/{team}/invitations", {"email": email, "role": role}
    return await client.post(path, json=body, headers=session)


async def accept(client, session, token):
    return await client.post("/v1/me/invitations", json={"token": token}, headers=session)


async def test_an_invitation_makes_whoever_holds_the_address_a_member(
    place, client, partner, bea, eve
):
    administrator = await place.sign_in(partner)
    answer = await invited(client, administrator, "BEA@example.org")
    assert (answer.status_code, answer.json()["state"]) == (201, "open")
    [letter] = letters(place, INVITATION)
    assert (letter["to"], letter["organisation"], letter["inviter"]) == (bea, "genci", partner)
    token = token_in(letter)
    assert token not in answer.text
    assert (await accept(client, await place.sign_in(eve), token)).status_code == 403
    theirs = await place.sign_in(bea)
    [seen] = (await client.get("/v1/me/invitations", headers=theirs)).json()["items"]
    assert (seen["organisation"], seen["role"]) == ("genci", "editor")
    assert (await accept(client, theirs, token)).status_code == 201
    assert (await accept(client, theirs, token)).status_code == 404
    acting = await act_for(client, theirs, "genci")
    assert "offers:write" in (await me(client, acting))["scopes"]
    kinds = [kind for kind, _, _ in audited(place)]
    assert [kind for kind in kinds if kind.startswith("invitation")] == [
        "invitation.made",
        "invitation.accepted",
    ]
    assert not any(token.encode() in path.read_bytes() for path in place.data.glob("*.log"))


async def test_an_invitation_ends_when_it_is_withdrawn_replaced_or_old(place, client, partner, bea):
    administrator, theirs = await place.sign_in(partner), await place.sign_in(bea)
    first = (await invited(client, administrator, bea)).json()
    await invited(client, administrator, bea, "member")
    one, two = (token_in(letter) for letter in letters(place, INVITATION))
    assert (await accept(client, theirs, one)).status_code == 404
    listed = await client.get("/v1/teams/genci/invitations", headers=administrator)
    assert [item["state"] for item in listed.json()["items"]] == ["open", "withdrawn"]
    second = listed.json()["items"][0]["id"]
    path = f"/v1/teams/genci/invitations/{second}"
    assert (await client.delete(path, headers=administrator)).status_code == 204
    assert (await accept(client, theirs, two)).status_code == 404
    await invited(client, administrator, bea)
    three = token_in(letters(place, INVITATION)[-1])
    flood = await invited(client, administrator, bea)
    assert flood.status_code == 409
    place.clock.advance(days=7)
    late = await accept(client, await place.sign_in(bea), three)
    assert late.status_code == 404
    assert "expired" in late.json()["detail"]
    again = f"/v1/teams/genci/invitations/{first['id']}"
    assert (await client.delete(again, headers=await place.sign_in(partner))).status_code == 404


async def test_only_administrators_invite(place, client, partner, bea, eve):
    administrator = await place.sign_in(partner)
    await invited(client, administrator, bea)
    theirs = await place.sign_in(bea)
    await accept(client, theirs, token_in(letters(place, INVITATION)[0]))
    editor = await act_for(client, theirs, "genci")
    assert (await invited(client, editor, eve)).status_code == 403
    stranger = await place.sign_in(eve)
    team = await found(client, stranger)
    founder = await act_for(client, stranger, team)
    assert (await invited(client, founder, eve)).status_code == 404


async def test_what_somebody_sent_ends_when_they_decide_no_longer(place, client, partner, eve):
    colleague = place.add_account("col@example.org", Role.PARTNER, "genci")
    await invited(client, await place.sign_in(colleague), eve, "administrator")
    path = f"/v1/teams/genci/members/{place.accounts.named(colleague).id}"
    body = {"role": "editor"}
    await client.put(path, json=body, headers=await place.sign_in(partner))
    token = token_in(letters(place, INVITATION)[0])
    assert (await accept(client, await place.sign_in(eve), token)).status_code == 404


async def advised(place: Place, client, founder: str, adviser: str, scopes: list[str]):
    """Return the team, the founder's session in it and the adviser's own session."""
    own = await place.sign_in(founder)
    team = await found(client, own)
    acting = await act_for(client, own, team)
    body = {"email": adviser, "scopes": scopes}
    path = f"/v1/teams/{team}/advisers"
    assert (await client.post(path, json=body, headers=acting)).status_code == 201
    session = await place.sign_in(adviser)
    token = token_in(letters(place, INVITATION)[-1])
    assert (await accept(client, session, token)).status_code == 201
    return team, acting, session


async def test_an_adviser_acts_within_what_was_named_and_as_themselves(place, client, bea, eve):
    team, _, session = await advised(place, client, bea, eve, ["startups:read"])
    acting = await act_for(client, session, team)
    seen = await me(client, acting)
    assert (seen["organisation"], seen["acting_for"], seen["scopes"]) == (
        None,
        team,
        ["startups:read"],
    )
    assert (await client.get(f"/v1/teams/{team}/members", headers=acting)).status_code == 404
    key = {"name": "n", "scopes": ["startups:read"]}
    assert (await client.post("/v1/api-keys", json=key, headers=acting)).status_code == 403
    await client.post("/v1/offers", json={}, headers=acting)
    caller = place.verifier.verify(place.catalog.last.headers[IDENTITY_HEADER])
    assert caller.subject == str(place.accounts.named(eve).id)
    assert (caller.tenant, caller.organisation, caller.acting_for) == (f"org:{team}", None, team)


async def test_an_adviser_is_limited_and_ended_within_five_seconds(place, client, bea, eve):
    scopes = ["startups:read", "startups:write"]
    team, founder, session = await advised(place, client, bea, eve, scopes)
    acting = await act_for(client, session, team)
    assert (await me(client, acting))["scopes"] == scopes
    path = f"/v1/teams/{team}/advisers/{place.accounts.named(eve).id}"
    narrower = {"scopes": ["startups:read"]}
    assert (await client.put(path, json=narrower, headers=founder)).status_code == 200
    place.clock.advance(seconds=5)
    assert (await me(client, acting))["scopes"] == ["startups:read"]
    assert (await client.delete(path, headers=founder)).status_code == 204
    place.clock.advance(seconds=5)
    after = await me(client, acting)
    assert (after["acting_for"], after["belongings"]) == (None, [])
    assert (await client.delete(path, headers=founder)).status_code == 404


async def test_an_adviser_gives_the_rights_back(place, client, bea, eve):
    team, _, session = await advised(place, client, bea, eve, ["startups:read"])
    path = f"/v1/teams/{team}/advising"
    assert (await client.delete(path, headers=session)).status_code == 204
    assert (await me(client, session))["belongings"] == []


@pytest.mark.parametrize("scope", ["teams:manage", "startups:transfer", "offers:publish"])
async def test_an_adviser_decides_nothing_about_who_else_acts(place, client, bea, eve, scope):
    session = await place.sign_in(bea)
    team = await found(client, session)
    body = {"email": eve, "scopes": [scope]}
    acting = await act_for(client, session, team)
    answer = await client.post(f"/v1/teams/{team}/advisers", json=body, headers=acting)
    assert answer.status_code == 422
    assert scope in answer.json()["detail"]


REASONS = "I run the allocation desk there; see the page of the team."


async def asked(place: Place, client, email: str):
    body = {"organisation": "genci", "reasons": REASONS}
    session = await place.sign_in(email)
    return await client.post("/v1/me/team-requests", json=body, headers=session)


async def test_an_approved_request_makes_the_partner_and_its_administrator(place, client, curator):
    dana = place.add_account("dana@genci.fr", Role.STARTUP)
    answer = await asked(place, client, dana)
    assert (answer.status_code, answer.json()["domain_matches"]) == (201, True)
    assert (await asked(place, client, dana)).status_code == 409
    session = await place.sign_in(curator)
    listed = await client.get("/v1/team-requests?state=open", headers=session)
    path = f"/v1/team-requests/{listed.json()['items'][0]['id']}"
    read = await client.get(path, headers=session)
    decision = {"decision": "approved", "reason": "Named on the team's page."}
    unread = await client.put(f"{path}/decision", json=decision, headers=session)
    assert unread.status_code == 428
    stale = {**session, "If-Match": '"7"'}
    assert (await client.put(f"{path}/decision", json=decision, headers=stale)).status_code == 412
    named = {**session, "If-Match": read.headers["ETag"]}
    decided = await client.put(f"{path}/decision", json=decision, headers=named)
    assert (decided.status_code, decided.json()["state"]) == (200, "approved")
    [letter] = letters(place, DECIDED)
    assert (letter["to"], letter["decision"]) == (dana, "approved")
    acting = await act_for(client, await place.sign_in(dana), "genci")
    assert {"offers:write", "teams:manage"} <= set((await me(client, acting))["scopes"])
    renewed = {**session, "If-Match": decided.headers["ETag"]}
    again = await client.put(f"{path}/decision", json=decision, headers=renewed)
    assert again.status_code == 409


async def test_a_refused_request_gives_nothing_and_says_why(place, client, curator, bea):
    answer = await asked(place, client, bea)
    session = {**await place.sign_in(curator), "If-Match": "*"}
    path = f"/v1/team-requests/{answer.json()['id']}/decision"
    decision = {"decision": "refused", "reason": "Nobody there knows you."}
    assert (await client.put(path, json=decision, headers=session)).status_code == 200
    theirs = await place.sign_in(bea)
    [own] = (await client.get("/v1/me/team-requests", headers=theirs)).json()["items"]
    assert (own["state"], own["decision_reason"]) == ("refused", "Nobody there knows you.")
    assert (await me(client, theirs))["belongings"] == []


async def test_only_what_is_listed_can_be_represented_and_only_curators_decide(
    place, client, partner, bea
):
    session = await place.sign_in(bea)
    body = {"organisation": "nobody-knows", "reasons": REASONS}
    answer = await client.post("/v1/me/team-requests", json=body, headers=session)
    assert answer.status_code == 422
    for shown in (session, await place.sign_in(partner)):
        assert (await client.get("/v1/team-requests", headers=shown)).status_code == 403
