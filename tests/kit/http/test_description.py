"""What the API document says of errors, rights and headers."""

from datetime import time
from typing import Annotated

import pytest
from fastapi import APIRouter
from pydantic import BaseModel

from aiff_kit.auth import IdentityVerifier, Principal, Scope, requires
from aiff_kit.http import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_MATCH_WHERE_SENT,
    IF_NONE_MATCH,
    sent_with,
    service_app,
)

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


class Opening(BaseModel):
    at: time


@pytest.fixture
def document():
    router = APIRouter()

    @router.get("/things", responses={410: {"description": "Gone."}})
    def list_things(limit: int = 20):
        return limit

    @router.get("/things/{thing}", openapi_extra=sent_with(IF_NONE_MATCH))
    def read_thing(thing: int):
        return thing

    @router.put("/things/{thing}", openapi_extra=sent_with(IF_MATCH))
    def replace_thing(
        thing: int, body: Opening, writer: Annotated[Principal, requires(Scope.OFFERS_WRITE)]
    ):
        return thing, body, writer

    @router.delete(
        "/things/{thing}",
        openapi_extra=sent_with(IF_MATCH_WHERE_SENT, IDEMPOTENCY_KEY),
        dependencies=[requires(Scope.OFFERS_PUBLISH)],
    )
    def delete_thing(thing: int):
        return thing

    return service_app("kit", [router], {}, IdentityVerifier("s" * 40, "kit")).openapi()


def answers(document, method, path="/things/{thing}"):
    return set(document["paths"][path][method]["responses"])


def test_each_operation_names_the_errors_to_expect(document):
    always = {"200", "400", "401", "503", "default"}
    assert answers(document, "get", "/things") == always | {"410"}
    assert answers(document, "get") == always | {"304", "404"}
    body = {"413", "415", "422"}
    assert answers(document, "put") == always | body | {"403", "404", "412", "428"}
    assert answers(document, "delete") == always | {"403", "404", "412", "422"}


def test_every_error_is_a_problem_document_and_none_is_the_framework_s(document):
    shared = document["components"]["responses"]
    for operation in document["paths"]["/things/{thing}"].values():
        for status, answer in operation["responses"].items():
            if status == "default" or int(status) >= 400:
                name = answer.get("$ref", "").rpartition("/")[2]
                assert shared.get(name, answer)["content"] == PROBLEM
    assert document["paths"]["/things"]["get"]["responses"]["410"]["content"] == PROBLEM
    assert {"HTTPValidationError", "ValidationError"}.isdisjoint(document["components"]["schemas"])


def test_an_operation_says_which_scope_it_needs(document):
    operations = document["paths"]["/things/{thing}"]
    scopes = [{"apiKey": ["offers:write"]}, {"bearer": ["offers:write"]}]
    assert operations["put"]["security"] == scopes
    assert operations["delete"]["security"][0] == {"apiKey": ["offers:publish"]}
    assert "security" not in operations["get"]


def test_an_operation_is_called_as_its_function_and_names_its_headers(document):
    operation = document["paths"]["/things/{thing}"]["put"]
    assert operation["operationId"] == "replace_thing"
    headers = {one["name"]: one["required"] for one in operation["parameters"]}
    assert headers == {"thing": True, "If-Match": True}


def test_a_time_of_day_has_no_offset(document):
    at = document["components"]["schemas"]["Opening"]["properties"]["at"]
    assert "format" not in at
    assert at["pattern"]
