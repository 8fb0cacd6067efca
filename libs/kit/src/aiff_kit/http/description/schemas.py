"""What the framework's schemas say, in the words of JSON Schema that every reader knows."""

from typing import Any

_LOCAL_TIME = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$"
# A schema that stands for a class or one of several.
_REFERRING = frozenset(("$ref", "allOf", "anyOf", "oneOf"))
# Where the type of a number is told in parts, the framework writes its own names of the bounds.
_BOUNDS = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
}


def say_plainly(value: object) -> None:
    """Mend, in a document, what a program would misread.

    `format: time` is a time with an offset, ours is local to its `timezone`. A default that is
    an object has no form in many languages, and generated clients lose the whole class with it.
    Bounds have the names that JSON Schema gives them; it has none for days, so words say those.
    """
    if isinstance(value, dict):
        if value.get("format") == "time":
            del value["format"]
            value["pattern"] = _LOCAL_TIME
        if isinstance(value.get("default"), dict) and _REFERRING & value.keys():
            del value["default"]
        if not value.keys().isdisjoint(_BOUNDS):
            _bound(value)
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            say_plainly(inner)


def _bound(schema: dict[str, Any]) -> None:
    """Give a schema's bounds their standard names.

    A property may be called `le` too: its value is a schema, no bound.
    """
    bounds = {name: schema[name] for name in _BOUNDS if not isinstance(schema.get(name, {}), dict)}
    for name, bound in bounds.items():
        del schema[name]
        if isinstance(bound, int | float):
            schema[_BOUNDS[name]] = bound
    days = [str(bound) for bound in bounds.values() if isinstance(bound, str)]
    if days:
        schema["description"] = f"A day from {min(days)} to {max(days)}."
