"""Getting an account, getting back into it, and changing it: through the public address."""

import statistics
import time

import pytest
from sqlalchemy import select
from tests.gateway.harness import PASSWORD, Place
from tests.gateway.letters import letters

from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.shared.account_tables import ACCOUNT_LINK
from aiff_gateway.shared.tables import ACCOUNT
from aiff_kit.db import open_engine, sqlite_url

FOUNDER = "founder@example.org"
ANOTHER = "another correct horse battery"


async def ask(client, path: str, email: str, **more):
    answer = await client.post(path, json={"email": email, **more})
    assert (answer.status_code, answer.content) == (202, b"")


async def open_account(place: Place, client, email: str = FOUNDER) -> dict:
    await ask(client, "/v1/accounts", email)
    body = {"token": letters(place)[-1].token, "password": PASSWORD}
    answer = await client.post("/v1/accounts:confirm", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def sign_in(client, email: str, password: str = PASSWORD) -> int:
    answer = await client.post("/v1/sessions", json={"email": email, "password": password})
    return answer.status_code


async def test_a_founder_signs_up_alone(place, client):
    await ask(client, "/v1/accounts", " Founder@Example.ORG ", language="en")
    [letter] = letters(place)
    assert (letter.kind, letter.to, letter.language) == ("account.confirm", FOUNDER, "en")
    assert letter.facts["path"].startswith("/en/account/confirm#")
    assert await sign_in(client, FOUNDER) == 401
    body = {"token": letter.token, "password": PASSWORD}
    opened = await client.post("/v1/accounts:confirm", json=body)
    assert opened.status_code == 201
    assert (opened.json()["email"], opened.json()["language"]) == (FOUNDER, "en")
    me = await client.get("/v1/me/account", headers=await place.sign_in(FOUNDER))
    assert me.json() == opened.json()


async def test_a_link_works_once_and_for_two_days(place, client):
    await open_account(place, client)
    body = {"token": letters(place)[-1].token, "password": PASSWORD}
    assert (await client.post("/v1/accounts:confirm", json=body)).status_code == 410
    await ask(client, "/v1/accounts", "late@example.org")
    place.clock.advance(hours=48)
    body = {"token": letters(place)[-1].token, "password": PASSWORD}
    answer = await client.post("/v1/accounts:confirm", json=body)
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/link-refused")


@pytest.mark.parametrize("path", ["/v1/accounts:confirm", "/v1/password-resets:complete"])
@pytest.mark.parametrize("token", ["x", "A" * 43])
async def test_a_link_that_was_never_made_opens_nothing(client, path, token):
    answer = await client.post(path, json={"token": token, "password": PASSWORD})
    assert answer.status_code == 410


async def test_a_link_for_one_thing_does_no_other(place, client, partner):
    await ask(client, "/v1/password-resets", partner)
    token = letters(place)[-1].token
    answer = await client.post("/v1/accounts:confirm", json={"token": token, "password": ANOTHER})
    assert answer.status_code == 410
    assert (await client.post("/v1/me/address:confirm", json={"token": token})).status_code == 410


async def test_a_weak_password_leaves_the_link_good(place, client):
    await ask(client, "/v1/accounts", FOUNDER)
    token = letters(place)[-1].token
    for weak in ("password1234", "founder2026!!", "trop court"):
        body = {"token": token, "password": weak}
        answer = await client.post("/v1/accounts:confirm", json=body)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/password-refused")
    body = {"token": token, "password": PASSWORD}
    assert (await client.post("/v1/accounts:confirm", json=body)).status_code == 201


async def test_whoever_has_an_account_is_told_so_by_mail_alone(place, client, partner):
    await ask(client, "/v1/accounts", partner)
    await ask(client, "/v1/accounts", partner)
    assert [(one.kind, one.to) for one in letters(place)] == [("account.exists", partner)]
    assert await sign_in(client, partner) == 201


@pytest.mark.parametrize("path", ["/v1/accounts", "/v1/password-resets"])
async def test_known_and_unknown_addresses_get_the_same_answer_in_the_same_time(
    place, client, path
):
    known = [place.add_account(f"known{n}@example.org", Role.STARTUP) for n in range(12)]
    unknown = [f"unknown{n}@example.org" for n in range(12)]

    async def seconds(emails: list[str]) -> float:
        times = []
        for email in emails:
            begun = time.perf_counter()
            await ask(client, path, email)
            times.append(time.perf_counter() - begun)
        return statistics.median(times)

    first, second = await seconds(known), await seconds(unknown)
    assert 1 / 3 < first / second < 3


async def test_nobody_is_flooded_with_links(place, client, partner):
    for email in (partner, "nobody@example.org"):
        for _ in range(8):
            await ask(client, "/v1/password-resets", email)
    assert [one.to for one in letters(place)] == [partner] * 5
    place.clock.advance(hours=1, seconds=1)
    await ask(client, "/v1/password-resets", partner)
    assert len(letters(place)) == 6


async def test_a_reset_ends_every_session_and_every_other_link(place, client, partner):
    session = await place.sign_in(partner)
    for _ in range(2):
        await ask(client, "/v1/password-resets", partner)
    first, second = (one.token for one in letters(place))
    body = {"token": second, "password": ANOTHER}
    assert (await client.post("/v1/password-resets:complete", json=body)).status_code == 204
    assert (await client.get("/v1/me", headers=session)).status_code == 401
    assert await sign_in(client, partner) == 401
    assert await sign_in(client, partner, ANOTHER) == 201
    body = {"token": first, "password": PASSWORD}
    assert (await client.post("/v1/password-resets:complete", json=body)).status_code == 410
    assert letters(place)[-1].kind == "account.password_changed"


async def test_a_reset_brings_back_who_was_made_to_wait(place, client, partner):
    for _ in range(10):
        assert await sign_in(client, partner, "wrong") == 401
    assert await sign_in(client, partner) == 429
    await ask(client, "/v1/password-resets", partner)
    body = {"token": letters(place)[-1].token, "password": ANOTHER}
    assert (await client.post("/v1/password-resets:complete", json=body)).status_code == 204
    assert await sign_in(client, partner, ANOTHER) == 201


async def test_a_new_password_ends_other_sessions_and_changes_the_token(place, client, partner):
    elsewhere, here = await place.sign_in(partner), await place.sign_in(partner)
    answer = await client.put("/v1/me/password", json={"password": ANOTHER}, headers=here)
    assert answer.status_code == 200, answer.text
    for ended in (elsewhere, here):
        assert (await client.get("/v1/me", headers=ended)).status_code == 401
    following = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert (await client.get("/v1/me", headers=following)).status_code == 200
    assert await sign_in(client, partner, ANOTHER) == 201
    assert letters(place)[-1].kind == "account.password_changed"


async def test_what_opens_an_account_changes_only_after_a_fresh_sign_in(place, client, partner):
    session = await place.sign_in(partner)
    place.clock.advance(minutes=16)
    calls = [
        client.put("/v1/me/password", json={"password": ANOTHER}, headers=session),
        client.post("/v1/me/address", json={"email": "new@example.org"}, headers=session),
    ]
    for call in calls:
        answer = await call
        assert (answer.status_code, answer.json()["type"]) == (
            403,
            "/problems/fresh-sign-in-needed",
        )
    assert letters(place) == []


async def test_an_address_changes_by_the_new_one_and_both_are_told(place, client, partner):
    session = await place.sign_in(partner)
    body = {"email": "Ada.New@example.org"}
    assert (await client.post("/v1/me/address", json=body, headers=session)).status_code == 202
    asked = letters(place)[-1]
    assert (asked.kind, asked.to) == ("account.address", "ada.new@example.org")
    assert (await client.get("/v1/me/account", headers=session)).json()["email"] == partner
    confirmed = await client.post("/v1/me/address:confirm", json={"token": asked.token})
    assert confirmed.status_code == 204
    told = [one.to for one in letters(place) if one.kind == "account.address_changed"]
    assert sorted(told) == ["ada.new@example.org", partner]
    assert await sign_in(client, "ada.new@example.org") == 201
    assert await sign_in(client, partner) == 401


async def test_the_address_of_somebody_else_is_told_to_them_alone(place, client, partner, curator):
    session = await place.sign_in(partner)
    answer = await client.post("/v1/me/address", json={"email": curator}, headers=session)
    assert (answer.status_code, answer.content) == (202, b"")
    assert [(one.kind, one.to) for one in letters(place)] == [("account.exists", curator)]


async def test_letters_come_in_the_language_that_somebody_chose(place, client, partner):
    session = await place.sign_in(partner)
    chosen = await client.put("/v1/me/language", json={"language": "en"}, headers=session)
    assert chosen.json()["language"] == "en"
    await ask(client, "/v1/password-resets", partner)
    assert letters(place)[-1].language == "en"


async def test_an_anonymous_caller_changes_nothing(client):
    calls = [
        client.get("/v1/me/account"),
        client.put("/v1/me/language", json={"language": "fr"}),
        client.put("/v1/me/password", json={"password": ANOTHER}),
        client.post("/v1/me/address", json={"email": "new@example.org"}),
    ]
    assert [(await call).status_code for call in calls] == [401] * 4


async def test_neither_tokens_nor_passwords_are_kept(place, client):
    await ask(client, "/v1/accounts", FOUNDER)
    token = letters(place)[-1].token
    engine = open_engine(sqlite_url(place.data / "gateway.db"))
    with engine.connect() as connection:
        assert token not in str(connection.execute(select(ACCOUNT_LINK)).all())
    body = {"token": token, "password": PASSWORD}
    await client.post("/v1/accounts:confirm", json=body)
    with engine.connect() as connection:
        assert connection.execute(select(ACCOUNT_LINK)).all() == []
        assert PASSWORD not in str(connection.execute(select(ACCOUNT)).all())
    engine.dispose()
