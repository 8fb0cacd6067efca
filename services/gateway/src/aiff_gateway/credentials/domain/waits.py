"""How long somebody waits before the next try to sign in: longer after each failure.

Failures are counted apart for what a stranger cannot choose freely, so that malice costs its author
more than its aim (OWASP, "Slow down online guessing attacks with device cookies"):

- an account tried from one network: who guesses is slowed down there, its holder elsewhere is not;
- an account tried from anywhere: many networks together are slowed down too;
- a network, whatever accounts it tries: a list of addresses is not tried from one place;
- a device on which somebody has signed in to the account: only its own failures count there, so
  that nobody else can lock its holder out.

Successes are not counted.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

_LONGEST_WAIT = timedelta(minutes=15)
_FIRST_WAIT = timedelta(seconds=15)
# Without any failure for so long, all are forgotten.
FORGOTTEN_AFTER = timedelta(hours=24)
_MOST_DOUBLINGS = 10


class Counted(StrEnum):
    """What failures are counted for."""

    ACCOUNT_HERE = "account_here"
    ACCOUNT = "account"
    NETWORK = "network"
    DEVICE = "device"


# Failures that cost no wait yet. NIST SP 800-63B-4, section 3.2.2, allows a hundred in all.
FREE_TRIES = {
    Counted.ACCOUNT_HERE: 10,
    Counted.ACCOUNT: 50,
    Counted.NETWORK: 100,
    Counted.DEVICE: 10,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """The failures that are counted under one key since the last success or long pause."""

    counted: Counted
    failures: int
    last_at: datetime

    def wait(self, now: datetime) -> timedelta:
        """Return how long the next try has to wait from now on; nothing where it may come."""
        beyond = self.failures - FREE_TRIES[self.counted]
        if beyond < 0 or self.is_forgotten(now):
            return timedelta(0)
        doubled: int = 1 << min(beyond, _MOST_DOUBLINGS)
        due = self.last_at + min(_LONGEST_WAIT, _FIRST_WAIT * doubled)
        return max(timedelta(0), due - now)

    def is_forgotten(self, now: datetime) -> bool:
        """Tell whether the failures are too old to count."""
        return now - self.last_at >= FORGOTTEN_AFTER

    def failed(self, now: datetime) -> "Tries":
        """Return them with one more."""
        before = 0 if self.is_forgotten(now) else self.failures
        return replace(self, failures=before + 1, last_at=now)

    def begins_to_wait(self) -> bool:
        """Tell whether it is with the last failure that waits begin."""
        return self.failures == FREE_TRIES[self.counted]
