"""A code as somebody sends it: what it means, or what to write instead."""

import re
import string
from collections.abc import Iterable, Iterator

from aiff_contracts.territory.communes import in_force_for
from aiff_contracts.territory.finding import named_exactly, served
from aiff_contracts.territory.hierarchy import canonical_or_none, name_of

_MOST_NAMED, _MOST_NEAR = 8, 3
_LONGEST = 12
_POSTAL = re.compile(r"(?:COM-|F-)?(\d{5})")
_SIGNS = string.digits + string.ascii_uppercase
_FORMS = "give EU, a country (FR), REG-11, DEP-75 or COM-75056, as /v1/territories?q= finds them"


def canonical(code: str) -> str:
    """Return the canonical code of a territory; ValueError where no table knows it.

    A former commune leads to the commune in force. The fault says what the code may mean.
    """
    found = canonical_or_none(code)
    if found is None:
        message = f"unknown territory {code!r}: {_advice(code)}"
        raise ValueError(message)
    return found


def _advice(code: str) -> str:
    """Return what a wrong code may mean, and how to write that."""
    written = code.strip().upper()
    postal = _POSTAL.fullmatch(written)
    meant = served(postal.group(1)) if postal else ()
    if postal and meant:
        return _postal(postal.group(1), meant)
    near = (*named_exactly(code), *_near(written))
    if near:
        return f"nearest known: {_named(near[:_MOST_NEAR])}; {_FORMS}"
    return _FORMS


def _postal(number: str, meant: tuple[str, ...]) -> str:
    codes = tuple(f"COM-{insee}" for insee in meant)
    more = len(codes) - _MOST_NAMED
    rest = f" and {more} more (/v1/territories?q={number})" if more > 0 else ""
    told = f"{number} is a postal code; give the INSEE code of the commune: "
    former = in_force_for().get(number)
    once = f"; INSEE once gave it to what is now {_named((f'COM-{former}',))}" if former else ""
    return f"{told}{_named(codes[:_MOST_NAMED])}{rest}{once}"


def _named(codes: Iterable[str]) -> str:
    return ", ".join(f"{code} ({name_of(code)[0]})" for code in codes)


def _near(written: str) -> tuple[str, ...]:
    """Return the known codes that one slip of the pen is away from."""
    if not written or len(written) > _LONGEST:
        return ()
    found = (canonical_or_none(other) for other in _slips(written))
    return tuple(dict.fromkeys(code for code in found if code is not None))


def _slips(written: str) -> Iterator[str]:
    """Yield a code with its level put before it, one sign another, two exchanged, one left out.

    The last signs come first, and a commune stays in its department.
    """
    yield from (f"{level}-{written}" for level in ("DEP", "REG", "COM"))
    start = written.find("-") + 1
    places = range(len(written) - 1, start - 1 + 2 * written.startswith("COM-"), -1)
    for place in places:
        yield from (written[:place] + sign + written[place + 1 :] for sign in _SIGNS)
    for place in places:
        before, after = written[:place], written[place + 1 :]
        yield f"{before}{after[:1]}{written[place]}{after[1:]}"
        yield before + after
