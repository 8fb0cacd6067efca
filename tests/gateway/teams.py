"""What tests of organisations ask of the gateway again and again."""

from typing import Any

import httpx2
import orjson
from sqlalchemy import select
from tests.gateway.harness import Place

from aiff_gateway.shared.mail_tables import MAIL_LETTER
from aiff_gateway.shared.tables import AUDIT_ENTRY
from aiff_kit.db import open_engine, sqlite_url

Session = dict[str, str]


async def me(client: httpx2.AsyncClient, session: Session) -> dict[str, Any]:
    answer = await client.get("/v1/me", headers=session)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def act_for(client: httpx2.AsyncClient, session: Session, organisation: str) -> Session:
    path = "/v1/sessions/current/organisation"
    answer = await client.put(path, json={"organisation": organisation}, headers=session)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def found(
    client: httpx2.AsyncClient, session: Session, name: str = "Exaion", kind: str = "startup"
) -> str:
    answer = await client.post("/v1/teams", json={"name": name, "kind": kind}, headers=session)
    assert answer.status_code == 201, answer.text
    slug: str = answer.json()["organisation"]
    return slug


async def key_of(client: httpx2.AsyncClient, session: Session) -> dict[str, Any]:
    body = {"name": "feed", "scopes": ["offers:write"]}
    answer = await client.post("/v1/api-keys", json=body, headers=session)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def letters(place: Place, kind: str) -> list[dict[str, Any]]:
    """Return the facts of the letters of a kind, with whom they are to, oldest first."""
    engine = open_engine(sqlite_url(place.data / "gateway.db"))
    wanted = select(MAIL_LETTER).where(MAIL_LETTER.c.kind == kind).order_by(MAIL_LETTER.c.id)
    with engine.connect() as connection:
        rows = connection.execute(wanted).all()
    engine.dispose()
    return [{**orjson.loads(row.facts), "to": row.recipient} for row in rows]


def token_in(letter: dict[str, Any]) -> str:
    token: str = letter["path"].partition("#")[2]
    return token


def audited(place: Place) -> list[tuple[str, str | None, str | None]]:
    """Return kind, actor and subject of the log's entries, in order."""
    engine = open_engine(sqlite_url(place.data / "gateway.db"))
    table = AUDIT_ENTRY
    wanted = select(table.c.kind, table.c.actor, table.c.subject).order_by(table.c.position)
    with engine.connect() as connection:
        rows = [(row.kind, row.actor, row.subject) for row in connection.execute(wanted)]
    engine.dispose()
    return rows
