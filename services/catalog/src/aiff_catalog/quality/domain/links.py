"""The addresses in a text, and what is known of whether they still lead somewhere.

A link is dead once it was found gone twice, a day apart. What does not answer, or answers that
the asker is unwelcome, tells nothing: unknown is never dead.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from aiff_contracts.codec import dump
from aiff_contracts.offer import OfferContent

LinkOutcome = Literal["alive", "gone", "unknown"]
_GONE_TIMES, _GONE_FOR = 2, timedelta(hours=20)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NOT_FOUND, _GONE = 404, 410
_GOOD, _BAD = 200, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSeen:
    """What was seen of an address: the last outcome and status, and since when it is gone.

    `status` is None where no answer came. `gone_times` counts how often it was found gone since
    `gone_since`, the last time at `gone_at`.
    """

    url: str
    outcome: LinkOutcome
    status: int | None
    checked_at: datetime
    gone_since: datetime | None = None
    gone_at: datetime | None = None
    gone_times: int = 0

    @property
    def is_dead(self) -> bool:
        """Tell whether a curator should replace it."""
        if self.gone_since is None or self.gone_at is None:
            return False
        return self.gone_times >= _GONE_TIMES and self.gone_at - self.gone_since >= _GONE_FOR


def outcome_of(status: int) -> LinkOutcome:
    """Return what an answer tells: found, gone for good, or nothing."""
    if _GOOD <= status < _BAD:
        return "alive"
    return "gone" if status in {_NOT_FOUND, _GONE} else "unknown"


def looked(
    before: LinkSeen | None, url: str, outcome: LinkOutcome, status: int | None, at: datetime
) -> LinkSeen:
    """Return what is known of an address after another look at it."""
    if outcome == "alive":
        return LinkSeen(url=url, outcome=outcome, status=status, checked_at=at)
    since, last, times = None, None, 0
    if before is not None:
        since, last, times = before.gone_since, before.gone_at, before.gone_times
    if outcome == "gone":
        since, last, times = since or at, at, times + 1
    return LinkSeen(
        url=url,
        outcome=outcome,
        status=status,
        checked_at=at,
        gone_since=since,
        gone_at=last,
        gone_times=times,
    )


def addresses(content: OfferContent) -> Iterator[tuple[str, str]]:
    """Yield the pointer and the value of each field that is an address as a whole."""
    return _addresses("", dump(content))


def _addresses(pointer: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and _ADDRESS.fullmatch(value):
        yield pointer, value
    for name, inner in _members(value):
        yield from _addresses(f"{pointer}/{name}", inner)


def _members(value: Any) -> Iterable[tuple[object, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list | tuple) else ()
