"""Stored codes from before every place was known, in the codes of today.

Any five digits after `COM-` passed for a commune once. What was meant can be told of most; the
department, which was all that rules read of such a code, is what is left of a slip of the pen.
"""

from dataclasses import dataclass
from typing import Any

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.territory.finding import served
from aiff_contracts.territory.hierarchy import ancestry, canonical_or_none

_LISTS = frozenset(("sites", "territories", "data_locations"))
_COMMUNE = "COM-"


@dataclass(frozen=True, slots=True)
class Restated:
    """A stored code in other words: where it was, what it was, and what it is; None: nothing."""

    pointer: str
    before: str
    after: str | None


def restated(code: str) -> str | None:
    """Return the place that a stored code means: itself, what its postal code serves, or a part.

    Where a postal code serves several communes it is the smallest place around all of them; where
    nobody knows the number it is the department of its first digits. None where there is none.
    """
    known = canonical_or_none(code)
    if not code.startswith(_COMMUNE):
        return None if known is None else code
    if known is not None:
        return known
    number = code.removeprefix(_COMMUNE)
    lines = [ancestry(f"{_COMMUNE}{insee}") for insee in served(number)]
    if lines:
        return next(place for place in lines[0] if all(place in line for line in lines))
    departments = (canonical_or_none(f"DEP-{number[:digits]}") for digits in (3, 2))
    return next((one for one in departments if one is not None), None)


def restate(document: Any) -> tuple[Any, tuple[Restated, ...]]:
    """Return a stored document with the codes of today, and what was another one before.

    A list that loses its last code is unknown, as if nobody had stated it.
    """
    found: list[Restated] = []
    return _restate(document, "", found), tuple(found)


def _restate(value: Any, pointer: str, found: list[Restated]) -> Any:
    match value:
        case {"type": "cmp", "attribute": str(attribute), "value": asked} if _is_place(attribute):
            return {**value, "value": _asked(asked, f"{pointer}/value", found)}
        case dict():
            return {
                name: _codes(inner, f"{pointer}/{name}", found)
                if name in _LISTS and isinstance(inner, list)
                else _restate(inner, f"{pointer}/{name}", found)
                for name, inner in value.items()
            }
        case list():
            return [_restate(one, f"{pointer}/{place}", found) for place, one in enumerate(value)]
    return value


def _is_place(attribute: str) -> bool:
    known = ATTRIBUTES.get(attribute)
    return known is not None and known.type == "territory"


def _asked(value: Any, pointer: str, found: list[Restated]) -> Any:
    """Return what a rule asks; a code that means nothing stays, and the rule stays undecided."""
    if not isinstance(value, list):
        return value
    told = [(code, restated(code) if _was_commune(code) else code) for code in value]
    for place, (before, after) in enumerate(told):
        if after is not None and after != before:
            found.append(Restated(f"{pointer}/{place}", before, after))
    return [before if after is None else after for before, after in told]


def _was_commune(code: Any) -> bool:
    return isinstance(code, str) and code.startswith(_COMMUNE)


def _codes(value: list[Any], pointer: str, found: list[Restated]) -> list[Any] | None:
    kept = []
    for place, before in enumerate(value):
        after = restated(before) if isinstance(before, str) else before
        if after != before:
            found.append(Restated(f"{pointer}/{place}", before, after))
        if after is not None:
            kept.append(after)
    return list(dict.fromkeys(kept)) or (None if value else [])
