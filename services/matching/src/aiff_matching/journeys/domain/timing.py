"""When a step can be applied for, when it begins and ends, and whether that is in time.

Every day is a range as in `schedules`: the best case that the published facts allow, and the
worst, None where nobody publishes it. Decisions take time that few programmes publish, so a
beginning is often known only from below.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from aiff_contracts.offer import (
    FundingDetails,
    IncubationDetails,
    Intake,
    IntakeStatus,
    Moment,
    OfferDocument,
    TrainingDetails,
)
from aiff_contracts.offer.intake import (
    CutOffs,
    Permanent,
    RollingThenDated,
    Window,
    windows,
)
from aiff_contracts.offer.services import Cohort, Session
from aiff_matching.compute.domain.schedules import Days
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.intervals import Between

_DAYS_A_WEEK = 7
# The mean month of the Gregorian calendar.
DAYS_A_MONTH = 365.2425 / 12


@dataclass(frozen=True, slots=True)
class Timing:
    """The days of one step.

    `apply` is when one can apply: `last` None where it depends on what is not known. `opens` and
    `apply_by` bound the period that is used; `later` are cut-offs after it. `deadline` is the
    project's own, and `in_time` tells whether the step begins by it; None where there is none.
    `collects` says that applications wait for `apply_by` to be decided.
    """

    status: IntakeStatus
    apply: Days
    opens: Moment | None
    apply_by: Moment | None
    later: tuple[Moment, ...]
    begins: Days
    ends: Days | None
    deadline: date | None = None
    in_time: Truth | None = None
    collects: bool = False

    def due(self, deadline: date | None) -> "Timing":
        """Return the timing measured by a deadline of the project."""
        truth = None if deadline is None else self.begins.by(deadline)
        return replace(self, deadline=deadline, in_time=truth)


def timing_of(
    offer: OfferDocument, intake: Intake, status: IntakeStatus, now: datetime, after: Days
) -> Timing | None:
    """Return the first feasible dates of an offer that is not compute.

    `after` is when all that comes before is done. None means that every published period ends
    too early for it.
    """
    chosen = _period(intake, now, after.first)
    if chosen is None:
        return None
    period, later = chosen
    apply = _apply(period, after, known=status != "unknown")
    collects = isinstance(intake, CutOffs | RollingThenDated) or period.opens is not None
    decided = period.closes.on if collects and period.closes else None
    begins, ends = _runs(offer, apply, decided, free=isinstance(intake, Permanent))
    upcoming = period.opens if period.opens and period.opens.start() > now else None
    return Timing(status, apply, upcoming, period.closes, later, begins, ends, collects=collects)


def _period(intake: Intake, now: datetime, day: date) -> tuple[Window, tuple[Moment, ...]] | None:
    """Return the first period that one can still use on a day, and the cut-offs after it."""
    if not windows(intake):
        return Window(), ()
    periods = list(_periods(intake))
    ahead = [period for period in periods if _usable(period, now, day)]
    if not ahead:
        return None
    first = ahead[0]
    return first, tuple(period.closes for period in ahead[1:] if period.closes is not None)


def _periods(intake: Intake) -> Iterator[Window]:
    """Yield the periods in order; each cut-off ends one of its own."""
    spans = windows(intake)
    if isinstance(intake, CutOffs | RollingThenDated):
        opens = intake.opens if isinstance(intake, CutOffs) else None
        dates = intake.cut_offs if isinstance(intake, CutOffs) else intake.full_cut_offs
        for moment in sorted(dates, key=Moment.end):
            yield Window(opens=opens, closes=moment)
        if isinstance(intake, CutOffs) and not intake.recurring and dates:
            return
        # Later cut-offs are not published yet, so their period has no known end.
        yield Window(opens=opens, closes=getattr(intake, "closes", None))
        return
    yield from sorted(spans, key=lambda span: span.opens.start() if span.opens else _LONG_AGO)


_LONG_AGO = Moment(on=date(1970, 1, 1)).start()


def _usable(period: Window, now: datetime, day: date) -> bool:
    return period.closes is None or (period.closes.end() > now and period.closes.on >= day)


def _apply(period: Window, after: Days, *, known: bool) -> Days:
    opens = period.opens.on if period.opens else None
    days = after.not_before(opens)
    if not known:
        return Days(days.first, None)
    if days.last is not None and period.closes is not None and days.last > period.closes.on:
        return Days(days.first, None)
    return days


def _runs(
    offer: OfferDocument, apply: Days, decided: date | None, *, free: bool
) -> tuple[Days, Days | None]:
    """Return when an offer begins and ends; a session or cohort has dates of its own."""
    details = offer.details
    start = max(apply.first, decided) if decided else apply.first
    if isinstance(details, TrainingDetails):
        session = _session(details.sessions, apply.first)
        if session is not None:
            end = session.ends or session.starts
            return Days(session.starts, session.starts), Days(end, end)
        return Days(start, apply.last if free and not details.sessions else None), None
    begins = Days(start, None)
    if isinstance(details, IncubationDetails):
        cohort = _cohort(details.cohorts, apply.first)
        if cohort is not None and cohort.starts is not None:
            begins = Days(cohort.starts, cohort.starts)
            if cohort.ends is not None:
                return begins, Days(cohort.ends, cohort.ends)
    return begins, _after(begins, _days_of(offer))


def _after(begins: Days, days: float | None) -> Days | None:
    return None if days is None else begins.later(Between(days, days))


def _days_of(offer: OfferDocument) -> float | None:
    """Return how many days an offer lasts, None where it is not published."""
    details = offer.details
    if isinstance(details, FundingDetails):
        # How long a loan is paid back says nothing of when the project is done.
        lent = any(part.instrument == "loan" for part in details.components)
        months = None if lent else details.duration_months
        return None if months is None else float(months) * DAYS_A_MONTH
    weeks = getattr(details, "duration_weeks", None)
    return None if weeks is None else float(weeks) * _DAYS_A_WEEK


def _session(sessions: tuple[Session, ...], day: date) -> Session | None:
    ahead = [session for session in sessions if session.starts >= day and session.seats_left != 0]
    return min(ahead, key=lambda session: session.starts, default=None)


def _cohort(cohorts: tuple[Cohort, ...], day: date) -> Cohort | None:
    ahead = [
        cohort
        for cohort in cohorts
        if cohort.starts and cohort.starts >= day and cohort.seats_left != 0
    ]
    return min(ahead, key=lambda cohort: cohort.starts or date.max, default=None)
