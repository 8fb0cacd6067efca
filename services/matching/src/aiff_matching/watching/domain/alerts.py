"""Alerts of a stored need: one line for each offer, whatever happens to it before it is read.

A line remembers how the offer stood when the reader was last told (`before`). What it says is the
difference to how it stands now: ten edits are one line, and what is taken back before it was told
is no line at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_matching.rules.domain.verdicts import VERDICTS
from aiff_matching.watching.domain.match_states import (
    ALERT_KINDS,
    AlertKind,
    MatchState,
    Minimum,
    change,
)
from aiff_matching.watching.domain.scheduled_changes import Frequency, next_digest

# A digest names the best; the rest is counted.
DIGEST_SIZE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings(Strict):
    """How the owner of a need wants to be told.

    `kinds` None means every kind. `minimum` is the smallest verdict that counts as a match.
    `off` keeps the need up to date without telling anything.
    """

    frequency: Frequency = "daily"
    kinds: Annotated[tuple[AlertKind, ...], MinLen(1), MaxLen(len(ALERT_KINDS))] | None = None
    minimum: Minimum = "to_confirm"

    def tells(self, kind: AlertKind | None) -> bool:
        """Tell whether a change of this kind makes an alert."""
        wanted = kind is not None and (self.kinds is None or kind in self.kinds)
        return wanted and self.frequency != "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One line: an offer, what is new about it, and when that is told.

    `changes` counts the changes in it; `due_at` is None while there is nothing to tell;
    `told_kind` is what was told last. `before` and `now` are None where the offer had, or has,
    no match state.
    """

    id: UUID
    need_id: UUID
    offer_id: UUID
    slug: str
    kind: AlertKind
    before: MatchState | None
    now: MatchState | None
    changes: int
    first_at: datetime
    last_at: datetime
    due_at: datetime | None = None
    told_at: datetime | None = None
    told_kind: AlertKind | None = None
    read_at: datetime | None = None

    def told(self, now: datetime) -> "Alert":
        """Return the line after a digest has named it."""
        return replace(self, before=self.now, told_at=now, told_kind=self.kind, due_at=None)

    def turned(self, turn: "Turn", kind: AlertKind, due_at: datetime | None) -> "Alert":
        """Return the line with one more change in it."""
        return replace(
            self,
            kind=kind,
            slug=turn.slug,
            now=turn.now,
            changes=self.changes + turn.counts,
            last_at=turn.at,
            due_at=due_at,
        )

    def due_again(self, settings: AlertSettings) -> "Alert":
        """Return the line as other settings tell it; what was told or read stays so."""
        if self.read_at is not None or (self.told_at is not None and self.due_at is None):
            return self
        due = next_digest(settings.frequency, self.last_at, self.told_at)
        return replace(self, due_at=due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One offer that stands differently for a need than before, at an instant."""

    offer_id: UUID
    slug: str
    before: MatchState | None
    now: MatchState | None
    at: datetime

    @property
    def counts(self) -> bool:
        """Tell whether it is a change of its own, and not only its place in the answer."""
        if self.before is None or self.now is None:
            return True
        return self.before.marked(top=None) != self.now.marked(top=None)


def begun(alert_id: UUID, need_id: UUID, turn: Turn, settings: AlertSettings) -> Alert | None:
    """Return the line with which the news of an offer begins, None where it is no news."""
    kind = change(turn.before, turn.now, settings.minimum)
    if kind is None or not settings.tells(kind):
        return None
    return Alert(
        id=alert_id,
        need_id=need_id,
        offer_id=turn.offer_id,
        slug=turn.slug,
        kind=kind,
        before=turn.before,
        now=turn.now,
        changes=1,
        first_at=turn.at,
        last_at=turn.at,
        due_at=next_digest(settings.frequency, turn.at),
    )


def continued(line: Alert, turn: Turn, settings: AlertSettings) -> Alert | None:
    """Return the unread line after another change, None where nothing remains to be said."""
    kind = change(line.before, turn.now, settings.minimum)
    if kind is None or not settings.tells(kind):
        told = line.told_kind
        return None if told is None else line.turned(turn, told, due_at=None)
    due = line.due_at or next_digest(settings.frequency, turn.at, line.told_at)
    return line.turned(turn, kind, due_at=due)


def best_first(alerts: Iterable[Alert]) -> Sequence[Alert]:
    """Return lines by their worth: the verdict, then the top of the answer, then the kind."""
    return sorted(alerts, key=_worth)


def _worth(alert: Alert) -> tuple[int, bool, int, str]:
    now = alert.now
    verdict = VERDICTS.index("not_eligible" if now is None else now.verdict)
    return verdict, not (now is not None and now.top), ALERT_KINDS.index(alert.kind), alert.slug
