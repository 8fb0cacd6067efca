"""Contents of offers and profiles from before their codes were held to one spelling.

What means a code becomes that code. What means none is taken out of its field, which then says
that it is unknown, and is named, so that a curator can look at it: nothing is lost unseen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from aiff_contracts.nomenclatures.naf import activity_code
from aiff_contracts.sectors import sector_code
from aiff_contracts.spelling.codes import (
    NO_CURRENCY,
    currency_code,
    language_code,
    seen_text,
)

_CODE_LISTS: Mapping[str, Callable[[object], object]] = {
    "languages": language_code,
    "keywords": seen_text,
    "sectors": sector_code,
}
# Beside what reads a code stands what is said where nothing could be read.
_CODES: Mapping[str, tuple[Callable[[object], object], str | None]] = {
    "currency": (currency_code, NO_CURRENCY),
    "language": (language_code, None),
    "naf": (activity_code, None),
}


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that means no code: where it stood (JSON pointer), and what it was."""

    pointer: str
    value: str


def respelt(content: Mapping[str, Any]) -> tuple[dict[str, Any], Sequence[Unread]]:
    """Return the content of an offer with its codes in their one spelling, and what has none."""
    unread: list[Unread] = []
    made: dict[str, Any] = _respelt(content, "", unread)
    return made, unread


def respelt_json(raw: bytes) -> tuple[bytes, Sequence[Unread]]:
    """Return stored JSON in the same way; the same bytes where nothing is to be done."""
    before = orjson.loads(raw)
    after, unread = respelt(before)
    return (raw if after == before else orjson.dumps(after)), unread


def _respelt(value: Any, pointer: str, unread: list[Unread]) -> Any:
    if isinstance(value, list):
        return [_respelt(one, f"{pointer}/{n}", unread) for n, one in enumerate(value)]
    if not isinstance(value, Mapping):
        return value
    made: dict[str, Any] = {}
    for name, inner in value.items():
        place = f"{pointer}/{name}"
        if name in _CODE_LISTS and isinstance(inner, list):
            codes = list(_read(_CODE_LISTS[name], inner, place, unread))
            made[name] = codes if codes or not inner else _nothing(name)
        elif name in _CODES:
            read, otherwise = _CODES[name]
            made[name] = next(_read(read, [inner], place, unread), otherwise)
        else:
            made[name] = _respelt(inner, place, unread)
    return made


def _nothing(name: str) -> list[Any] | None:
    """Return what a list says of which nothing could be read: unknown, or no keyword."""
    return [] if name == "keywords" else None


def _read(
    read: Callable[[object], object], values: Sequence[Any], pointer: str, unread: list[Unread]
) -> Iterator[Any]:
    for value in values:
        try:
            yield read(value)
        except ValueError:
            unread.append(Unread(pointer, str(value)))
