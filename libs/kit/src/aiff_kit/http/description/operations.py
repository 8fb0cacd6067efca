"""What the API document says of every operation besides its own answers.

The errors that it may answer with, which are all problem documents; the scope that it needs; and
the headers that a change is sent with.
"""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from threading import Lock
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from aiff_kit.auth.dependencies import ScopeCheck
from aiff_kit.auth.principal import Scope
from aiff_kit.http.description.headers import (
    ANSWER_HEADERS,
    IF_NONE_MATCH,
    Header,
    describe_answer_headers,
    headers_of_error,
)
from aiff_kit.http.description.schemas import say_plainly
from aiff_kit.problems import MEDIA_TYPE, PROBLEM_SCHEMA, REGISTRY

Operation = dict[str, Any]

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
# What the framework says of its own faults, which no client ever sees.
_FRAMEWORK_SCHEMAS = ("HTTPValidationError", "ValidationError")
# By status: the name of the answer among the document's components, and what it means.
_ERRORS: Mapping[int, tuple[str, str]] = {
    400: ("BadRequest", "The address, a header or the JSON of the body cannot be understood."),
    401: ("Unauthenticated", "Nobody is signed in, or the credential is not valid."),
    403: ("Forbidden", "The caller does not have the scope."),
    404: ("NotFound", "There is nothing at this address that the caller may see."),
    412: ("PreconditionFailed", "The object has another version than If-Match names."),
    413: ("ContentTooLarge", "The body is too large."),
    415: ("UnsupportedMediaType", "The media type of the body is not taken."),
    422: ("Invalid", "The body holds faults: `errors` lists each with its place."),
    428: ("PreconditionRequired", "If-Match is missing."),
    503: ("Unavailable", "Out of reach for a moment; come back after the time in Retry-After."),
}
_ALWAYS = (400, 401, 503)
_WITH_BODY = (413, 415, 422)


def sent_with(*headers: Header) -> dict[str, Any]:
    """Return the `openapi_extra` of a route that reads these headers."""
    return {"parameters": list(headers)}


def describe(app: FastAPI) -> None:
    """Make the application's OpenAPI document tell the truth about errors and rights."""
    plain, lock = app.openapi, Lock()

    def openapi() -> dict[str, Any]:
        # Two threads may ask first; neither may see it half made.
        with lock:
            made = app.openapi_schema is not None
            document = plain()
            if not made:
                _complete(app, document)
            return document

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(app: FastAPI, document: dict[str, Any]) -> None:
    for operation, path, scope in _operations(app, document):
        _describe_errors(operation, path, needs_scope=scope is not None)
        if scope is not None:
            operation["security"] = [{"apiKey": [scope]}, {"bearer": [scope]}]
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in _FRAMEWORK_SCHEMAS:
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM_SCHEMA
    components["headers"] = dict(ANSWER_HEADERS)
    components["responses"] = {
        name: _response(text) | headers_of_error(status) for status, (name, text) in _ERRORS.items()
    }
    say_plainly(document)
    document["x-problem-types"] = {
        kind.slug: {
            "status": kind.status,
            "title": {"fr": kind.title_fr, "en": kind.title_en},
            "mend": {"fr": kind.mend_fr, "en": kind.mend_en},
        }
        for kind in REGISTRY.values()
    }


def _operations(
    app: FastAPI, document: Mapping[str, Any]
) -> Iterator[tuple[Operation, str, Scope | None]]:
    """Yield each operation that the document has, with its path and the scope that it needs."""
    for route in iter_route_contexts(app.routes):
        path = route.path_format or ""
        for method in route.methods or ():
            if operation := document["paths"].get(path, {}).get(method.lower()):
                yield operation, path, _scope_of(route.dependant)


def _scope_of(dependant: Dependant) -> Scope | None:
    if isinstance(dependant.call, ScopeCheck):
        return dependant.call.scope
    scopes = map(_scope_of, dependant.dependencies)
    return next((scope for scope in scopes if scope is not None), None)


def _describe_errors(operation: Operation, path: str, *, needs_scope: bool) -> None:
    """Name the errors to be expected; whatever else goes wrong is a problem document too."""
    answers = operation["responses"]
    if _is_framework_fault(answers.get("422", {})):
        del answers["422"]
    for status, answer in answers.items():
        if int(status) >= HTTPStatus.BAD_REQUEST:
            answer.setdefault("content", {MEDIA_TYPE: {"schema": _PROBLEM}})
    expected = _expected(operation, path, needs_scope=needs_scope)
    for status in sorted(expected):
        name, _ = _ERRORS[status]
        answers.setdefault(str(status), {"$ref": f"#/components/responses/{name}"})
    if IF_NONE_MATCH in operation.get("parameters", ()):
        answers.setdefault("304", {"description": "The client holds the newest version."})
    answers["default"] = _response("Any other error.")
    describe_answer_headers(operation)


def _expected(operation: Operation, path: str, *, needs_scope: bool) -> set[int]:
    expected = {*_ALWAYS, *(_WITH_BODY if "requestBody" in operation else ())}
    if needs_scope:
        expected.add(403)
    if "{" in path:
        expected.add(404)
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "If-Match":
            expected |= {412, 428} if parameter["required"] else {412}
        if parameter["name"] == "Idempotency-Key":
            expected.add(422)
    return expected


def _is_framework_fault(answer: Mapping[str, Any]) -> bool:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2] in _FRAMEWORK_SCHEMAS


def _response(description: str) -> dict[str, Any]:
    return {"description": description, "content": {MEDIA_TYPE: {"schema": _PROBLEM}}}
