"""How often a worker's step does its work."""

from datetime import UTC, datetime, timedelta


class Throttle:
    """Lets a step work at once at first, then once in an interval.

    The interval begins when the work is done: what failed is due again at the next step.
    """

    def __init__(self, every: timedelta) -> None:
        """Keep the interval."""
        self._every = every
        self._next = datetime.min.replace(tzinfo=UTC)

    def is_early(self, now: datetime) -> bool:
        """Tell whether the interval is not over yet."""
        return now < self._next

    def done(self, now: datetime) -> None:
        """Begin an interval."""
        self._next = now + self._every
