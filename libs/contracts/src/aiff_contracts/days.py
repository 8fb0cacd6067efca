"""A day as people write it, in French and in English."""

from datetime import date

_FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_fr(day: date) -> str:
    """Return a date as French writes it: the first of a month is "1er"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_FRENCH[day.month - 1]} {day.year}"


def day_en(day: date) -> str:
    """Return a date as English writes it."""
    return f"{day.day} {_ENGLISH[day.month - 1]} {day.year}"
