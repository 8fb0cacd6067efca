"""When a call is sent again, and how long it waits before."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# What a server says before the call had any effect.
_REFUSED_FOR_NOW = {429, 503}
# What a hop says that does not know whether it had one.
_LOST = {502, 504}
_HARMLESS_METHODS = {"GET", "HEAD", "PUT", "DELETE"}
_HARMLESS_HEADERS = {"If-Match", "Idempotency-Key"}


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and how patiently: waits double from `first` seconds, each drawn by chance.

    `longest` bounds every wait in seconds, also one that a server asks for: where it asks for
    more, the refusal is raised at once, and says so in its `Retry-After`.
    """

    attempts: int = 5
    first: float = 0.5
    longest: float = 30.0

    def wait(self, attempt: int, asked: float | None) -> float | None:
        """Return the seconds to wait after the `attempt`-th failure (from 1); None to give up."""
        if attempt >= self.attempts or (asked is not None and asked > self.longest):
            return None
        grown = min(self.longest, self.first * 2.0 ** (attempt - 1))
        drawn = random.uniform(grown / 2, grown)  # noqa: S311  It spreads load, it hides nothing.
        return drawn if asked is None else min(self.longest, asked + drawn / 2)


def worth_repeating(status: int, retry_after: str | None, *, harmless: bool) -> bool:
    """Tell whether the same call may get another answer, and does no harm twice.

    A conflict that names a time is one with a call of the same key that is still running.
    """
    if status in _REFUSED_FOR_NOW or (status == 409 and retry_after is not None):  # noqa: PLR2004
        return True
    return harmless and status in _LOST


def is_harmless(method: str, headers: dict[str, str]) -> bool:
    """Tell whether a call that may have had its effect can be sent again.

    A creation with its key has one effect; a change with `If-Match` is refused the second time.
    """
    return method in _HARMLESS_METHODS or not _HARMLESS_HEADERS.isdisjoint(headers)


def seconds_asked(retry_after: str | None) -> float | None:
    """Read `Retry-After`: seconds or a date (RFC 9110, 10.2.3); None where it tells neither."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
