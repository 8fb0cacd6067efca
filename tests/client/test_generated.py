"""What is generated has each operation and class of the API document, and is not committed."""

import inspect
import json
import subprocess
from pathlib import Path

import pytest
from tests.client.answering import Server, answer

from aiff_client import ApiError, Client, models

ROOT = Path(__file__).parents[2]
DOCUMENT = json.loads((ROOT / "docs/api/openapi.json").read_text("utf-8"))
OPERATIONS = [
    pytest.param(verb.upper(), path, operation, id=operation["operationId"])
    for path, operations in DOCUMENT["paths"].items()
    for verb, operation in operations.items()
    if not operation.get("deprecated")
]


def sample(parameter):
    """Return a value for a parameter by its annotation: the path is what is looked at."""
    return {"body": {}, "media_type": "text/csv"}.get(parameter.name, 7)


@pytest.mark.parametrize(("verb", "path", "operation"), OPERATIONS)
def test_each_operation_is_a_method_that_asks_for_it(verb, path, operation):
    server = Server(answer(418, {}))
    method = getattr(Client, operation["operationId"])
    needed = [
        parameter
        for parameter in list(inspect.signature(method).parameters.values())[1:]
        if parameter.default is parameter.empty
    ]
    with server.client() as client, pytest.raises(ApiError):
        method(
            client,
            *(sample(one) for one in needed if one.kind is not one.KEYWORD_ONLY),
            **{one.name: "x" for one in needed if one.kind is one.KEYWORD_ONLY},
        )
    [asked] = server.asked
    places = {p["name"]: 7 for p in operation.get("parameters", ()) if p["in"] == "path"}
    assert (asked.method, asked.url.path) == (verb, path.format(**places))
    assert inspect.getdoc(method)


def test_each_object_of_the_document_is_a_class():
    schemas = DOCUMENT["components"]["schemas"]
    objects = [name for name, schema in schemas.items() if schema.get("type") == "object"]
    assert len(objects) > 200
    assert [name for name in objects if not hasattr(models, name)] == []


def test_nothing_generated_is_committed():
    listed = subprocess.run(
        ["git", "ls-files", "clients"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "clients/python/pyproject.toml" in listed.stdout
    assert "generated" not in listed.stdout
