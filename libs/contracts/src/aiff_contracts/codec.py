"""Parsing and rendering of the published language, with faults that name the place.

This is the one module that turns JSON into the data classes and back. It accepts unknown
input and either returns a valid object or raises `Faults`, all of them at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from aiff_contracts.events import REGISTRY, Event, EventData
from aiff_contracts.spelling.stored import respelt
from aiff_contracts.spelling.texts import cleaned_tree

T = TypeVar("T")
MOST_TOLD = 100
# A message may quote the value, which may be as long as the request.
_LONGEST_DETAIL = 500
# What the validator calls the alternatives of a plain value.
_PLAIN = frozenset({"bool", "float", "int", "str"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input: where (JSON pointer), what kind, and how to mend it."""

    pointer: str
    code: str
    detail: str


class Faults(ValueError):  # noqa: N818  It is the list of faults, as the API calls them.
    """An input that cannot be accepted, with every fault found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults; the message lists them for logs and command lines."""
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.pointer}: {fault.detail}" for fault in self.faults))


def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return the validator of a data class, made once."""
    return _adapter(kind)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def parse(kind: type[T], value: object) -> T:
    """Return the object that JSON-like values describe, or raise Faults.

    This is what somebody sends or writes: its texts are cleaned. What is stored was (`parse_json`).
    """
    try:
        sent = cleaned_tree(value)
    except ValueError as error:
        raise Faults([Fault("", "text_invalid", str(error))]) from error
    return _validated(kind, sent)


def _validated(kind: type[T], value: object) -> T:
    try:
        parsed: T = adapter(kind).validate_python(value)
    except ValidationError as error:
        raise Faults(
            faults_of(error.errors(include_url=False, include_input=False), value)
        ) from error
    return parsed


def parse_json(kind: type[T], raw: bytes) -> T:
    """Return the object that stored JSON bytes describe, or raise Faults."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Faults([Fault("", "json_invalid", f"not valid JSON: {error}")]) from error
    return _validated(kind, value)


def dump(value: object) -> Any:
    """Return the JSON-like form of a data class (amounts as text, instants in RFC 3339)."""
    return adapter(type(value)).dump_python(value, mode="json")


def dump_json(value: object) -> bytes:
    """Return the JSON bytes of a data class."""
    return adapter(type(value)).dump_json(value)


def schema_of(kind: type[object]) -> dict[str, Any]:
    """Return the JSON Schema of a data class as it is sent."""
    return adapter(kind).json_schema(mode="serialization")


def frozen_schema(kind: type[object]) -> dict[str, Any]:
    """Return the schema as it is frozen: without descriptions, which may be improved."""
    frozen: dict[str, Any] = _without_descriptions(schema_of(kind))
    return frozen


def _without_descriptions(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_descriptions(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_descriptions(inner)
        for key, inner in value.items()
        if not (key == "description" and isinstance(inner, str))
    }


def parse_event_data(event_type: str, raw: bytes) -> EventData:
    """Return the typed data of a registered event type; KeyError where it is unknown.

    Events outlive what they were written by: codes in an older spelling are read as what they mean.
    """
    kind = REGISTRY[event_type].data
    try:
        return parse_json(kind, raw)
    except Faults:
        content, unread = respelt(orjson.loads(raw))
        if not unread:
            raise
        return _validated(kind, content)


def event_data_json(event: Event) -> bytes:
    """Return the JSON bytes of an event's data."""
    return dump_json(event.data)


def faults_of(errors: Iterable[Mapping[str, Any]], value: object) -> list[Fault]:
    """Turn the validator's errors into faults whose pointers exist in the input.

    At most `MOST_TOLD` are told, and how many more there are: who sends thousands mends a kind of
    fault, not each, and telling all would cost more than the rest of the request.
    """
    found = [(_pointer(error["loc"], value), error) for error in errors]
    above = {above for pointer, _ in found for above in pointers_above(pointer)}
    meant = {pointer for pointer, error in found if not _is_of_type(error)}
    told = {
        Fault(pointer, str(error["type"]), _detail(error)): None
        for pointer, error in found
        if not _follows(pointer, error, above, meant)
    }
    return bounded(list(told))


def bounded(faults: Sequence[Fault]) -> list[Fault]:
    """Return the first faults, and one that counts the rest where there are too many to tell."""
    rest = len(faults) - MOST_TOLD
    if rest <= 0:
        return list(faults)
    counted = Fault("", "more_faults", f"{rest} more faults are not listed; mend these first")
    return [*faults[:MOST_TOLD], counted]


def pointers_above(pointer: str) -> Iterator[str]:
    """Yield the pointers of what an item lies in."""
    while "/" in pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


def _is_of_type(error: Mapping[str, Any]) -> bool:
    return str(error["type"]).endswith("_type")


def _follows(
    pointer: str, error: Mapping[str, Any], above: AbstractSet[str], meant: AbstractSet[str]
) -> bool:
    """Tell whether an error says nothing beside another one.

    A list is called too short only because its items are wrong. Where a number or an object is
    accepted, an object with a wrong member is not told that it is no number.
    """
    if error["type"] == "too_short":
        return pointer in above
    return _is_of_type(error) and (pointer in above or pointer in meant)


def _detail(error: Mapping[str, Any]) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")[:_LONGEST_DETAIL]
    if error["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        return "unknown field; remove it or correct its name"
    if error["type"] in {"missing_argument", "missing_keyword_only_argument", "missing"}:
        return "required field is missing"
    if error["type"] in {"union_tag_not_found", "union_tag_invalid"}:
        return _missing_form(error["ctx"])
    return message


def _missing_form(context: Mapping[str, Any]) -> str:
    """Say that a value may have several forms, and how it tells which one it has."""
    name = str(context["discriminator"]).strip("'")
    if "expected_tags" not in context:
        return f"{name} is missing: it says which form this has"
    return f"{name} says which form this has: one of {context['expected_tags']}"


def _pointer(location: Iterable[int | str], value: object) -> str:
    """Build a JSON pointer, leaving out the union tags that the validator adds to a location.

    A tag comes first inside its object and equals the object's discriminator.
    """
    parts: list[str] = []
    current, arrived = value, True
    for part in location:
        if parts and not isinstance(current, Mapping | list | tuple):
            # What follows a plain value names the alternatives tried, not a place.
            break
        if _is_alternative(part, current):
            continue
        if arrived and isinstance(current, Mapping) and part in _tags_of(current):
            arrived = False
            continue
        parts.append(str(part).replace("~", "~0").replace("/", "~1"))
        current, arrived = _step(current, part), True
    return "".join(f"/{part}" for part in parts)


def _is_alternative(part: int | str, current: object) -> bool:
    """Tell whether a part names a type that was tried: Interval, constrained-float, tuple[...]."""
    if not isinstance(part, str) or (isinstance(current, Mapping) and part in current):
        return False
    return part in _PLAIN or part[:1].isupper() or not part.isidentifier()


def _tags_of(value: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(value.get(name) for name in ("kind", "shape", "type"))


def _step(current: object, part: int | str) -> object:
    if isinstance(current, Mapping):
        return current.get(str(part))
    if isinstance(current, list | tuple) and isinstance(part, int) and part < len(current):
        return current[part]
    return None
