"""Finding a place by its name, its code or a postal code, as people write them."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import accumulate
from typing import NamedTuple

from aiff_contracts.territory.communes import by_postal_code, commune, in_force_for, named
from aiff_contracts.territory.hierarchy import canonical_or_none, territory
from aiff_contracts.territory.places import TERRITORIES, Territory

_POSTAL = re.compile(r"(?:F-?)?(\d{5})(?:\s*CEDEX.*)?")
_NUMBER = re.compile(r"\d{1,3}|2[AB]|\d[0-9AB]\d{3}")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d"})
# Saint and Sainte are written short as often as whole.
_SHORT = ((re.compile(r"\bst\b"), "saint"), (re.compile(r"\bste\b"), "sainte"))
_MARKS, _SIGNS = re.compile("[\u0300-\u036f]"), re.compile(r"[\W_]+")


class Named(NamedTuple):
    """A place by one of its names, in the order of equal matches: the larger one first."""

    level: int
    fewer: int
    code: str


@dataclass(frozen=True, slots=True)
class Index:
    """All names in one text, each on a line of its own and every word behind a space."""

    text: str
    starts: tuple[int, ...]
    places: tuple[Named, ...]

    def matching(self, asked: str) -> Iterator[tuple[int, Named]]:
        """Yield how well a name matches (0 is best) and whose it is; a name may match twice."""
        wanted, last = f" {asked}", len(asked) + 1
        at = self.text.find(wanted)
        while at >= 0:
            number = bisect_right(self.starts, at) - 1
            begins = at == self.starts[number]
            whole = self.text.startswith("\n", at + last)
            yield (2 if not begins else 0 if whole else 1), self.places[number]
            at = self.text.find(wanted, at + 1)


def find(asked: str, most: int) -> tuple[Territory, ...]:
    """Return the territories that a text means, the most likely ones first, at most so many.

    A code comes first, then what a postal code serves, then names: the whole name before its
    beginning, its beginning before a word of it; of equal matches the larger place. Five digits
    alone are a postal code before they are INSEE's.
    """
    found = (*_by_code(asked), *_by_postal_code(asked))
    if asked.strip().isdigit():
        found = (*_by_postal_code(asked), *found)
    codes = dict.fromkeys(found)
    missing = most - len(codes)
    if missing > 0:
        codes |= dict.fromkeys(_by_name(folded(asked), most))
    return tuple(territory(code) for code in list(codes)[:most])


def folded(text: str) -> str:
    """Return a name without case, accents and signs, its words apart by one space."""
    lowered = text.casefold()
    if not lowered.isascii():
        lowered = _MARKS.sub("", unicodedata.normalize("NFKD", lowered.translate(_LETTERS)))
    words = _SIGNS.sub(" ", lowered).strip()
    for short, whole in _SHORT:
        words = short.sub(whole, words)
    return words


def named_exactly(name: str) -> tuple[str, ...]:
    """Return the places of a name, whatever its case, accents and signs, the largest first."""
    asked = folded(name)
    exact = (one for match, one in index().matching(asked) if match == 0) if asked else ()
    return tuple(dict.fromkeys(one.code for one in sorted(exact)))


def _by_code(asked: str) -> Iterator[str]:
    """Yield what a text means as a code, with or without the prefix of its level."""
    upper = asked.strip().upper()
    for code in (upper, *(f"{level}-{upper}" for level in _levels(upper))):
        found = canonical_or_none(code)
        if found is not None:
            yield found
    former = in_force_for().get(upper.removeprefix("COM-"))
    if former is not None:
        yield f"COM-{former}"


def _levels(number: str) -> tuple[str, ...]:
    return ("DEP", "REG", "COM") if _NUMBER.fullmatch(number) else ()


def _by_postal_code(asked: str) -> Iterator[str]:
    written = _POSTAL.fullmatch(asked.strip().upper().removeprefix("COM-"))
    yield from (f"COM-{insee}" for insee in (served(written.group(1)) if written else ()))


def served(postal_code: str) -> tuple[str, ...]:
    """Return the INSEE codes that a postal code serves, the largest first."""
    return tuple(sorted(by_postal_code().get(postal_code, ()), key=_size))


def _size(insee: str) -> int:
    found = commune(insee)
    return -(found.inhabitants or 0) if found else 0


def _by_name(asked: str, most: int) -> Iterator[str]:
    # A place may have several names, and a name the same word twice.
    best = nsmallest(3 * most, index().matching(asked)) if asked else ()
    yield from dict.fromkeys(one.code for _, one in best)


@cache
def index() -> Index:
    """Return all names of all places: French, English, and those of former communes."""
    named_places = (*_above(), *_communes())
    lines = [f" {name}\n" for name, _ in named_places]
    starts = (0, *accumulate(map(len, lines)))[:-1]
    return Index("".join(lines), starts, tuple(one for _, one in named_places))


def _above() -> Iterator[tuple[str, Named]]:
    levels = {"DEP": 2, "REG": 1}
    for entry in TERRITORIES.values():
        if not entry.code.startswith("COM-"):
            place = Named(levels.get(entry.code[:3], 0), 0, entry.code)
            for name in dict.fromkeys((entry.label_fr, entry.label_en)):
                yield folded(name), place


def _communes() -> Iterator[tuple[str, Named]]:
    for insee, name, inhabitants, former in named():
        code = f"COM-{insee}"
        yield folded(name), Named(3, -inhabitants, code)
        for older in filter(None, former.split("|")):
            yield folded(older), Named(4, -inhabitants, code)
