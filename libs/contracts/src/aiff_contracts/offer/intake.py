"""When an offer takes applications. The status is derived from the intake and the clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from annotated_types import Ge, MaxLen, MinLen
from pydantic import Discriminator

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import Text

IntakeStatus = Literal["open", "opens_soon", "closed", "by_recommendation", "unknown"]
Transition = tuple[datetime, IntakeStatus]

# An opening is announced as "soon" from this many days before it.
SOON_DAYS = 90
# Beyond these the instants around a date cannot be computed, and no call is meant.
FIRST_YEAR, LAST_YEAR = 1970, 2200
_START = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(Strict):
    """A calendar day, and a time of day where one is published, in a named time zone."""

    on: date
    at: time | None = None
    timezone: str = "Europe/Paris"

    def __post_init__(self) -> None:
        """Refuse a time zone that does not exist, a time with its own, and an absurd year."""
        if not FIRST_YEAR <= self.on.year <= LAST_YEAR:
            message = f"give a year from {FIRST_YEAR} to {LAST_YEAR}"
            raise ValueError(message)
        try:
            ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError) as error:
            message = f"{self.timezone!r} is not a time zone of the IANA database"
            raise ValueError(message) from error
        if self.at is not None and self.at.tzinfo is not None:
            message = "give the time without an offset; the timezone field says which it is"
            raise ValueError(message)

    def start(self) -> datetime:
        """Return the instant at which this moment begins (midnight where no time is given)."""
        return datetime.combine(self.on, self.at or time.min, ZoneInfo(self.timezone))

    def end(self) -> datetime:
        """Return the instant after which it is too late (end of day where no time is given)."""
        if self.at is not None:
            return self.start()
        return datetime.combine(self.on + timedelta(days=1), time.min, ZoneInfo(self.timezone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window(Strict):
    """A period in which applications are taken; a side that is None is open-ended or unknown."""

    opens: Moment | None = None
    closes: Moment | None = None
    label: Annotated[str, MaxLen(120)] | None = None

    def __post_init__(self) -> None:
        """Refuse a window that closes before it opens."""
        if self.opens and self.closes and self.closes.end() <= self.opens.start():
            message = "the window closes before it opens; exchange or correct the dates"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permanent(Strict):
    """Applications are taken at any time."""

    shape: Literal["permanent"] = "permanent"
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedWindow(Strict):
    """One period, with its opening and closing."""

    shape: Literal["window"] = "window"
    window: Window
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOffs(Strict):
    """Applications at any time, collected at cut-offs; closed after the last one known.

    With `recurring` further cut-offs follow the listed ones at dates not yet published.
    """

    shape: Literal["cut_offs"] = "cut_offs"
    opens: Moment | None = None
    cut_offs: tuple[Moment, ...]
    recurring: bool = False
    note: Text | None = None

    def __post_init__(self) -> None:
        """Refuse an opening after the last cut-off."""
        last = max((moment.end() for moment in self.cut_offs), default=None)
        if self.opens and last and last <= self.opens.start():
            message = "the last cut-off is before the opening; exchange or correct the dates"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves(Strict):
    """Several separate periods, each with its own opening and closing."""

    shape: Literal["waves"] = "waves"
    waves: Annotated[tuple[Window, ...], MinLen(1)]
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollingThenDated(Strict):
    """A short step that is always open, then a full step with dated cut-offs."""

    shape: Literal["rolling_then_dated"] = "rolling_then_dated"
    full_cut_offs: tuple[Moment, ...]
    closes: Moment | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseGated(Strict):
    """Open to those who completed an earlier phase (`after`: the slug of its offer)."""

    shape: Literal["phase_gated"] = "phase_gated"
    after: Annotated[str, MaxLen(80)]
    window: Window | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosesAtCount(Strict):
    """A period that also ends when `limit` applications came in; `remaining` where known."""

    shape: Literal["closes_at_count"] = "closes_at_count"
    window: Window
    limit: Annotated[int, Ge(1)]
    remaining: Annotated[int, Ge(0)] | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationOnly(Strict):
    """Nobody applies: one is recommended. Never shown as "apply now"."""

    shape: Literal["recommendation_only"] = "recommendation_only"
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedForGood(Strict):
    """Ended with no next edition announced; `since` where the day is known."""

    shape: Literal["closed"] = "closed"
    since: Moment | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownIntake(Strict):
    """No source says when applications are taken."""

    shape: Literal["unknown"] = "unknown"
    note: Text | None = None


Intake = Annotated[
    Permanent
    | DatedWindow
    | CutOffs
    | Waves
    | RollingThenDated
    | PhaseGated
    | ClosesAtCount
    | RecommendationOnly
    | ClosedForGood
    | UnknownIntake,
    Discriminator("shape"),
]
_ALWAYS = Moment(on=date(1970, 1, 1))
_STEADY: dict[type, IntakeStatus] = {
    Permanent: "open",
    RecommendationOnly: "by_recommendation",
    UnknownIntake: "unknown",
    ClosedForGood: "closed",
}


def timeline(intake: Intake) -> tuple[Transition, ...]:
    """Return the instants at which the status changes, oldest first, beginning in 1970.

    The status at an instant is that of the last transition at or before it, so a stored
    timeline gives the right status at any time without being computed again.
    """
    steady = _STEADY.get(type(intake))
    if isinstance(intake, ClosesAtCount) and intake.remaining == 0:
        steady = "closed"
    if steady is not None:
        return ((_START, steady),)
    spans = windows(intake)
    if not spans or all(span.opens is None and span.closes is None for span in spans):
        return ((_START, "unknown"),)
    return _from_windows(spans)


def instants(intake: Intake) -> frozenset[datetime]:
    """Return every instant at which the status, the next deadline or the next opening changes."""
    ends = [span.closes.end() for span in windows(intake) if span.closes]
    starts = [span.opens.start() for span in windows(intake) if span.opens]
    match intake:
        case CutOffs(cut_offs=dates) | RollingThenDated(full_cut_offs=dates):
            ends += [moment.end() for moment in dates]
    return frozenset((*starts, *ends, *(instant for instant, _ in timeline(intake))))


def status_at(intake: Intake, now: datetime) -> IntakeStatus:
    """Return the derived status at an aware instant."""
    return status_in(timeline(intake), now)


def status_in(transitions: tuple[Transition, ...], now: datetime) -> IntakeStatus:
    """Return the status that a timeline gives at an aware instant."""
    status: IntakeStatus = "unknown"
    for instant, following in transitions:
        if instant > now:
            break
        status = following
    return status


def next_deadline(intake: Intake, now: datetime) -> Moment | None:
    """Return the first closing or cut-off that is still ahead, None where none is known."""
    match intake:
        case CutOffs(cut_offs=dates) | RollingThenDated(full_cut_offs=dates):
            ahead = [moment for moment in dates if moment.end() > now]
        case _:
            closings = [span.closes for span in windows(intake)]
            ahead = [moment for moment in closings if moment is not None and moment.end() > now]
    return min(ahead, key=Moment.end, default=None)


def next_opening(intake: Intake, now: datetime) -> Moment | None:
    """Return the next opening ahead, None where none is known."""
    openings = [span.opens for span in windows(intake)]
    ahead = [moment for moment in openings if moment is not None and moment.start() > now]
    return min(ahead, key=Moment.start, default=None)


def windows(intake: Intake) -> tuple[Window, ...]:
    """Return the periods of an intake in which applications are taken."""
    match intake:
        case DatedWindow(window=window) | ClosesAtCount(window=window):
            return (window,)
        case PhaseGated(window=window):
            return (window,) if window else ()
        case Waves(waves=waves):
            return waves
        case CutOffs():
            return _collected(intake)
        case RollingThenDated(closes=closes):
            return (Window(opens=_ALWAYS, closes=closes),)
    return ()


def _collected(intake: CutOffs) -> tuple[Window, ...]:
    """Return the period that ends with the last cut-off, or never when they recur."""
    if intake.recurring:
        return (Window(opens=intake.opens or _ALWAYS),)
    if not intake.cut_offs:
        return (Window(opens=intake.opens),) if intake.opens else ()
    return (Window(opens=intake.opens, closes=max(intake.cut_offs, key=Moment.end)),)


def _from_windows(spans: tuple[Window, ...]) -> tuple[Transition, ...]:
    """Turn periods into transitions: closed, soon before an opening, open inside.

    Overlapping windows count as open; a count that has run out is stated by the curator as
    `closed`, since only the provider knows it.
    """
    instants = {_START}
    for span in spans:
        if span.opens:
            instants |= {span.opens.start(), span.opens.start() - timedelta(days=SOON_DAYS)}
        if span.closes:
            instants.add(span.closes.end())
    transitions: list[Transition] = []
    for instant in sorted(instants):
        status = _status_of(spans, instant)
        if not transitions or transitions[-1][1] != status:
            transitions.append((instant, status))
    return tuple(transitions)


def _status_of(spans: tuple[Window, ...], now: datetime) -> IntakeStatus:
    if any(_holds(span, now) for span in spans):
        return "open"
    soon = now + timedelta(days=SOON_DAYS)
    if any(span.opens and now < span.opens.start() <= soon for span in spans):
        return "opens_soon"
    return "closed"


def _holds(span: Window, now: datetime) -> bool:
    opened = span.opens is None or span.opens.start() <= now
    return opened and (span.closes is None or now < span.closes.end())
