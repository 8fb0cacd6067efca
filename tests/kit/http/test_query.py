"""A route that reads its query itself answers as the framework does, whatever is sent."""

from typing import Annotated, Literal

import httpx2
import pytest
from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.routing import APIRoute
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from aiff_kit.http import QueryRoute


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = Field("", max_length=3)
    limit: int = Field(20, ge=1)
    colour: tuple[Literal["blue", "red"], ...] = Field(default=(), max_length=2)
    size: tuple[int, ...] | None = None
    is_new: bool = False


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    needed: str


class Renamed(BaseModel):
    limit: int = Field(20, alias="most")


def _app(route_class: type[APIRoute]) -> FastAPI:
    router, app = APIRouter(route_class=route_class), FastAPI()

    @router.get("/asked")
    async def asked(request: Request, parameters: Annotated[Asked, Query()]) -> Response:
        return _shown(request, parameters)

    @router.get("/open")
    async def open_(parameters: Annotated[Open, Query()], request: Request) -> Response:
        return _shown(request, parameters)

    @router.get("/renamed")
    async def renamed(request: Request, parameters: Annotated[Renamed, Query()]) -> Response:
        return _shown(request, parameters)

    @router.get("/guarded", dependencies=[Depends(_refused)])
    async def guarded(request: Request, parameters: Annotated[Asked, Query()]) -> Response:
        return _shown(request, parameters)

    @router.get("/plain")
    async def plain(parameters: Annotated[Asked, Query()]) -> dict[str, int]:
        return {"limit": parameters.limit}

    app.include_router(router)
    return app


def _refused(secret: str) -> str:
    return secret


def _shown(request: Request, parameters: BaseModel) -> Response:
    body = parameters.model_dump_json()
    return Response(body, headers={"Path": request.url.path}, media_type="application/json")


FRAMEWORK, OWN = _app(APIRoute), _app(QueryRoute)


async def _answer(app: FastAPI, path: str, query: list[tuple[str, str]]) -> tuple[int, object]:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://kit") as client:
        answer = await client.get(path, params=query)
    return answer.status_code, answer.json()


_NAMES = st.sampled_from([*Asked.model_fields, "needed", "most", "other", "secret", "Text"])
_VALUES = st.sampled_from(["", "1", "0", "-3", "blue", "red", "true", "é", "long text", "+"])


@given(
    st.sampled_from(["/asked", "/open", "/renamed", "/guarded", "/plain"]),
    st.lists(st.tuples(_NAMES, _VALUES), max_size=6),
)
async def test_a_query_is_read_as_the_framework_reads_it(path, query):
    assert await _answer(OWN, path, query) == await _answer(FRAMEWORK, path, query)


@pytest.mark.parametrize(
    ("query", "status"),
    [([("colour", "red"), ("colour", "blue")], 200), ([("colour", "green")], 422)],
)
async def test_alternatives_are_all_read_and_each_fault_is_named(query, status):
    found, answer = await _answer(OWN, "/asked", query)
    assert found == status
    if status == 200:
        assert answer["colour"] == ["red", "blue"]
    else:
        assert [fault["loc"] for fault in answer["detail"]] == [["query", "colour", 0]]


def test_both_are_described_alike():
    assert OWN.openapi() == FRAMEWORK.openapi()
