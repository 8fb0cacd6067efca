"""Alerts of a stored need: list, mark as read, say how to be told; only their owner sees them."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from aiff_kit.clock import Clock
from aiff_matching.shared.versions import Target, check_version
from aiff_matching.watching.application.ports import OpenWatchingWork
from aiff_matching.watching.domain.alerts import Alert, AlertSettings
from aiff_matching.watching.domain.watched import Watcher


class AlertCommands:
    """The use cases of alerts."""

    def __init__(self, unit_of_work: OpenWatchingWork, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = unit_of_work
        self._clock = clock

    def page(self, need: Target, after: str, limit: int, *, unread: bool) -> Sequence[Alert]:
        """Return the lines of the tenant's need after an id, the newest first."""
        with self._open() as uow:
            uow.alerts.watcher(need.id, need.tenant)
            return uow.alerts.page(need.id, after, limit, unread=unread)

    def read(self, need: Target, alerts: Sequence[UUID] | None) -> int:
        """Mark lines as read (None: all) and return how many were not; unknown ids are ignored."""
        now = self._clock()
        with self._open() as uow:
            uow.alerts.watcher(need.id, need.tenant)
            unread = uow.alerts.unread([need.id])
            chosen = [line for line in unread if alerts is None or line.id in alerts]
            uow.alerts.put([replace(line, read_at=now, due_at=None) for line in chosen])
            uow.commit()
        return len(chosen)

    def settings(self, need: Target) -> Watcher:
        """Return how the tenant's need is told of."""
        with self._open() as uow:
            return uow.alerts.watcher(need.id, need.tenant)

    def change_settings(self, need: Target, settings: AlertSettings) -> Watcher:
        """Replace the settings; lines that wait are told as the new ones say."""
        with self._open() as uow:
            current = uow.alerts.watcher(need.id, need.tenant)
            check_version(current.version, need.version)
            changed = replace(current, settings=settings, version=current.version + 1)
            uow.alerts.save_settings(changed)
            waiting = uow.alerts.unread([need.id])
            uow.alerts.put([line.due_again(settings) for line in waiting])
            uow.commit()
        return changed
