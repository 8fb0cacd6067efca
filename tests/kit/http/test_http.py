from contextlib import ExitStack
from typing import Annotated, Literal

import httpx2
import pytest
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse

from aiff_contracts.offer import Money
from aiff_kit.auth import IdentitySigner, IdentityVerifier, Principal, Scope, requires
from aiff_kit.db import new_metadata, open_engine, sqlite_url
from aiff_kit.http import (
    CursorSigner,
    IdempotencyStore,
    StrictRoute,
    idempotency_table,
    idempotent,
    match_version,
    service_app,
)
from aiff_kit.problems import NOT_FOUND, UNAVAILABLE, Problem

SECRET = "s" * 40
Writer = Annotated[Principal, requires(Scope.OFFERS_WRITE)]


class Filters(BaseModel):
    model_config = ConfigDict(extra="forbid")
    limit: int = 20
    colour: tuple[Literal["blue", "red"], ...] = ()


class MissingError(Exception):
    pass


class AwayError(Exception):
    pass


def routes(store) -> APIRouter:
    router = APIRouter(route_class=StrictRoute)
    made: list[int] = []

    @router.get("/things")
    def things(filters: Annotated[Filters, Query()]):
        return {"limit": filters.limit}

    @router.get("/missing")
    def missing():
        raise MissingError("there is no such thing")

    @router.get("/away")
    def away():
        raise AwayError("postgresql://user:hidden@db/kit refused")

    @router.get("/broken")
    def broken():
        raise RuntimeError("a secret text")

    @router.put("/things/1")
    def put(request: Request, body: Money, writer: Writer):
        return {"version": match_version(request)}

    @router.post("/things")
    async def post(request: Request, body: Money, writer: Writer):
        raw = await request.body()

        def run():
            made.append(1)
            return JSONResponse({"made": len(made)}, 201)

        return idempotent(request, writer, store, raw, run)

    return router


@pytest.fixture
def engine(tmp_path):
    made = open_engine(sqlite_url(tmp_path / "kit.db"))
    yield made
    made.dispose()


@pytest.fixture
async def client(engine):
    metadata = new_metadata()
    table = idempotency_table(metadata)
    metadata.create_all(engine)
    app = service_app(
        "kit",
        [routes(IdempotencyStore(engine, table))],
        {MissingError: NOT_FOUND, AwayError: UNAVAILABLE},
        IdentityVerifier(SECRET, "kit"),
    )
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://kit") as made:
        yield made


def identity(*scopes: Scope, audience: str = "kit", secret: str = SECRET, now=None):
    principal = Principal("key:1", "acme", frozenset(scopes))
    return {"x-aiff-identity": IdentitySigner(secret).sign(principal, audience, now)}


@pytest.fixture
def writer():
    return identity(Scope.OFFERS_WRITE)


async def test_a_call_that_did_not_come_through_the_gateway_is_refused(client):
    answer = await client.get("/things")
    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/not-through-gateway"


@pytest.mark.parametrize(
    "headers",
    [
        {"x-aiff-identity": "nonsense"},
        identity(audience="other"),
        identity(secret="t" * 40),
        identity(now=1_000_000_000),
        {"x-aiff-identity": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."},
    ],
)
async def test_a_forged_identity_is_refused(client, headers):
    assert (await client.get("/things", headers=headers)).status_code == 401


async def test_a_caller_without_the_scope_is_refused(client):
    answer = await client.post("/things", json={"amount": "1"}, headers=identity())
    assert answer.status_code == 403
    assert "offers:write" in answer.json()["detail"]


async def test_every_answer_carries_the_request_id(client, writer):
    answer = await client.get("/things", headers={**writer, "x-request-id": "req-12345678"})
    assert answer.headers["x-request-id"] == "req-12345678"
    odd = await client.get("/things", headers={**writer, "x-request-id": "a b"})
    assert odd.headers["x-request-id"] != "a b"


async def test_unknown_and_wrong_parameters_are_400_with_pointers(client, writer):
    answer = await client.get("/things?limit=many&shape=round", headers=writer)
    assert answer.status_code == 400
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"/limit", "/shape"}


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("colour=pink", ["/colour"]),
        ("colour=blue&colour=pink", ["/colour/1"]),
        ("colour=pink&colour=blue&limit=2&colour=grey", ["/colour/0", "/colour/2"]),
        ("limit=many&limit=more", ["/limit"]),
        ("shape=round&shape=flat", ["/shape"]),
    ],
)
async def test_a_wrong_value_of_a_repeated_parameter_is_told_by_its_place(
    client, writer, query, pointers
):
    answer = await client.get(f"/things?{query}", headers=writer)
    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == pointers


async def test_a_body_with_unknown_and_wrong_fields_is_422_with_pointers(client, writer):
    answer = await client.post("/things", json={"amount": "-1", "x": 1}, headers=writer)
    assert answer.status_code == 422
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"/amount", "/x"}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_body_that_is_not_json_is_415(client, writer):
    answer = await client.post("/things", content=b"amount=1", headers=writer)
    assert answer.status_code == 415


async def test_a_domain_error_becomes_its_problem_and_an_unknown_one_says_nothing(client, writer):
    missing = await client.get("/missing", headers=writer)
    assert (missing.status_code, missing.json()["detail"]) == (404, "there is no such thing")
    broken = await client.get("/broken", headers=writer)
    assert broken.status_code == 500
    assert "secret" not in broken.text


def assert_unavailable_without_a_word_why(answer):
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert answer.json()["type"] == "/problems/unavailable"
    assert answer.json()["detail"] == "Try again after the time in Retry-After."


async def test_what_is_unavailable_says_when_to_come_again_and_nothing_of_the_inside(
    client, writer
):
    assert_unavailable_without_a_word_why(await client.get("/away", headers=writer))


async def test_a_repeatable_write_without_a_free_connection_can_be_repeated_later(
    client, writer, engine, monkeypatch
):
    monkeypatch.setattr(engine.pool, "_timeout", 0.01)
    request = {"json": {"amount": "1"}, "headers": {**writer, "idempotency-key": "k-1"}}
    with ExitStack() as busy:
        for _ in range(engine.pool.size() + engine.pool._max_overflow):
            busy.enter_context(engine.connect())
        assert_unavailable_without_a_word_why(await client.post("/things", **request))
    assert (await client.post("/things", **request)).status_code == 201


async def test_a_refused_method_names_all_methods_of_the_path(client, writer):
    answer = await client.request("DELETE", "/things", headers=writer)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


async def test_titles_follow_the_language_of_the_caller(client, writer):
    french = await client.get("/nowhere", headers={**writer, "accept-language": "fr-FR,en;q=0.5"})
    english = await client.get("/nowhere", headers={**writer, "accept-language": "en"})
    assert (french.json()["title"], english.json()["title"]) == ("Introuvable", "Not found")


async def test_the_same_idempotency_key_replays_and_another_body_is_refused(client, writer):
    headers = {**writer, "idempotency-key": "k-1"}
    first = await client.post("/things", json={"amount": "1"}, headers=headers)
    again = await client.post("/things", json={"amount": "1"}, headers=headers)
    assert (
        (first.status_code, first.json()) == (again.status_code, again.json()) == (201, {"made": 1})
    )
    assert again.headers["idempotency-replayed"] == "true"
    other = await client.post("/things", json={"amount": "2"}, headers=headers)
    assert other.status_code == 422


async def test_a_write_needs_the_version_it_changes(client, writer):
    body = {"amount": "1"}
    assert (await client.put("/things/1", json=body, headers=writer)).status_code == 428
    named = await client.put("/things/1", json=body, headers={**writer, "if-match": '"7-open"'})
    assert named.json() == {"version": 7}
    odd = await client.put("/things/1", json=body, headers={**writer, "if-match": '"x"'})
    assert odd.status_code == 412


def test_a_cursor_works_only_with_its_filters_and_unaltered():
    signer = CursorSigner(SECRET)
    cursor = signer.encode([1.5, "slug"], {"kind": ["compute"]})
    assert signer.decode(cursor, {"kind": ["compute"]}) == [1.5, "slug"]
    for bad, filters in [
        (cursor, {"kind": ["funding"]}),
        (cursor[:-2] + "AA", {"kind": ["compute"]}),
        ("é", {}),
        ("", {}),
    ]:
        with pytest.raises(Problem):
            signer.decode(bad, filters)
