"""When an option gives access and when the work is done, as ranges of days in Paris.

The first day is the best case that the published facts allow, the last the worst; a last day of
None is unknown. Time in a machine's queue is in neither: nobody publishes it ahead.

Working days are Monday to Friday without the public holidays of metropolitan France. European
programmes publish their delays without naming a calendar; France's is taken, since it holds the
holidays of the platform's own applicants and of their national centres.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import floor, isinf
from typing import Literal

from holidays import country_holidays

from aiff_contracts.months import months_later
from aiff_contracts.offer import (
    AccessMode,
    Availability,
    ComputeDetails,
    Delay,
    Intake,
    IntakeStatus,
    Moment,
)
from aiff_contracts.offer.intake import CutOffs, RollingThenDated, next_deadline, next_opening
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.intervals import Between

Unit = Literal["working_days", "calendar_days", "weeks", "months"]

NOT_YET = frozenset(("planned", "deploying"))
_HOURS_A_DAY = 24
# A century of calculation is as good as never, and no calendar goes much further.
_MOST_DAYS = 36_525
# All years at once: filled on demand, a second thread could see a year that is half there.
_YEARS = range(1970, 2202)
_HOLIDAYS = country_holidays("FR", years=_YEARS, expand=False)


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days; `last` None is unknown."""

    first: date
    last: date | None

    def not_before(self, day: date | None) -> "Days":
        """Return the range when nothing begins before a day."""
        if day is None:
            return self
        return Days(max(self.first, day), max(self.last, day) if self.last else None)

    def later(self, days: Between) -> "Days":
        """Return the range after a time that takes between two numbers of days."""
        first = self.first + timedelta(days=min(floor(days.low), _MOST_DAYS))
        if self.last is None or isinf(days.high) or days.high > _MOST_DAYS:
            return Days(first, None)
        return Days(first, self.last + timedelta(days=floor(days.high)))

    def by(self, day: date) -> Truth:
        """Tell whether it is on a day or before."""
        if self.last is not None and self.last <= day:
            return Truth.TRUE
        return Truth.FALSE if self.first > day else Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class CutOffAhead:
    """A cut-off that is still ahead, and when an application collected there gives access."""

    moment: Moment
    access: Days


def access(
    details: ComputeDetails, mode: AccessMode | None, intake: Intake, status: IntakeStatus,
    now: datetime, today: date,
) -> Days:  # fmt: skip
    """Return when access may begin for somebody who applies as soon as possible."""
    delay = mode.delay if mode else None
    collected = delay is not None and delay.after == "cut_off"
    basis = _applied(intake, status, now, today, collected=collected)
    if delay is None:
        days = Days(basis.first, today if _at_once(details, status, now) else None)
    else:
        first = delayed(basis.first, delay)[0]
        days = Days(first, delayed(basis.last, delay)[1] if basis.last else None)
    if details.status not in NOT_YET:
        return days
    expected = details.expected.earliest if details.expected else None
    return Days(max(days.first, expected or today + timedelta(days=1)), None)


def cut_offs(mode: AccessMode | None, intake: Intake, now: datetime) -> tuple[CutOffAhead, ...]:
    """Return the cut-offs that are still ahead, in order."""
    if not isinstance(intake, CutOffs | RollingThenDated):
        return ()
    dates = intake.cut_offs if isinstance(intake, CutOffs) else intake.full_cut_offs
    ahead = sorted((moment for moment in dates if moment.end() > now), key=Moment.end)
    return tuple(CutOffAhead(moment, _collected(moment, mode)) for moment in ahead)


def days_of_work(hours: Between, gpus: int) -> Between:
    """Return the days that GPU hours take on a number of GPUs running day and night."""
    return hours.scaled(1 / (gpus * _HOURS_A_DAY))


def current(facts: tuple[Availability, ...], now: datetime) -> list[Availability]:
    """Return the availability facts that have not expired."""
    return [fact for fact in facts if fact.expires_at is None or fact.expires_at > now]


def _collected(moment: Moment, mode: AccessMode | None) -> Days:
    if mode is None or mode.delay is None:
        return Days(moment.on, None)
    return Days(*delayed(moment.on, mode.delay))


def _applied(
    intake: Intake, status: IntakeStatus, now: datetime, today: date, *, collected: bool
) -> Days:
    """Return the day from which a delay counts: the application's, or the cut-off's."""
    opening = next_opening(intake, now)
    deadline = next_deadline(intake, now) if collected else None
    if status == "open":
        begins: date | None = deadline.on if deadline else None if collected else today
    elif status in {"opens_soon", "closed"} and opening is not None:
        begins = deadline.on if deadline else opening.on
    else:
        begins = None
    if begins is not None:
        return Days(begins, begins)
    return Days(today + timedelta(days=status == "closed"), None)


def _at_once(details: ComputeDetails, status: IntakeStatus, now: datetime) -> bool:
    """Tell whether a self-service cloud is known to have stock: then nothing is waited for."""
    if details.nature != "cloud" or details.status != "on_sale" or status != "open":
        return False
    seen = [fact.state for fact in current(details.availability, now)]
    return bool(seen) and all(state == "open" for state in seen)


@lru_cache(4096)
def after(day: date, count: int, unit: Unit) -> date:
    """Return the day that lies so many of these units after another."""
    match unit:
        case "working_days" if count:
            return _HOLIDAYS.get_nth_working_day(day, count)
        case "weeks":
            return day + timedelta(weeks=count)
        case "months":
            return months_later(day, count)
        case _:
            return day + timedelta(days=count)


def delayed(day: date, delay: Delay) -> tuple[date, date]:
    """Return the first and the last day on which a published delay may end.

    A delay that states only its longest may be shorter: then the day itself is the first.
    """
    return after(day, delay.minimum or 0, delay.unit), after(day, delay.maximum, delay.unit)
