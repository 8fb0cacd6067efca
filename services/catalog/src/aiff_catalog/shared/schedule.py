"""An offer's stored calendar: which intake status holds from which instant.

The status itself is never stored. A published offer keeps its whole calendar, and a reader
takes the entry that holds now; the same bytes stay right for years without being rewritten.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast, get_args

import orjson

from aiff_contracts.codec import dump
from aiff_contracts.offer import Intake, IntakeStatus
from aiff_contracts.offer.intake import next_deadline, status_in, timeline

STATUSES: tuple[IntakeStatus, ...] = get_args(IntakeStatus)


@dataclass(frozen=True, slots=True)
class Period:
    """What holds from an instant (seconds since 1970, UTC) until the next period begins.

    `deadline` is the next closing or cut-off in JSON form, None where none is known.
    """

    starts: int
    status: IntakeStatus
    deadline: dict[str, Any] | None


def schedule_of(intake: Intake) -> tuple[Period, ...]:
    """Return the periods of an intake, oldest first, beginning in 1970."""
    transitions = timeline(intake)
    instants = {instant for instant, _ in transitions} | set(_deadlines(intake))
    return tuple(
        Period(
            int(instant.timestamp()), status_in(transitions, instant), _deadline(intake, instant)
        )
        for instant in sorted(instants)
    )


def period_at(schedule: Sequence[Period], now: datetime) -> Period:
    """Return the period that holds at an aware instant."""
    return schedule[_place(schedule, now)]


def holds_until(schedule: Sequence[Period], now: datetime) -> datetime | None:
    """Return when the period that holds now ends, None where it is the last one."""
    following = _place(schedule, now) + 1
    if following == len(schedule):
        return None
    return datetime.fromtimestamp(schedule[following].starts, UTC)


def closed_for_good(schedule: Sequence[Period]) -> datetime | None:
    """Return the instant after which the intake is closed for ever, None where there is none.

    It may lie in the future. An offer that was never anything but closed has no such instant.
    """
    last = schedule[-1]
    if last.status != "closed" or len(schedule) == 1:
        return None
    return datetime.fromtimestamp(last.starts, UTC)


def dump_schedule(schedule: Sequence[Period]) -> bytes:
    """Return the stored form: a JSON list of [starts, status, deadline]."""
    return orjson.dumps([[entry.starts, entry.status, entry.deadline] for entry in schedule])


def load_schedule(raw: bytes) -> tuple[Period, ...]:
    """Return the periods from their stored form."""
    return tuple(
        Period(starts, cast("IntakeStatus", status), deadline)
        for starts, status, deadline in orjson.loads(raw)
    )


def with_status(body: bytes, period: Period) -> bytes:
    """Return a stored JSON object with the status and deadline of a period added at its end."""
    deadline = orjson.dumps(period.deadline)
    status = period.status.encode()
    return b'%b,"intake_status":"%b","next_deadline":%b}' % (body[:-1], status, deadline)


def etag_of(version: int, period: Period) -> str:
    """Return the strong entity tag of a document: its version and what is derived by the clock."""
    closing = f"-{period.deadline['on']}" if period.deadline else ""
    return f'"{version}-{period.status}{closing}"'


def _place(schedule: Sequence[Period], now: datetime) -> int:
    return max(bisect_right(schedule, now.timestamp(), key=lambda entry: entry.starts) - 1, 0)


def _deadlines(intake: Intake) -> list[datetime]:
    """Return the ends of all deadlines, each found from the one before."""
    ends: list[datetime] = []
    moment = next_deadline(intake, datetime.fromtimestamp(0, UTC))
    while moment is not None:
        ends.append(moment.end())
        moment = next_deadline(intake, ends[-1])
    return ends


def _deadline(intake: Intake, instant: datetime) -> dict[str, Any] | None:
    moment = next_deadline(intake, instant)
    return None if moment is None else cast("dict[str, Any]", dump(moment))
