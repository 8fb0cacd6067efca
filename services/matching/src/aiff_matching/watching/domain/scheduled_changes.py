"""When the clock alone changes an answer: intakes that open or close, and the end of a day."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from aiff_contracts.offer import Intake
from aiff_contracts.offer.intake import CutOffs, RollingThenDated, windows
from aiff_matching.offers.domain.catalogue import Candidate, gates
from aiff_matching.watching.domain.match_states import CLOSING_SOON

Frequency = Literal["immediate", "daily", "weekly", "off"]
_PARIS = ZoneInfo("Europe/Paris")
_DIGEST_AT = time(8)
_MONDAY = 0
# What was told immediately is told again only after this rest, however often it changes.
REST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ScheduledChanges:
    """The instants of a catalogue's revision in order, each with its offer."""

    revision: int
    instants: tuple[datetime, ...]
    ids: tuple[UUID, ...]

    @classmethod
    def of(cls, candidates: Iterable[Candidate], revision: int) -> "ScheduledChanges":
        """Collect and sort them once."""
        changes = [
            (at, candidate.offer.id) for candidate in candidates for at in boundaries(candidate)
        ]
        changes.sort(key=lambda entry: entry[0])
        return cls(revision, tuple(at for at, _ in changes), tuple(own for _, own in changes))

    def offers(self, since: datetime, now: datetime) -> frozenset[UUID]:
        """Return the offers with an instant after `since` and not after `now`."""
        first, end = bisect_right(self.instants, since), bisect_right(self.instants, now)
        return frozenset(self.ids[first:end])

    def passed(self, since: datetime, now: datetime) -> bool:
        """Tell whether the clock has changed anything between two instants."""
        return day_of(since) != day_of(now) or bool(self.offers(since, now))


def boundaries(candidate: Candidate) -> frozenset[datetime]:
    """Return the instants at which an offer can stand differently with nothing else changed."""
    instants: set[datetime] = set()
    for gate in gates(candidate):
        instants.update(instant for instant, _ in gate.transitions)
        instants.update(_deadlines(gate.intake))
    return frozenset(instants)


def day_of(instant: datetime) -> int:
    """Return the number of the day in Paris: ages, certificates and aid count in days."""
    return instant.astimezone(_PARIS).date().toordinal()


def next_digest(
    frequency: Frequency, now: datetime, told_at: datetime | None = None
) -> datetime | None:
    """Return when something new is told: at once, or at eight in Paris on the next day or Monday.

    None for `off`. What was told before at once rests for a day.
    """
    match frequency:
        case "off":
            return None
        case "immediate":
            return now if told_at is None else max(now, told_at + REST)
    here = now.astimezone(_PARIS)
    day = here.date() + timedelta(days=0 if here.time() < _DIGEST_AT else 1)
    while frequency == "weekly" and day.weekday() != _MONDAY:
        day += timedelta(days=1)
    return datetime.combine(day, _DIGEST_AT, _PARIS)


def _deadlines(intake: Intake) -> Iterator[datetime]:
    moments = [span.closes for span in windows(intake)]
    match intake:
        case CutOffs(cut_offs=dates) | RollingThenDated(full_cut_offs=dates):
            moments += dates
    for moment in moments:
        if moment is not None:
            yield moment.end()
            yield moment.end() - CLOSING_SOON
