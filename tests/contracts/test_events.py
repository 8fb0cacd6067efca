import json
from importlib.resources import files

import jsonschema
import pytest

from aiff_contracts.codec import frozen_schema, schema_of
from aiff_contracts.events import PREFIX, REGISTRY


@pytest.mark.parametrize("entry", REGISTRY.values(), ids=lambda entry: entry.name)
def test_the_frozen_schema_is_that_of_the_class(entry):
    frozen = files("aiff_contracts") / "schemas" / f"{entry.name}.json"
    assert json.loads(frozen.read_text(encoding="utf-8")) == frozen_schema(entry.data)


@pytest.mark.parametrize("entry", REGISTRY.values(), ids=lambda entry: entry.name)
def test_a_schema_is_valid_and_a_name_is_a_versioned_fact(entry):
    jsonschema.Draft202012Validator.check_schema(schema_of(entry.data))
    assert entry.name.startswith(PREFIX)
    assert entry.name.split(".")[-1] == "v1"
    assert entry.name.split(".")[-2].endswith(("ed", "n", "due"))
