"""How an attempt to hand a letter over ends, and when the next one is due."""

import re
from dataclasses import dataclass
from datetime import timedelta

# RFC 5321, section 4.5.4.1: two attempts in the first hour, then every few hours, and no end
# before four to five days.
_WAITS = tuple(
    timedelta(minutes=minutes)
    for minutes in (5, 30, 120, 240, 480, 720, 960, 1200, 1440, 1440, 1440)
)
# RFC 3463: the mailbox or its domain does not exist, or takes no mail any more. Other permanent
# refusals are about the text, its size or a policy: the address is good.
_NOBODY_THERE = re.compile(r"5\.(1\.(1|2|3|6|10)|2\.1)")
_WITHOUT_DETAIL = frozenset((550, 551, 553))
_PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """The other side has taken the letter, and the responsibility for it."""


@dataclass(frozen=True, slots=True)
class Passing:
    """It was not taken, and may be in a while."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be taken; `nobody_there` where that is due to the address itself."""

    reason: str
    nobody_there: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """It was handed over, and no answer came: it may have arrived."""

    reason: str


Outcome = Sent | Passing | Refused | Unknown


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts, None where there is no further one."""
    return _WAITS[attempts - 1] if attempts <= len(_WAITS) else None


def refusal(code: int, text: str, *, of_the_recipient: bool) -> Passing | Refused:
    """Return what a server's answer (RFC 5321, section 4.2) means: 4xx passes, 5xx does not.

    The text may quote the address, so that the reason keeps its code alone.
    """
    enhanced = re.match(r"\s*([245]\.\d{1,3}\.\d{1,3})\b", text)
    reason = f"{code} {enhanced[1]}" if enhanced else str(code)
    if code < _PERMANENT:
        return Passing(reason)
    told = _NOBODY_THERE.fullmatch(enhanced[1]) is not None if enhanced else code in _WITHOUT_DETAIL
    return Refused(reason, nobody_there=of_the_recipient and told)
