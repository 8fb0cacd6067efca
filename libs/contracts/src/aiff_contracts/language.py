"""The base that every published data class shares."""

import re
from collections.abc import Callable, Mapping, Sized
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

# Every day and instant of the published language lies in these years: older companies are not
# known, and around these years zones, periods and alarms can still be computed. A system that
# writes 9999-12-31 for "no end" is told so.
FIRST_YEAR, LAST_YEAR = 1000, 2200

_Schema = dict[str, Any]
_DIGITS = re.compile(r"\s*[+-]?[0-9.]+\s*")
# What every number, amount and list of the published language keeps to, where its own field does
# not say less: beyond, sums lose digits, databases cannot hold an integer, and work has no end.
LARGEST = 10**15
MOST_ITEMS = 1_000
_MOST_DECIMALS = 12
_TOO_LARGE = f"must lie between -{LARGEST:,} and {LARGEST:,}"
# Where the validator looks for the schema of a class.
_KEPT = "__pydantic_core_schema__"
# Classes whose schema is being made: one that contains itself is not begun again.
_IN_MAKING: set[type] = set()
# Parts of a schema that are no schemas.
_VALUES = ("default", "metadata")


class Strict:
    """A frozen data class that refuses a field it does not know and converts nothing by guess.

    Text and truth values are no numbers ("12", true), numbers and text are no truth values
    (1, "yes"), and numbers are no dates and times (0, "20270331"). Days and instants lie in the
    years from 1000 to 2200. The configuration is a
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
    kind = str(schema.get("type"))
    if kind == "bool":
        return {**schema, "strict": True}
    parts = {key: inner if key in _VALUES else _plain(inner) for key, inner in schema.items()}
    if kind not in _CHECKED:
        return parts
    if kind in _DAYS:
        parts = {"type": "function-after", "function": _YEAR, "schema": parts}
    when, check = _CHECKED[kind]
    return {"type": f"function-{when}", "function": check, "schema": parts}


def _number(value: object) -> object:
    """Refuse what is no number in JSON, and take 12.0 for an integer, as JSON does."""
    if isinstance(value, str | bool):
        message = "must be a number, not text and not true or false"
        raise ValueError(message)  # noqa: TRY004  The validator reports this class only.
    if isinstance(value, int | float) and abs(value) > LARGEST:
        raise ValueError(_TOO_LARGE)
    return value


def _amount(value: Decimal) -> Decimal:
    """Refuse an amount that no arithmetic of money can hold, or that rounds to nothing."""
    # Compared, not made absolute: that would compute, and overflow.
    if not -LARGEST <= value <= LARGEST:
        raise ValueError(_TOO_LARGE)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_MOST_DECIMALS:
        message = f"has more than {_MOST_DECIMALS} decimals; round it"
        raise ValueError(message)
    return value


def _length(value: object) -> object:
    """Refuse a list or an object with more items than anybody can mean."""
    if isinstance(value, Sized) and len(value) > MOST_ITEMS:
        message = f"has {len(value)} items; at most {MOST_ITEMS:,} are taken"
        raise ValueError(message)
    return value


def _moment(value: object) -> object:
    """Refuse a number for a date or a time: the validator would count seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and _DIGITS.fullmatch(value)):
        message = "must be text such as 2027-03-31, 17:00 or 2027-03-31T17:00:00Z, not a number"
        raise ValueError(message)
    return value


def _year(value: date) -> date:
    """Refuse a year around which nothing can be computed: a date and a date-time are both days."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        message = (
            f"give a year from {FIRST_YEAR} to {LAST_YEAR}, or leave it out where there is none"
        )
        raise ValueError(message)
    return value


def _check(function: Callable[[Any], object]) -> _Schema:
    return {"type": "no-info", "function": function}


# When each kind of value is checked, and how.
_NUMBER, _MOMENT, _LENGTH = _check(_number), _check(_moment), _check(_length)
_YEAR, _DAYS = _check(_year), ("date", "datetime")
_CHECKED: Mapping[str, tuple[str, _Schema]] = {
    **dict.fromkeys(("int", "float"), ("before", _NUMBER)),
    **dict.fromkeys(("date", "datetime", "time"), ("before", _MOMENT)),
    **dict.fromkeys(("tuple", "list", "dict"), ("before", _LENGTH)),
    "decimal": ("after", _check(_amount)),
}
_CHECKS = (*(check for _when, check in _CHECKED.values()), _YEAR)
