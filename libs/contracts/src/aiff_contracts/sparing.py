"""One thing that cannot be worked on costs no other: it is left out, told, logged and counted."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from aiff_contracts.codec import parse_json

# How often something was left out since the process began, by work.
LEFT_OUT: Counter[str] = Counter()
_log = logging.getLogger(__name__)
Done = TypeVar("Done")
Other = TypeVar("Other")
Kind = TypeVar("Kind")


def spared(work: str, of: str, do: Callable[[], Done], otherwise: Other) -> Done | Other:
    """Return what is done for one thing, and where that fails what stands for it.

    `work` names what is tried and `of` the thing, for who has to mend it.
    """
    try:
        return do()
    except Exception:  # noqa: BLE001 - whatever it is, the others are worked on.
        LEFT_OUT[work] += 1
        _log.exception("left out of %s: %s", work, of)
        return otherwise


def readable(kind: type[Kind], stored: Iterable[bytes], work: str) -> Iterator[Kind]:
    """Yield what can be read of stored JSON; what cannot is named by its id, where it has one."""
    for raw in stored:
        one = spared(work, _name_of(raw), partial(parse_json, kind, raw), None)
        if one is not None:
            yield one


def _name_of(raw: bytes) -> str:
    """Return the id or slug in a stored object, read as leniently as can be."""
    start = raw[:200]
    for name in (b'"id":"', b'"slug":"'):
        if name in start:
            return start.split(name, 1)[1].split(b'"', 1)[0].decode(errors="replace")
    return "?"
