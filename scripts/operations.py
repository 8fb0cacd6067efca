"""The operations of an API document as the methods of one Python class."""

import keyword
import re
from collections.abc import Iterator, Mapping
from textwrap import dedent, indent
from typing import Any

HEAD = '''"""The operations of the API, one method for each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from aiff_client.generated import models
from aiff_client.sending import Answer, Call, Sender


class Operations(Sender):
    """Each operation by the name that it has in the API document."""
'''
PRIMITIVES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "Mapping[str, Any]",
}
FORMATS = {"date": "date | str", "date-time": "datetime | str", "uuid": "UUID | str"}
JSON = ("application/json", "application/merge-patch+json")
_Schema = Mapping[str, Any]


def operations_module(document: Mapping[str, Any]) -> str:
    """Return the source of the module."""
    paths = with_plain_values(document["paths"], document["components"]["schemas"])
    methods = [
        method(verb.upper(), path, operation)
        for path, operations in sorted(paths.items())
        for verb, operation in sorted(operations.items())
        if "operationId" in operation and not operation.get("deprecated")
    ]
    return HEAD + "".join(indent(one, "    ") for one in methods)


def with_plain_values(value: Any, schemas: Mapping[str, Any]) -> Any:
    """Put what a name stands for in its place where that is no object, thus no class."""
    if isinstance(value, list):
        return [with_plain_values(one, schemas) for one in value]
    if not isinstance(value, dict):
        return value
    name = str(value.get("$ref", "")).removeprefix("#/components/schemas/")
    if name in schemas and schemas[name].get("type") != "object":
        return with_plain_values(schemas[name], schemas)
    return {key: with_plain_values(one, schemas) for key, one in value.items()}


def method(verb: str, path: str, operation: Mapping[str, Any]) -> str:
    """Return the source of one method."""
    answer = result(operation["responses"])
    parameters = operation.get("parameters", ())
    places = {"path": "places", "query": "query", "header": "headers"}
    arguments = [f'"{verb}"', f'"{path}"']
    for where, argument in places.items():
        named = [p["name"] for p in parameters if p["in"] == where]
        if named:
            pairs = ", ".join(f'"{name}": {variable(name)}' for name in named)
            arguments.append(f"{argument}={{{pairs}}}")
    arguments += sent(operation.get("requestBody"))
    said = dedent(operation.get("description") or operation["summary"]).strip()
    told = said if said.endswith(".") else f"{said}."
    head = f"\ndef {operation['operationId']}({signature(operation)}) -> Answer[{answer}]:\n"
    call = f"Call({', '.join(arguments)})"
    body = f"{literal(told)}\nreturn self.send({call}, {answer})\n"
    return head + indent(body, "    ")


def literal(said: str) -> str:
    """Return words as a docstring, whatever stands in them."""
    safe = said.replace("\\", "\\\\").replace('"""', "'''")
    return f'"""{safe}\n"""' if "\n" in safe else f'"""{safe}"""'


def signature(operation: Mapping[str, Any]) -> str:
    """Return the parameters: those of the path by place, all others by name."""
    parameters = operation.get("parameters", ())
    needed = [p for p in parameters if p["in"] == "path"]
    placed = [f"{variable(p['name'])}: {annotation(p['schema'])}" for p in needed]
    placed += list(body_parameters(operation.get("requestBody")))
    others = [p for p in parameters if p["in"] != "path"]
    required = [p for p in others if p.get("required") and p["in"] == "query"]
    optional = [p for p in others if p not in required]
    named = [f"{variable(p['name'])}: {annotation(p['schema'])}" for p in required]
    named += [
        f"{variable(p['name'])}: {without_none(annotation(p['schema']))} | None = None"
        for p in optional
    ]
    return ", ".join(["self", *placed, *(["*", *named] if named else [])])


def body_parameters(body: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield the parameter of the body, and that of its media type where there are several."""
    if body is None:
        return
    content = body["content"]
    if is_binary(content):
        yield "body: bytes"
        yield f"media_type: {choice(sorted(content))}"
        return
    schema = next(content[kind]["schema"] for kind in JSON if kind in content)
    own = annotation(schema)
    yield "body: " + (own if own.startswith("Mapping") else f"{own} | Mapping[str, Any]")


def sent(body: Mapping[str, Any] | None) -> list[str]:
    """Return the arguments that carry a body."""
    if body is None:
        return []
    return ["body=body", "media_type=media_type"] if is_binary(body["content"]) else ["body=body"]


def is_binary(content: Mapping[str, Any]) -> bool:
    """Tell whether a body is a file."""
    return all(held["schema"].get("format") == "binary" for held in content.values())


def result(responses: Mapping[str, Any]) -> str:
    """Return the type of what an operation answers with when all went well."""
    found: list[str] = []
    for status, response in sorted(responses.items()):
        if status.startswith("2"):
            content = response.get("content", {})
            schema = content.get("application/json", {}).get("schema")
            kind = annotation(schema) if schema else "bytes" if content else "None"
            if kind not in found:
                found.append(kind)
    return " | ".join(found)


def annotation(schema: _Schema) -> str:
    """Return the Python type of a schema."""
    if "$ref" in schema:
        return "models." + str(schema["$ref"]).rpartition("/")[2]
    for several in ("anyOf", "oneOf"):
        if several in schema:
            kinds = [annotation(one) for one in schema[several]]
            return " | ".join(dict.fromkeys(kinds))
    if "const" in schema or "enum" in schema:
        return choice(schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"Sequence[{annotation(schema['items'])}]"
    plain = PRIMITIVES.get(str(schema.get("type")), "Any")
    return FORMATS.get(str(schema.get("format")), plain)


def choice(values: list[Any]) -> str:
    """Return the type of one of these values."""
    return f"Literal[{', '.join(repr(value) for value in values)}]"


def without_none(kind: str) -> str:
    """Return a type without its last member None, which every optional parameter gets."""
    return kind.removesuffix(" | None")


def variable(name: str) -> str:
    """Return the name of a parameter as Python writes it."""
    plain = re.sub(r"\W", "_", name).lower()
    return f"{plain}_" if keyword.iskeyword(plain) else plain
