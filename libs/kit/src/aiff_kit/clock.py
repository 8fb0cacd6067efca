"""The time, as a dependency: whatever decides by the clock takes a `Clock`."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return datetime.now(UTC)


def clock_from(start: datetime | None) -> Clock:
    """Return the real clock, or one that began at `start` when this was called and goes on.

    The second serves demonstrations and tests of deadlines; settings refuse it in production.
    """
    if start is None:
        return utc_now
    offset = start - utc_now()
    return lambda: utc_now() + offset
