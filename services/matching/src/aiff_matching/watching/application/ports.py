"""What the use cases of watched needs need of the outside, in plain values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_matching.shared.ports import Events, Work
from aiff_matching.watching.domain.alerts import Alert
from aiff_matching.watching.domain.match_states import MatchState
from aiff_matching.watching.domain.watched import (
    Due,
    NeedKey,
    Subject,
    WatchedNeed,
    Watcher,
)


class Watching(Protocol):
    """What is to be judged again, and how offers stood for needs when they were judged."""

    def alone(self) -> bool:
        """Tell whether this transaction is the only one that judges needs until it ends."""

    def note_offer(self, offer_id: UUID, neighbours: Iterable[str] = ()) -> None:
        """Make an offer due, and those in the copy that have one of these slugs."""

    def note_need(self, need_id: UUID, *, silent: bool) -> None:
        """Make a need due; `silent` for its first judgement."""

    def note_needs_of(self, startup_id: UUID) -> None:
        """Make all needs of a start-up due."""

    def note_all_needs(self) -> None:
        """Make every need due."""

    def due(self, subject: Subject, limit: int) -> Sequence[Due]:
        """Return some of what is due."""

    def due_offers(self) -> frozenset[UUID]:
        """Return the ids of all offers that are due."""

    def done(self, subject: Subject, items: Iterable[Due]) -> None:
        """Forget what was judged, unless it became due again since it was read."""

    def is_idle(self) -> bool:
        """Tell whether there is no need at all."""

    def keys(self, ids: Iterable[UUID] | None = None) -> Sequence[NeedKey]:
        """Return the versions of all needs; or those of some, which then stay until the end."""

    def read(self, keys: Iterable[NeedKey]) -> Sequence[WatchedNeed]:
        """Return needs with their profiles, as new as they are."""

    def of_needs(
        self, needs: Iterable[UUID], offers: Sequence[UUID] | None = None
    ) -> Mapping[tuple[UUID, UUID], tuple[str, MatchState]]:
        """Return slugs and match states by need and offer; `offers` None means all."""

    def put(self, changed: Mapping[tuple[UUID, UUID], tuple[str, MatchState | None]]) -> None:
        """Replace match states; None forgets one."""

    def reached(self, now: datetime) -> datetime:
        """Return up to when the passing of time was judged; it begins now."""

    def reach(self, now: datetime) -> None:
        """Note up to when the passing of time was judged."""


class Alerts(Protocol):
    """Alerts of needs, and how their owners are told."""

    def begin(self, need_id: UUID) -> None:
        """Give a new need the usual settings."""

    def watcher(self, need_id: UUID, tenant: str) -> Watcher:
        """Return a need's settings, or raise NeedNotFoundError where it is not the tenant's."""

    def watchers(self, needs: Iterable[UUID]) -> Mapping[UUID, Watcher]:
        """Return the settings of needs by id."""

    def save_settings(self, watcher: Watcher) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""

    def page(
        self, need_id: UUID, after: str, limit: int, *, unread: bool = False
    ) -> Sequence[Alert]:
        """Return a need's lines that come after an id, the newest first."""

    def unread(self, needs: Iterable[UUID]) -> Sequence[Alert]:
        """Return the unread lines of needs; nobody reads them until the transaction ends."""

    def put(self, lines: Iterable[Alert]) -> None:
        """Store or replace lines."""

    def remove(self, ids: Iterable[UUID]) -> None:
        """Forget lines."""

    def due_needs(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return some needs with lines that are to be told."""

    def count_events(self, sequences: Mapping[UUID, int]) -> None:
        """Note the number of the last event of each need."""


class WatchingWork(Work, Protocol):
    """What the use cases of watched needs see of a transaction."""

    @property
    def watching(self) -> Watching:
        """What is due, and how offers stood."""

    @property
    def alerts(self) -> Alerts:
        """What is told, and how."""

    @property
    def events(self) -> Events:
        """The outbox."""


OpenWatchingWork = Callable[[], WatchingWork]
