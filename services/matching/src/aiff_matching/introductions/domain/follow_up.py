"""After how many days a provider is reminded of a request, and when the request expires."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Days after which a reminder is due, and after which a request that nobody took expires.

    The days count from the request, or from when the provider took care of it: then it is
    reminded to say how it ended, and nothing expires.
    """

    reminders: tuple[int, ...] = (9, 21, 45)
    expires: int = 60

    def __post_init__(self) -> None:
        """Refuse days that are not in order."""
        days = (*self.reminders, self.expires)
        if list(days) != sorted(set(days)) or days[0] < 1:
            message = f"the days of reminders and expiry must grow, not be {days}"
            raise ValueError(message)
