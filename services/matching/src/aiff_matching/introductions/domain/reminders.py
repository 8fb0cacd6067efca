"""When a provider is reminded of a request that waits, and when the request ends by itself."""

from datetime import datetime, timedelta

from aiff_matching.introductions.domain.introductions import WAITING, Actor, Introduction

CLOCK = Actor("clock", "clock")


def next_due(item: Introduction) -> datetime | None:
    """Return the next instant at which the clock changes a request, None where it does not."""
    if not item.is_open:
        return None
    days = item.follow_up.reminders[item.reminders :]
    if days:
        return item.waiting_since + timedelta(days=days[0])
    if item.state in WAITING:
        return item.waiting_since + timedelta(days=item.follow_up.expires)
    return None


def ticked(item: Introduction, now: datetime) -> Introduction:
    """Return the request as the clock leaves it.

    After a standstill the reminders that were missed are one: only the last of them is told.
    """
    due = next_due(item)
    if due is None or due > now:
        return item
    passed = (now - item.waiting_since).days
    if item.state in WAITING and passed >= item.follow_up.expires:
        return item.moved("expire", CLOCK, now)
    return item.reminded(sum(days <= passed for days in item.follow_up.reminders), CLOCK, now)


def is_overdue(item: Introduction) -> bool:
    """Tell whether all reminders became due and nobody took the request."""
    return item.state in WAITING and item.reminders >= len(item.follow_up.reminders)
