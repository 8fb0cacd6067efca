"""Months of the calendar: how many have passed, and when so many will have."""

from datetime import date


def months_between(earlier: date, later: date) -> int:
    """Return the completed months between two days, never negative."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later.day < earlier.day))


def months_later(day: date, months: int) -> date:
    """Return the first day on which so many months are completed."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:  # The month is too short: completed on the first of the next.
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)
