"""The base that every published data class shares."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

_Schema = dict[str, Any]
_DIGITS = re.compile(r"\s*[+-]?[0-9.]+\s*")
# Where the validator looks for the schema of a class.
_KEPT = "__pydantic_core_schema__"
# Classes whose schema is being made: one that contains itself is not begun again.
_IN_MAKING: set[type] = set()
# Parts of a schema that are no schemas.
_VALUES = ("default", "metadata")


class Strict:
    """A frozen data class that refuses a field it does not know and converts nothing by guess.

    Text and truth values are no numbers ("12", true), numbers and text are no truth values
    (1, "yes"), and numbers are no dates and times (0, "20270331"). The configuration is a
    plain dictionary that the codec's validator reads, so the data classes themselves import no
    framework and can be used by every service's domain.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "allow_inf_nan": False,
    }

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: Callable[[Any], _Schema]
    ) -> _Schema:
        """Return the validator's schema with plain numbers, truth values, dates and times.

        It is made once a class and kept where the validator looks for it: an offer has hundreds of
        parts, and each route that takes or gives one would make all of them again.
        """
        if _KEPT in cls.__dict__:
            kept: _Schema = handler(source)
            return kept
        if cls in _IN_MAKING:
            made: _Schema = _plain(handler(source))
            return made
        _keep(cls)
        return cls.__get_pydantic_core_schema__(source, handler)


def _keep(cls: type[Strict]) -> None:
    """Have the validator make a class's schema by itself, and leave it at the class."""
    # Only who validates has the validator; it is loaded by then.
    from pydantic import TypeAdapter  # noqa: PLC0415

    _IN_MAKING.add(cls)
    try:
        setattr(cls, _KEPT, TypeAdapter(cls).core_schema)
    finally:
        _IN_MAKING.discard(cls)


def _plain(schema: Any) -> Any:
    """Rewrite the validator's own schema, which is made of dictionaries and lists."""
    if isinstance(schema, list | tuple):
        return type(schema)(map(_plain, schema))
    if not isinstance(schema, dict) or schema.get("function") in _CHECKS:
        return schema
    match schema.get("type"):
        case "bool":
            return {**schema, "strict": True}
        case "int" | "float":
            return {"type": "function-before", "function": _CHECKED_NUMBER, "schema": schema}
        case "date" | "datetime" | "time":
            return {"type": "function-before", "function": _CHECKED_MOMENT, "schema": schema}
    return {key: inner if key in _VALUES else _plain(inner) for key, inner in schema.items()}


def _number(value: object) -> object:
    """Refuse what is no number in JSON, and take 12.0 for an integer, as JSON does."""
    if isinstance(value, str | bool):
        message = "must be a number, not text and not true or false"
        raise ValueError(message)  # noqa: TRY004  The validator reports this class only.
    return value


def _moment(value: object) -> object:
    """Refuse a number for a date or a time: the validator would count seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and _DIGITS.fullmatch(value)):
        message = "must be text such as 2027-03-31, 17:00 or 2027-03-31T17:00:00Z, not a number"
        raise ValueError(message)
    return value


_CHECKED_NUMBER: _Schema = {"type": "no-info", "function": _number}
_CHECKED_MOMENT: _Schema = {"type": "no-info", "function": _moment}
_CHECKS = (_CHECKED_NUMBER, _CHECKED_MOMENT)
