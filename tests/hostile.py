"""Values that the published language allows and that nobody means: extremes of every field.

They are drawn from the JSON Schema of a class, put into a real object, and kept where the class
takes them. `AIFF_HOSTILE` sets how many a test draws; what is drawn depends on nothing else.
"""

import copy
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from aiff_contracts.codec import Faults, dump, parse, schema_of

HOW_MANY = int(os.environ.get("AIFF_HOSTILE", "30"))
_LARGEST = 10**15
_TEXTS = (
    "=1+1",
    "-2+3;@x",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%s%n{0}${x}",
    "e\u0301te\u0301 \ufb01n \u2126",
    "\U0001d573\U0001d574",
    "\u0645\u0631\u062d\u0628\u0627",
    "a\u00adb c\u200dd",
    "\u0130\u0131\u017f\u212a",
    "C++ & R&D [x](javascript:y)",
    "0",
)
_BY_FORMAT: Mapping[str, Sequence[str]] = {
    "date": ("1970-01-01", "2024-02-29", "2026-11-24", "2199-12-31", "0001-01-01", "9999-12-31"),
    "date-time": (
        "1970-01-01T00:00:00Z",
        "2026-10-25T02:30:00+02:00",
        "2199-12-31T23:59:59Z",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+14:00",
    ),
    "time": ("00:00:00", "23:59:59.999999", "02:30:00"),
    "uuid": ("00000000-0000-0000-0000-000000000000",),
}
_DEEPEST = 6


class Hostile:
    """Draws objects of one class that are near to real ones, with extremes in some fields."""

    def __init__(self, kind: type, seed: int) -> None:
        """Read the class's schema."""
        self._kind = kind
        self._schema = schema_of(kind)
        self._named = self._schema.get("$defs", {})
        self._source = random.Random(seed)

    def objects(self, real: Sequence[Any], wanted: int) -> Iterator[Any]:
        """Yield so many objects of the class that it takes as they are and that are like no real.

        At most forty tries an object: a class that refuses nearly everything is a fault of this.
        """
        found = 0
        for _ in range(40 * wanted):
            try:
                made = parse(self._kind, self.changed(dump(self._source.choice(real))))
            except Faults:
                continue
            yield made
            found += 1
            if found == wanted:
                return
        raise AssertionError(f"only {found} of {wanted} were taken")

    def changed(self, value: Any) -> Any:
        """Return a copy with one to four fields at some depth replaced."""
        changed = copy.deepcopy(value)
        for _ in range(self._source.randint(1, 4)):
            self._change(changed, self._resolved(self._schema, changed))
        return changed

    def _change(self, value: dict[str, Any], schema: Mapping[str, Any]) -> None:
        """Replace a field of an object, or go down into one."""
        properties = schema.get("properties", {})
        if not properties:
            return
        name = self._source.choice(sorted(properties))
        inner = self._resolved(properties[name], value.get(name))
        own = value.get(name)
        if isinstance(own, dict) and inner.get("properties") and self._source.random() < 0.7:
            self._change(own, inner)
        elif isinstance(own, list) and own and self._source.random() < 0.7:
            self._change_item(own, inner.get("items", {}))
        else:
            value[name] = self.drawn(properties[name], 0)

    def _change_item(self, items: list[Any], schema: Mapping[str, Any]) -> None:
        place = self._source.randrange(len(items))
        if isinstance(items[place], dict):
            self._change(items[place], self._resolved(schema, items[place]))
        else:
            items[place] = self.drawn(schema, 0)

    def drawn(self, schema: Mapping[str, Any], depth: int) -> Any:
        """Return a value of a schema, extreme where it can be."""
        schema = self._resolved(schema, None, deep=depth >= _DEEPEST)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._source.choice(schema["enum"])
        by_type: Mapping[Any, Callable[[], Any]] = {
            "integer": lambda: self._number(schema),
            "number": lambda: self._number(schema),
            "string": lambda: self._text(schema),
            "boolean": lambda: self._source.random() < 0.5,
            "array": lambda: self._array(schema, depth),
            "object": lambda: self._object(schema, depth),
        }
        return by_type.get(schema.get("type"), lambda: None)()

    def _resolved(
        self, schema: Mapping[str, Any], value: Any, *, deep: bool = False
    ) -> Mapping[str, Any]:
        """Follow references, and choose the alternative that a value has, or any.

        Deep down it is the last one, which holds no other: null, or a comparison.
        """
        while True:
            if "$ref" in schema:
                schema = self._named[schema["$ref"].rsplit("/", 1)[1]]
            elif alternatives := schema.get("anyOf") or schema.get("oneOf"):
                schema = alternatives[-1] if deep else self._alternative(alternatives, value)
            else:
                return schema

    def _alternative(self, schemas: Sequence[Mapping[str, Any]], value: Any) -> Mapping[str, Any]:
        if isinstance(value, dict):
            for one in schemas:
                whole = self._named[one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one
                tags = [
                    (name, inner["const"])
                    for name, inner in whole.get("properties", {}).items()
                    if "const" in inner
                ]
                if tags and all(value.get(name) == tag for name, tag in tags):
                    return whole
        return self._source.choice(schemas)

    def _number(self, schema: Mapping[str, Any]) -> float:
        low = schema.get("minimum", schema.get("ge", schema.get("exclusiveMinimum", -_LARGEST)))
        high = schema.get("maximum", schema.get("le", schema.get("exclusiveMaximum", _LARGEST)))
        ends = [low, high, low + 1, max(low, high - 1), 0, 1]
        if schema["type"] == "number":
            ends += [1e-12, 0.1, high / 3, 1e300]
        return self._source.choice(ends)

    def _text(self, schema: Mapping[str, Any]) -> str:
        if schema.get("format") in _BY_FORMAT:
            return self._source.choice(_BY_FORMAT[schema["format"]])
        if "pattern" in schema and "\\d" in schema["pattern"]:
            return self._source.choice(("0", "999999999999999", "0.000000000001", "1E+15"))
        most = min(schema.get("maxLength", 300), 20_000)
        text = self._source.choice(_TEXTS)
        return (text * most if self._source.random() < 0.2 else text)[:most]

    def _array(self, schema: Mapping[str, Any], depth: int) -> list[Any]:
        most = schema.get("maxItems", 60)
        size = self._source.choice([schema.get("minItems", 0), 1, 2, most])
        size = min(size, 1_000 if depth == 0 else 3)
        items = schema.get("items", {})
        if isinstance(items, dict) and items:
            return [self.drawn(items, depth + 1) for _ in range(size)]
        return [self.drawn(one, depth + 1) for one in schema.get("prefixItems", ())]

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        required = set(schema.get("required", ()))
        chance = 0.4 if depth < _DEEPEST else 0.0
        return {
            name: self.drawn(inner, depth + 1)
            for name, inner in schema.get("properties", {}).items()
            if name in required or self._source.random() < chance
        }
