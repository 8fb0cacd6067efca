"""Sessions: how long they last, who sees and ends them, and what holds back who guesses."""

from datetime import datetime, timedelta

import pytest
from tests.gateway.harness import PASSWORD, Place

from aiff_gateway.audit.application import Sought
from aiff_gateway.main.wiring.audit import audit_queries
from aiff_kit.db import open_engine, sqlite_url


async def signed_in(client, email: str, headers: dict[str, str] | None = None, **more) -> dict:
    used_on = more.pop("used_on", "program")
    body = {"email": email, "password": PASSWORD, "client": used_on, **more}
    answer = await client.post("/v1/sessions", json=body, headers=headers or {})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def fail(client, email: str, times: int, **more) -> list[int]:
    body = {"email": email, "password": "wrong", **more}
    return [(await client.post("/v1/sessions", json=body)).status_code for _ in range(times)]


def shown(session: dict) -> dict[str, str]:
    return {"Authorization": f"Bearer {session['token']}"}


def noted(place: Place, kind: str) -> list:
    engine = open_engine(sqlite_url(place.data / "gateway.db"))
    found = audit_queries(engine).newest(Sought(kind=kind), None, 100)
    engine.dispose()
    return [one.entry for one in found]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_an_anonymous_caller_has_no_sessions(client, method):
    assert (await client.request(method, "/v1/sessions")).status_code == 401


async def test_sessions_are_listed_with_where_and_when(place, client, partner):
    page = await signed_in(client, partner, used_on="page")
    program = await signed_in(client, partner)
    listed = (await client.get("/v1/sessions", headers=shown(program))).json()["items"]
    assert [(one["client"], one["current"]) for one in listed] == [
        ("program", True),
        ("page", False),
    ]
    assert {one["network"] for one in listed} == {"127.0.0.0/24"}
    assert listed[0]["last_used_at"] is not None
    assert page["token"] not in str(listed)


async def test_one_session_is_ended_and_the_others_go_on(client, partner):
    lost, kept = await signed_in(client, partner), await signed_in(client, partner)
    assert (await client.get("/v1/me", headers=shown(lost))).status_code == 200
    listed = (await client.get("/v1/sessions", headers=shown(kept))).json()["items"]
    [other] = [one for one in listed if not one["current"]]
    path = f"/v1/sessions/{other['id']}"
    assert (await client.delete(path, headers=shown(kept))).status_code == 204
    assert (await client.delete(path, headers=shown(kept))).status_code == 404
    assert (await client.get("/v1/me", headers=shown(lost))).status_code == 401
    assert (await client.get("/v1/me", headers=shown(kept))).status_code == 200


async def test_all_sessions_are_ended_at_once(client, partner):
    sessions = [await signed_in(client, partner) for _ in range(3)]
    assert (await client.delete("/v1/sessions", headers=shown(sessions[1]))).status_code == 204
    answers = [await client.get("/v1/me", headers=shown(one)) for one in sessions]
    assert [one.status_code for one in answers] == [401] * 3


async def test_somebody_elses_session_does_not_exist(client, partner, curator):
    theirs, own = await signed_in(client, partner), await signed_in(client, curator)
    [listed] = (await client.get("/v1/sessions", headers=shown(theirs))).json()["items"]
    answer = await client.delete(f"/v1/sessions/{listed['id']}", headers=shown(own))
    assert answer.status_code == 404
    assert (await client.get("/v1/me", headers=shown(theirs))).status_code == 200


async def test_a_sign_in_replaces_the_session_that_is_shown(client, partner):
    before = await signed_in(client, partner)
    after = await signed_in(client, partner, shown(before))
    assert (await client.get("/v1/me", headers=shown(before))).status_code == 401
    assert (await client.get("/v1/me", headers=shown(after))).status_code == 200


async def test_a_page_goes_on_while_somebody_comes_back_and_ends_after_a_month(
    place, client, partner
):
    session = await signed_in(client, partner, used_on="page")
    for _ in range(3):
        place.clock.advance(days=9)
        assert (await client.get("/v1/me", headers=shown(session))).status_code == 200
    place.clock.advance(days=3)
    assert (await client.get("/v1/me", headers=shown(session))).status_code == 401


async def test_a_page_that_nobody_visits_ends_after_a_fortnight(place, client, partner):
    session = await signed_in(client, partner, used_on="page")
    place.clock.advance(days=14)
    assert (await client.get("/v1/me", headers=shown(session))).status_code == 401


async def test_nobody_is_locked_out_by_the_malice_of_others(place, client, partner):
    """Behind one address: a hundred wrong tries on an account, its holder's device comes in."""
    known = await signed_in(client, partner)
    statuses = await fail(client, partner, 15)
    assert statuses == [401] * 10 + [429] * 5
    body = {"email": partner, "password": PASSWORD}
    assert (await client.post("/v1/sessions", json=body)).status_code == 429
    assert (await signed_in(client, partner, device=known["device"]))["device"] == known["device"]


async def test_a_known_device_has_tries_of_its_own(client, partner, curator):
    mark = (await signed_in(client, partner))["device"]
    assert await fail(client, partner, 11, device=mark) == [401] * 10 + [429]
    # It is no mark of anybody else's, and what it may do ends with its own failures.
    assert await fail(client, curator, 1, device=mark) == [401]
    await signed_in(client, curator, device=mark)


async def test_right_passwords_do_not_count(client, partner):
    for _ in range(12):
        await signed_in(client, partner)
    await fail(client, partner, 9)
    await signed_in(client, partner)
    assert await fail(client, partner, 10) == [401] * 10


async def test_waits_grow_and_hold_at_every_gateway(place, client, partner):
    await fail(client, partner, 10)
    body = {"email": partner, "password": "wrong"}
    waits = []
    for _ in range(4):
        answer = await client.post("/v1/sessions", json=body)
        assert answer.status_code == 429
        waits.append(int(answer.headers["Retry-After"]))
        place.clock.advance(seconds=waits[-1])
        assert (await client.post("/v1/sessions", json=body)).status_code == 401
    assert waits == [15, 30, 60, 120]


async def test_sign_ins_failures_and_lock_outs_leave_a_trace_without_an_address(
    place, client, partner
):
    await signed_in(client, partner)
    await fail(client, partner, 12)
    await fail(client, "nobody@example.org", 1)
    person = str(place.accounts.named(partner).id)
    [opened] = noted(place, "session.opened")
    assert (opened.actor, opened.address) == (person, "127.0.0.0/24")
    refused = noted(place, "session.refused")
    assert [one.subject for one in refused] == [None] + [person] * 10
    [locked] = noted(place, "account.locked")
    assert locked.subject == person
    assert "@" not in str([opened, *refused, locked])


async def test_a_revoked_session_is_not_listed(place, client, partner):
    gone = await signed_in(client, partner)
    await client.delete("/v1/sessions/current", headers=shown(gone))
    place.clock.advance(hours=1)
    session = await signed_in(client, partner)
    listed = (await client.get("/v1/sessions", headers=shown(session))).json()["items"]
    [only] = listed
    assert datetime.fromisoformat(only["expires_at"]) <= place.clock.now + timedelta(hours=12)
