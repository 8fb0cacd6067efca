"""A clock that tests set."""

from datetime import datetime, timedelta


class SettableClock:
    """Returns the instant it was set to."""

    def __init__(self, now: datetime) -> None:
        """Start at an aware instant."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.now

    def advance(self, **parts: float) -> None:
        """Go forward by a timedelta given in parts."""
        self.now += timedelta(**parts)
