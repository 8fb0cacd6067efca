"""Everybody reads what they were sent, chooses their lists, and ends one with one click."""

from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import create_engine
from tests.gateway.harness import SECRET

from aiff_gateway.mail.domain.letters import Kind, Letter, MailingList
from aiff_gateway.mail.domain.tokens import MailSecrets, Unsubscription
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_kit.db import sqlite_url

SECRETS = MailSecrets(SECRET)


@pytest.fixture
def written(place, partner):
    engine = create_engine(sqlite_url(place.data / "gateway.db"))
    open_uow = partial(SqlUnitOfWork, engine)
    with open_uow() as uow:
        person: UUID = uow.accounts.by_email(partner).id
        for key in ("a", "b", "c"):
            kind = Kind.REVIEW_DECIDED
            uow.letters.add(Letter(kind=kind, to=partner, language="fr", key=key, person=person))
        uow.commit()
    engine.dispose()


async def test_nobody_reads_the_mail_of_nobody(client):
    for path in ("/v1/me/mail", "/v1/me/mail/lists"):
        assert (await client.get(path)).status_code == 401
    refused = await client.put("/v1/me/mail/lists/digest", json={"wanted": False})
    assert refused.status_code == 401


async def test_letters_are_shown_page_by_page_to_their_reader_alone(
    place, client, partner, curator, written
):
    mine, other = await place.sign_in(partner), await place.sign_in(curator)
    first = (await client.get("/v1/me/mail?limit=2", headers=mine)).json()
    assert [one["status"] for one in first["items"]] == ["waiting"] * 2
    rest = await client.get(f"/v1/me/mail?cursor={first['next']}", headers=mine)
    assert (len(rest.json()["items"]), rest.json()["next"]) == (1, None)
    assert (await client.get("/v1/me/mail", headers=other)).json()["items"] == []
    stolen = await client.get(f"/v1/me/mail?cursor={first['next']}", headers=other)
    assert stolen.status_code == 400


async def test_one_click_ends_a_list_and_its_reader_can_take_it_up_again(place, client, partner):
    mine = await place.sign_in(partner)
    token = SECRETS.token(Unsubscription(SECRETS.digest(partner), MailingList.DIGEST))
    address = f"/v1/mail/unsubscriptions/{token}"
    assert (await client.get(address)).json() == {"list": "digest", "wanted": True}
    clicked = await client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert clicked.status_code == 204
    chosen = (await client.get("/v1/me/mail/lists", headers=mine)).json()["items"]
    assert {one["list"]: one["wanted"] for one in chosen}["digest"] is False
    again = await client.put("/v1/me/mail/lists/digest", json={"wanted": True}, headers=mine)
    assert again.json() == {"list": "digest", "wanted": True}
    assert (await client.get(address)).json()["wanted"] is True


async def test_a_damaged_link_leads_nowhere(client):
    for token in ("x", "é", "A" * 60):
        assert (await client.post(f"/v1/mail/unsubscriptions/{token}")).status_code == 404
