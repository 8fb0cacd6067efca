"""The committed API document is one that a client can be made from."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

DOCUMENT = json.loads((Path(__file__).parents[2] / "docs/api/openapi.json").read_text("utf-8"))
SCHEMAS = DOCUMENT["components"]["schemas"]
OPERATIONS = [
    pytest.param(operation, id=f"{method} {path}")
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]


def parts(value):
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from parts(one)


def test_it_is_valid():
    assert list(OpenAPIV31SpecValidator(DOCUMENT).iter_errors()) == []


def test_each_class_has_a_name_of_its_own():
    assert [name for name in SCHEMAS if not re.fullmatch(r"[A-Z][A-Za-z0-9]+", name)] == []
    titles = Counter(schema["title"] for schema in SCHEMAS.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_no_class_is_lost_by_a_default_that_is_an_object():
    referring = {"$ref", "allOf", "anyOf", "oneOf"}
    found = [one for one in parts(SCHEMAS) if isinstance(one, dict) and referring & one.keys()]
    assert len(found) > 100
    assert [one for one in found if isinstance(one.get("default"), dict)] == []


def test_a_time_of_day_is_not_said_to_have_an_offset():
    found = [one for one in parts(SCHEMAS) if isinstance(one, dict)]
    assert [one for one in found if one.get("format") == "time"] == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_operation_has_a_name_words_and_its_errors(operation):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", operation["operationId"])
    assert operation["summary"]
    answers = operation["responses"]
    assert {"400", "401", "503", "default"} <= answers.keys()
    assert any(status.startswith("2") for status in answers)
    problem = answers["default"]["content"]["application/problem+json"]["schema"]
    assert problem == {"$ref": "#/components/schemas/Problem"}
