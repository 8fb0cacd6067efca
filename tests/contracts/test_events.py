import json
import re
from importlib.resources import files

import jsonschema
import pytest

from aiff_contracts.codec import frozen_schema, schema_of
from aiff_contracts.events import PREFIX, REGISTRY

SENT = [entry for entry in REGISTRY.values() if not entry.superseded]
READ = [entry for entry in REGISTRY.values() if entry.superseded]


def frozen(entry):
    path = files("aiff_contracts") / "schemas" / f"{entry.name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def narrowed(old, new, pointer=""):
    """Yield the places at which a schema no longer accepts all that another one does."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        if old != new:
            yield pointer
        return
    old = {"enum": [old["const"]], **old} if "const" in old and "enum" in new else old
    for key, inner in old.items():
        place = f"{pointer}/{key}"
        if key == "enum":
            yield from [place] if set(inner) - set(new.get(key, [])) else []
        elif key == "anyOf":
            lost = [one for one in inner if all(any(narrowed(one, n)) for n in new.get(key, []))]
            yield from [place] if lost else []
        elif key != "required" and not (key == "const" and "enum" in new):
            yield from narrowed(inner, new.get(key), place)
    if "properties" in new and set(new.get("required", [])) - set(old.get("required", [])):
        yield f"{pointer}/required"


@pytest.mark.parametrize("entry", SENT, ids=lambda entry: entry.name)
def test_the_frozen_schema_is_that_of_the_class(entry):
    assert frozen(entry) == frozen_schema(entry.data)


@pytest.mark.parametrize("entry", READ, ids=lambda entry: entry.name)
def test_what_was_sent_of_an_older_version_is_what_the_newer_class_reads(entry):
    assert list(narrowed(frozen(entry), frozen_schema(entry.data))) == []
    assert any(other.data is entry.data for other in SENT)


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, ["/enum"]),
        ({"type": "string"}, {"type": "number"}, ["/type"]),
        ({"properties": {"a": {}}}, {"properties": {}}, ["/properties/a"]),
        ({"properties": {}}, {"properties": {"a": {}}, "required": ["a"]}, ["/required"]),
        ({"anyOf": [{"const": 1}, {"const": 2}]}, {"anyOf": [{"const": 1}]}, ["/anyOf"]),
        ({"const": "a"}, {"enum": ["a", "b"]}, []),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}, []),
        ({"properties": {}}, {"properties": {"a": {}}}, []),
    ],
)
def test_the_comparison_of_schemas_finds_what_is_lost_and_nothing_else(old, new, lost):
    assert list(narrowed(old, new)) == lost


@pytest.mark.parametrize("entry", REGISTRY.values(), ids=lambda entry: entry.name)
def test_a_schema_is_valid_and_a_name_is_a_versioned_fact(entry):
    jsonschema.Draft202012Validator.check_schema(schema_of(entry.data))
    assert entry.name.startswith(PREFIX)
    assert re.fullmatch(r"v[1-9]", entry.name.split(".")[-1])
    assert entry.name.split(".")[-2].endswith(("ed", "n", "due"))
