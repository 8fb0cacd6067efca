"""One API document out of those of several services."""

import copy

from aiff_gateway.documents.domain import merged


def _document(path: str, schemas: dict) -> dict:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    answer = {"200": {"description": "d", "content": content}}
    return {
        "paths": {path: {"get": {"responses": answer}}},
        "components": {"schemas": schemas},
    }


def _schema_of(document: dict, path: str) -> str:
    content = document["paths"][path]["get"]["responses"]["200"]["content"]
    return content["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]


def test_equal_components_are_one_and_different_ones_are_named_apart():
    same = {"A": {"type": "string"}}
    one = merged({"x": _document("/x", same), "y": _document("/y", same)})
    assert one["components"]["schemas"] == same
    two = merged({"x": _document("/x", same), "y": _document("/y", {"A": {"type": "null"}})})
    assert two["components"]["schemas"][_schema_of(two, "/x")] == {"type": "string"}
    assert two["components"]["schemas"][_schema_of(two, "/y")] == {"type": "null"}


def test_what_refers_to_a_renamed_component_is_renamed_too():
    outer = {"$ref": "#/components/schemas/B"}
    first = _document("/x", {"A": outer, "B": {"type": "string"}})
    second = _document("/y", {"A": outer, "B": {"type": "null"}})
    before = copy.deepcopy([first, second])
    schemas = merged({"x": first, "y": second})["components"]["schemas"]
    assert schemas["A"] == {"$ref": "#/components/schemas/B"}
    assert schemas["YA"] == {"$ref": "#/components/schemas/YB"}
    assert (schemas["B"], schemas["YB"]) == ({"type": "string"}, {"type": "null"})
    assert [first, second] == before


def test_a_service_that_is_down_is_named():
    assert merged({"x": None, "y": _document("/y", {})})["x-missing"] == ["x"]
    assert "x-missing" not in merged({"y": _document("/y", {})})
