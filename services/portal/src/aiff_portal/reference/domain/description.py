"""The API's own description (OpenAPI 3.1) as tables that people read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

Document = Mapping[str, Any]
_SCHEMAS = "#/components/schemas/"
_MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A type as it is written; `refers` is the schema that it is made of, None for plain ones."""

    text: str
    refers: str | None = None


@dataclass(frozen=True, slots=True)
class DescribedField:
    """A parameter or a field of a body; `place` is where a parameter stands."""

    name: str
    type: Named
    required: bool
    about: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation answers with a status; `type` is None where it has no body of ours."""

    status: str
    about: str
    type: Named | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the API can do."""

    id: str
    method: str
    path: str
    group: str
    about: str
    is_open: bool
    parameters: Sequence[DescribedField]
    body: Named | None
    answers: Sequence[Answer]

    @property
    def said(self) -> str:
        """Return the first sentence of what it does."""
        return self.about.partition("\n")[0].partition(". ")[0].rstrip(".") + "."


@dataclass(frozen=True, slots=True)
class Schema:
    """A named shape of JSON: its fields, or the shapes of which it is one."""

    name: str
    about: str
    fields: Sequence[DescribedField]
    forms: Sequence[Named]


class Description:
    """The description of the whole API."""

    def __init__(self, document: Document) -> None:
        """Read the operations; `document` is what the gateway merged."""
        self._document = document
        self.is_complete = not document.get("x-missing")
        self.operations = {one.id: one for one in self._read()}

    def groups(self) -> list[tuple[str, list[Operation]]]:
        """Return the operations by subject, both in the order of their names and addresses."""
        ordered = sorted(self.operations.values(), key=lambda one: (one.group, one.path))
        return [(name, list(held)) for name, held in groupby(ordered, lambda one: one.group)]

    def schema(self, name: str) -> Schema | None:
        """Return a named shape, None where there is none."""
        found = self._document["components"].get("schemas", {}).get(name)
        if found is None:
            return None
        forms = found.get("oneOf") or found.get("anyOf") or ()
        fields = tuple(_fields(found))
        return Schema(name, found.get("description", ""), fields, tuple(map(type_of, forms)))

    def _read(self) -> Iterator[Operation]:
        for path, operations in self._document.get("paths", {}).items():
            for method, found in operations.items():
                yield self._operation(path, method, found)

    def _operation(self, path: str, method: str, found: Mapping[str, Any]) -> Operation:
        content = self._resolved(found.get("requestBody", {})).get("content", {})
        return Operation(
            id=found["operationId"],
            method=method.upper(),
            path=path,
            group=found.get("tags", ["api"])[0],
            about=found.get("description") or found.get("summary", ""),
            is_open={} in found.get("security", [{}]),
            parameters=tuple(map(_parameter, map(self._resolved, found.get("parameters", ())))),
            body=_content_type(content),
            answers=tuple(self._answers(found["responses"])),
        )

    def _answers(self, responses: Mapping[str, Any]) -> Iterator[Answer]:
        for status, response in responses.items():
            held = self._resolved(response)
            yield Answer(status, held["description"], _content_type(held.get("content", {})))

    def _resolved(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a part refers to; only parameters, bodies and answers are referred to."""
        if "$ref" not in part:
            return part
        _, _, kind, name = part["$ref"].split("/")
        found: Mapping[str, Any] = self._document["components"][kind][name]
        return found


def type_of(schema: Mapping[str, Any]) -> Named:
    """Return a type in words: `OfferPage`, `list of string`, `"a" or "b"`."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_SCHEMAS)
        return Named(name, name)
    if "enum" in schema or "const" in schema:
        return Named(_values(schema.get("enum") or [schema["const"]]))
    forms = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if forms:
        return _either([type_of(form) for form in forms if form.get("type") != "null"])
    if schema.get("type") == "array":
        items = type_of(schema.get("items", {}))
        return Named(f"list of {items.text}", items.refers)
    return Named(_plain(schema))


def _plain(schema: Mapping[str, Any]) -> str:
    kinds = schema.get("type", "any")
    kind = kinds if isinstance(kinds, str) else " or ".join(kinds)
    return f"{kind} ({schema['format']})" if "format" in schema else kind


def _values(values: Sequence[Any]) -> str:
    shown = " | ".join(map(str, values[:_MOST_VALUES]))
    return f"{shown} | …" if len(values) > _MOST_VALUES else shown


def _either(forms: Sequence[Named]) -> Named:
    refers = next((form.refers for form in forms if form.refers), None)
    return Named(" or ".join(dict.fromkeys(form.text for form in forms)) or "any", refers)


def _content_type(content: Mapping[str, Any]) -> Named | None:
    for media_type, held in content.items():
        named = type_of(held.get("schema", {}))
        return named if named.refers else Named(media_type)
    return None


def _parameter(found: Mapping[str, Any]) -> DescribedField:
    schema = found.get("schema", {})
    about = found.get("description") or schema.get("description", "")
    return DescribedField(
        found["name"], type_of(schema), found.get("required", False), about, place=found["in"]
    )


def _fields(schema: Mapping[str, Any]) -> Iterator[DescribedField]:
    required = schema.get("required", ())
    for name, held in schema.get("properties", {}).items():
        yield DescribedField(name, type_of(held), name in required, held.get("description", ""))
