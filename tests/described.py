"""Whether answers are what the API document says: status, media type and JSON.

A client that is watched raises where the document would mislead a partner's program.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
from jsonschema import Draft202012Validator
from starlette.routing import compile_path

_COMMITTED = Path(__file__).parents[1] / "docs/api/openapi.json"
# Larger answers are of the same shapes, and the validator is slow.
_LARGEST = 100_000
# What an answer shows that the operation reads.
_READ_HEADERS = {304: "If-None-Match", 412: "If-Match", 428: "If-Match"}
# The headers of answers that programs act on, as `str.title` writes them.
CONTRACTUAL = {
    *("Allow", "Content-Disposition", "Content-Language", "Deprecation", "Etag"),
    *("Idempotency-Replayed", "Last-Modified", "Link", "Location", "Ratelimit"),
    *("Ratelimit-Policy", "Retry-After", "Sunset", "Www-Authenticate", "X-Request-Id"),
}
_Described = tuple[re.Pattern[str], Mapping[str, Any]]


class ApiDocument:
    """An OpenAPI document that answers are held against."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        # A path without parameters comes before one that it also fits.
        paths = sorted(document["paths"].items(), key=lambda item: item[0].count("{"))
        self._paths: list[_Described] = [(compile_path(path)[0], held) for path, held in paths]
        self._validator = cache(self._new_validator)

    def watch(self, client: httpx2.Client) -> None:
        """Check every answer that the client gets from now on."""
        hooks = client.event_hooks
        client.event_hooks = {**hooks, "response": [*hooks["response"], self.check]}

    def check(self, response: httpx2.Response) -> None:
        """Raise AssertionError where the document says otherwise."""
        operation = self._operation(response.request)
        if operation is None:
            return
        told = f"{response.request.method} {response.request.url.path}: {response.status_code}"
        _check_headers(operation, response, told)
        answers = operation["responses"]
        status = str(response.status_code)
        answer = answers.get(status, answers["default"] if response.is_error else None)
        assert answer is not None, f"{told} is not described"
        described = self._resolved(answer)
        sent = CONTRACTUAL & {name.title() for name in response.headers}
        declared = {name.title() for name in described.get("headers", {})}
        assert sent <= declared, f"{told}: the headers {sent - declared} are not described"
        content = described.get("content")
        if not content or response.request.method == "HEAD":
            return
        media_type = response.headers.get("content-type", "").partition(";")[0]
        assert media_type in content or "*/*" in content, f"{told}: {media_type} is not described"
        if media_type.endswith("json"):
            self._check_json(response, content.get(media_type, {}).get("schema"), told)

    def _check_json(
        self, response: httpx2.Response, schema: Mapping[str, Any] | None, told: str
    ) -> None:
        response.read()
        if not schema or len(response.content) > _LARGEST:
            return
        validator = self._validator(json.dumps(schema))
        fault = next(validator.iter_errors(response.json()), None)
        assert fault is None, f"{told}: {fault.json_path}: {fault.message[:300]}"

    def _operation(self, request: httpx2.Request) -> Mapping[str, Any] | None:
        method = "get" if request.method == "HEAD" else request.method.lower()
        for pattern, operations in self._paths:
            if method in operations and pattern.match(request.url.path):
                return operations[method]
        return None

    def _resolved(self, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        found = answer
        if "$ref" in answer:
            found = self._document
            for name in answer["$ref"].removeprefix("#/").split("/"):
                found = found[name]
        return found

    def _new_validator(self, schema: str) -> Draft202012Validator:
        return Draft202012Validator(
            {**json.loads(schema), "components": self._document["components"]},
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )


def _check_headers(operation: Mapping[str, Any], response: httpx2.Response, told: str) -> None:
    named = {parameter["name"] for parameter in operation.get("parameters", ())}
    read = {_READ_HEADERS.get(response.status_code)}
    read.add("Idempotency-Key" if "Idempotency-Replayed" in response.headers else None)
    assert read - {None} <= named, f"{told}: the headers {read - named} are not described"
    if response.status_code == 403:
        assert "403" in operation["responses"], f"{told}: the scope is not described"


@cache
def committed() -> ApiDocument:
    """Return the document in this tree; a system test sees that the product serves the same."""
    return ApiDocument(json.loads(_COMMITTED.read_text(encoding="utf-8")))
