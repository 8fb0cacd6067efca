"""The base that every published data class shares."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

_Schema = dict[str, Any]
_DIGITS = re.compile(r"\s*[+-]?[0-9.]+\s*")
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
        """Return the validator's schema with plain numbers, truth values, dates and times."""
        schema: _Schema = _plain(handler(source))
        return schema


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
