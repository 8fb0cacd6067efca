"""What services say to people about faults, in the reader's language.

Messages are written in English where a fault is found and kept so, in answers as in what is stored;
`french.txt` has the French of each, one a line. `{}` stands for what the case fills in, which may
be a message itself.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files

# A longer message holds somebody's text; its holes would take long to find.
_LONGEST = 1_000
# A message within a message within a message, and no further.
_DEEPEST = 1
_ARROW, _HOLE, _COMMENT = " => ", "{}", "#"
# Several faults in one sentence, each with its place.
_BETWEEN, _PLACED = "; ", re.compile(r"(/[^:;]*): (.+)", re.DOTALL)
_Found = Callable[[str, int], str | None]


def in_french(message: str) -> str:
    """Return a message in French, as it is where nobody wrote its French."""
    if len(message) > _LONGEST:
        return message
    return _several(message) or _known(message) or message


def _known(message: str, depth: int = 0) -> str | None:
    whole, holed = _messages()
    if message in whole:
        return whole[message]
    if depth > _DEEPEST:
        return None
    return next((found for one in holed if (found := one(message, depth)) is not None), None)


def _several(message: str) -> str | None:
    """Return faults that stand in one sentence, each with its place, in French."""
    parts = [_PLACED.fullmatch(part) for part in re.split(r"; (?=/)", message)]
    if not all(parts):
        return None
    return _BETWEEN.join(
        f"{one[1]} : {_known(one[2]) or one[2]}" for one in parts if one is not None
    )


@cache
def _messages() -> tuple[dict[str, str], tuple[_Found, ...]]:
    pairs = dict(_written())
    whole = {english: french for english, french in pairs.items() if _HOLE not in english}
    holed = [pair for pair in pairs.items() if _HOLE in pair[0]]
    # What says more is tried first: `{} is not {}` fits nearly everything.
    holed.sort(key=lambda pair: -len(pair[0].replace(_HOLE, "")))
    return whole, tuple(_finder(*pair) for pair in holed)


def _written() -> Iterator[tuple[str, str]]:
    text = (files(__package__) / "french.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith(_COMMENT):
            english, _, french = line.partition(_ARROW)
            yield english, french


def _finder(english: str, french: str) -> _Found:
    said, told = english.split(_HOLE), french.split(_HOLE)

    def found(message: str, depth: int) -> str | None:
        holes = _between(said, message)
        if holes is None:
            return None
        filled = (*(_known(hole, depth + 1) or hole for hole in holes), "")
        return "".join(map("".join, zip(told, filled, strict=True)))

    return found


def _between(pieces: Sequence[str], message: str) -> Sequence[str] | None:
    """Return what stands between the pieces of a message, each as short as it can be.

    Without trying again: what somebody wrote into a message makes no work.
    """
    first, *middle, last = pieces
    if not (message.startswith(first) and message.endswith(last)):
        return None
    holes, place, end = [], len(first), len(message) - len(last)
    for piece in middle:
        at = message.find(piece, place + 1, end)
        if at < 0:
            return None
        holes.append(message[place:at])
        place = at + len(piece)
    return (*holes, message[place:end]) if place < end else None
