"""The committed API document is one that a client can be made from."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from bench.pages import tools
from openapi_spec_validator import OpenAPIV31SpecValidator
from tests.deploy.tools import unavailable

from aiff_gateway.documents.domain import TAGS
from aiff_local.engines.base import EngineUnavailableError

COMMITTED = Path(__file__).parents[2] / "docs/api/openapi.json"
DOCUMENT = json.loads(COMMITTED.read_text("utf-8"))
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


@pytest.mark.engines
def test_the_linter_finds_nothing():
    try:
        assert tools.linted(COMMITTED) == []
    except EngineUnavailableError as error:
        unavailable(error)


def test_it_says_who_answers_for_it_under_which_licence_and_in_which_version():
    info = DOCUMENT["info"]
    assert info["contact"]["url"].startswith("https://")
    assert info["license"]["identifier"] == "Apache-2.0"
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])


def test_each_group_of_operations_says_what_it_is_about_and_none_is_left_over():
    assert {tag["name"] for tag in DOCUMENT["tags"]} == TAGS.keys()
    assert [tag for tag in DOCUMENT["tags"] if not tag["description"].endswith(".")] == []


def test_bounds_have_the_names_of_json_schema():
    found = [one for one in parts(SCHEMAS) if isinstance(one, dict)]
    framework = {"ge", "gt", "le", "lt"}
    # A property may have such a name: what is said of it is a schema.
    wrong = [one for one in found if any(not isinstance(one.get(n, {}), dict) for n in framework)]
    assert wrong == []
    assert sum("exclusiveMinimum" in one for one in found) >= 2


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_answer_declares_the_headers_that_programs_act_on(operation):
    for status, answer in operation["responses"].items():
        held = answer
        if "$ref" in answer:
            held = DOCUMENT["components"]["responses"][answer["$ref"].rpartition("/")[2]]
        assert {"X-Request-Id", "RateLimit", "RateLimit-Policy"} <= held["headers"].keys()
        if status in {"429", "503", "default"}:
            assert "Retry-After" in held["headers"]
        if status in {"201", "202"}:
            assert "Location" in held["headers"]
