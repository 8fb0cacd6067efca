"""Auditors read the log; nobody else does, and nobody writes it."""

import pytest

from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.audit.domain import Entry
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_kit.db import open_engine, sqlite_url

OF_THIS_TEST = {"kind": "test.noted"}


@pytest.fixture
def noted(place):
    engine = open_engine(sqlite_url(place.data / "gateway.db"))
    with SqlUnitOfWork(engine) as uow:
        for number in range(5):
            at, organisation = place.clock.now, "genci" if number % 2 else "inria"
            entry = Entry(kind="test.noted", at=at, actor=f"w{number}", organisation=organisation)
            uow.audit.add(entry)
        uow.commit()
    engine.dispose()


async def test_the_log_is_for_auditors(client, place, curator, noted):
    assert (await client.get("/v1/audit")).status_code == 401
    signed_in = await place.sign_in(curator)
    assert (await client.get("/v1/audit", headers=signed_in)).status_code == 403
    auditor = await place.sign_in(place.add_account("au@example.org", Role.AUDITOR))
    read = await client.get("/v1/audit", params=OF_THIS_TEST, headers=auditor)
    assert read.status_code == 200
    assert [item["actor"] for item in read.json()["items"]] == ["w4", "w3", "w2", "w1", "w0"]
    for method in ("POST", "PUT", "DELETE"):
        assert (await client.request(method, "/v1/audit", headers=auditor)).status_code == 405


async def test_it_is_read_in_pages_and_by_what_is_sought(client, place, noted):
    auditor = await place.sign_in(place.add_account("au@example.org", Role.AUDITOR))
    asked = {**OF_THIS_TEST, "organisation": "inria", "limit": "2"}
    first = await client.get("/v1/audit", params=asked, headers=auditor)
    assert [item["actor"] for item in first.json()["items"]] == ["w4", "w2"]
    link = first.headers["Link"].partition(">")[0].lstrip("<")
    second = await client.get(link, headers=auditor)
    assert [item["actor"] for item in second.json()["items"]] == ["w0"]
    assert second.json()["next"] is None
    other = {"kind": "other.kind", "cursor": first.json()["next"]}
    assert (await client.get("/v1/audit", params=other, headers=auditor)).status_code == 400
    later = {**OF_THIS_TEST, "since": "2999-01-01T00:00:00Z"}
    assert (await client.get("/v1/audit", params=later, headers=auditor)).json()["items"] == []
    wrong = await client.get("/v1/audit", params={"since": "yesterday"}, headers=auditor)
    assert wrong.status_code == 400
