"""From offers that stand otherwise to what is told: events at once, lines and digests in time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_contracts.events import (
    DIGEST_DUE,
    MATCH_CHANGED,
    MATCH_PROPOSED,
    DigestDue,
    Event,
    EventType,
    MatchChanged,
    MatchProposed,
)
from aiff_kit.ids import new_id
from aiff_matching.watching.application.ports import WatchingWork
from aiff_matching.watching.domain.alerts import (
    DIGEST_SIZE,
    Alert,
    Turn,
    begun,
    best_first,
    continued,
)
from aiff_matching.watching.domain.match_states import MatchState, change
from aiff_matching.watching.domain.watched import Watcher

SOURCE = "/services/matching"


@dataclass(frozen=True, slots=True)
class News:
    """A need and an offer (their ids) that stand otherwise than before."""

    pair: tuple[UUID, UUID]
    slug: str
    before: MatchState | None
    now: MatchState | None


def announce(uow: WatchingWork, news: Sequence[News], now: datetime) -> None:
    """Write the lines and the events of what changed."""
    needs = dict.fromkeys(item.pair[0] for item in news)
    watchers = uow.alerts.watchers(needs)
    unread = {(line.need_id, line.offer_id): line for line in uow.alerts.unread(needs)}
    sequences: dict[UUID, int] = {}
    lines: list[Alert] = []
    gone: list[UUID] = []
    for item in news:
        watcher, line = watchers[item.pair[0]], unread.get(item.pair)
        _raise(uow, watcher, item, sequences, now)
        kept = _line(line, watcher, item, now)
        if kept is not None and kept is not line:
            lines.append(kept)
        if kept is None and line is not None:
            gone.append(line.id)
    uow.alerts.put(lines)
    uow.alerts.remove(gone)
    uow.alerts.count_events(sequences)


def tell_due(uow: WatchingWork, now: datetime, limit: int) -> int:
    """Have the owners of some needs told of what is due, and return how many."""
    needs = uow.alerts.due_needs(now, limit)
    if not needs or not uow.watching.alone():
        return 0
    due: defaultdict[UUID, list[Alert]] = defaultdict(list)
    for line in uow.alerts.unread(needs):
        if line.due_at is not None and line.due_at <= now:
            due[line.need_id].append(line)
    sequences: dict[UUID, int] = {}
    for watcher in uow.alerts.watchers(due).values():
        _append(uow, DIGEST_DUE, watcher, _digest(watcher, due[watcher.need_id], now), sequences)
    uow.alerts.put([line.told(now) for lines in due.values() for line in lines])
    uow.alerts.count_events(sequences)
    return len(due)


def _line(line: Alert | None, watcher: Watcher, news: News, now: datetime) -> Alert | None:
    turn = Turn(offer_id=news.pair[1], slug=news.slug, before=news.before, now=news.now, at=now)
    if line is None:
        return begun(new_id(), watcher.need_id, turn, watcher.settings)
    return continued(line, turn, watcher.settings)


def _raise(
    uow: WatchingWork, watcher: Watcher, news: News, sequences: dict[UUID, int], now: datetime
) -> None:
    kind = change(news.before, news.now, watcher.settings.minimum)
    if kind is None:
        return
    ids = {"need_id": watcher.need_id, "startup_id": watcher.startup_id, "offer_id": news.pair[1]}
    if kind == "new_match" and news.now is not None:
        verdict = news.now.verdict
        proposed = MatchProposed(**ids, offer_slug=news.slug, verdict=verdict, at=now)
        _append(uow, MATCH_PROPOSED, watcher, proposed, sequences)
    elif kind != "new_match":
        left = None if news.now is None else news.now.verdict
        changed = MatchChanged(**ids, offer_slug=news.slug, change=kind, verdict=left, at=now)
        _append(uow, MATCH_CHANGED, watcher, changed, sequences)


def _append(
    uow: WatchingWork,
    kind: EventType,
    watcher: Watcher,
    data: MatchProposed | MatchChanged | DigestDue,
    sequences: dict[UUID, int],
) -> None:
    """Add an event with the need's next number."""
    sequence = sequences.get(watcher.need_id, watcher.sequence) + 1
    sequences[watcher.need_id] = sequence
    at = data.due_at if isinstance(data, DigestDue) else data.at
    event = Event(
        id=new_id(),
        type=kind.name,
        source=SOURCE,
        key=str(watcher.need_id),
        sequence=sequence,
        time=at,
        data=data,
    )
    uow.events.append(event)


def _digest(watcher: Watcher, lines: Sequence[Alert], now: datetime) -> DigestDue:
    frequency = watcher.settings.frequency
    return DigestDue(
        digest_id=new_id(),
        need_id=watcher.need_id,
        startup_id=watcher.startup_id,
        tenant=watcher.tenant,
        frequency="immediate" if frequency == "off" else frequency,
        alerts=tuple(line.id for line in best_first(lines)[:DIGEST_SIZE]),
        total=len(lines),
        due_at=now,
    )
