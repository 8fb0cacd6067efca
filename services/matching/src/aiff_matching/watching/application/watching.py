"""Needs stay alive: what an event, the clock or a profile has changed is judged again, once.

Whatever changes an answer makes something due in its own transaction; this step judges what is due
outside of any transaction, and stores the match states, the lines and the events of it in one. What
it says is the difference to the match states that it replaces, so it may be done twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from aiff_contracts.sparing import spared
from aiff_kit.clock import Clock
from aiff_matching.offers.application.ports import LiveCatalogue
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.watching.application.news import News, announce, tell_due
from aiff_matching.watching.application.ports import OpenWatchingWork, WatchingWork
from aiff_matching.watching.application.watched_needs import WatchedNeeds
from aiff_matching.watching.domain.match_states import MatchState, same_match
from aiff_matching.watching.domain.need_columns import NeedColumns, full
from aiff_matching.watching.domain.scheduled_changes import ScheduledChanges, day_of
from aiff_matching.watching.domain.watched import Due, NeedKey

_OFFERS_A_STEP = 20
_NEEDS_A_STEP = 100
_NEEDS_A_TRANSACTION = 500
_DIGESTS_A_STEP = 50

Pair = tuple[UUID, UUID]
JudgedStates = Mapping[Pair, tuple[str, MatchState | None]]


class NeedWatch:
    """Judges needs again. One process does it at a time; another one would find nothing new."""

    def __init__(
        self,
        unit_of_work: OpenWatchingWork,
        catalogue: LiveCatalogue,
        needs: WatchedNeeds,
        clock: Clock,
    ) -> None:
        """Keep what opens a transaction, the catalogue, the needs in memory, and the clock."""
        self._open = unit_of_work
        self._catalogue = catalogue
        self._needs = needs
        self._clock = clock
        self._reached: datetime | None = None
        self._scheduled = ScheduledChanges.of((), 0)

    def step(self) -> int:
        """Do some of what is due and return how much; 0 means that all is done for now."""
        now = self._clock()
        with self._open() as uow:
            is_idle = uow.watching.is_idle()
        # The catalogue is put together for the needs alone: without any, time changes nothing.
        passed = 0 if is_idle else self._let_time_pass(now)
        with self._open() as uow:
            offers = uow.watching.due("offer", _OFFERS_A_STEP)
            needs = () if offers else uow.watching.due("need", _NEEDS_A_STEP)
            told = 0 if offers or needs else tell_due(uow, now, _DIGESTS_A_STEP)
            keys = uow.watching.keys(None if offers else [item.id for item in needs])
            uow.commit()
        if offers:
            self._judge_offers(offers, keys, now)
        if needs:
            self._judge_needs(needs, keys, now)
        return passed + len(offers) + len(needs) + told

    def _let_time_pass(self, now: datetime) -> int:
        """Make due whatever the clock alone has changed since it was last looked at."""
        catalogue = self._catalogue.current()
        if self._scheduled.revision != catalogue.revision:
            self._scheduled = ScheduledChanges.of(catalogue.candidates, catalogue.revision)
        if self._reached is not None and not self._scheduled.passed(self._reached, now):
            return 0
        with self._open() as uow:
            since = uow.watching.reached(now)
            crossed = self._scheduled.offers(since, now)
            new_day = day_of(since) != day_of(now)
            if new_day:
                uow.watching.note_all_needs()
            for offer_id in crossed:
                uow.watching.note_offer(offer_id)
            uow.watching.reach(max(since, now))
            uow.commit()
        self._reached = max(since, now)
        return len(crossed) + new_day

    def _judge_offers(self, items: Sequence[Due], keys: Sequence[NeedKey], now: datetime) -> None:
        """Judge the offers that changed for all needs, and these needs' tops where it matters."""
        offers = [item.id for item in items]
        judged = self._of_offers(offers, keys, now) if keys else {}
        for part in _parts(keys, _NEEDS_A_TRANSACTION):
            with self._open() as uow:
                if not uow.watching.alone():
                    return
                self._store(uow, part, offers, judged, now)
                uow.commit()
        with self._open() as uow:
            uow.watching.done("offer", items)
            uow.commit()

    def _of_offers(
        self, offers: Sequence[UUID], keys: Sequence[NeedKey], now: datetime
    ) -> JudgedStates:
        catalogue = self._catalogue.current()
        needs = self._needs.needs(keys, catalogue, now)
        return dict(_of_offers(offers, catalogue, needs, now))

    def _judge_needs(self, items: Sequence[Due], keys: Sequence[NeedKey], now: datetime) -> None:
        """Judge all offers for the needs that changed."""
        catalogue = self._catalogue.current()
        needs = self._needs.needs(keys, catalogue, now)
        judged = self._of_needs(catalogue, needs, now)
        with self._open() as uow:
            if not uow.watching.alone():
                return
            silent = frozenset(item.id for item in items if item.silent)
            self._store(uow, keys, None, judged, now, silent)
            uow.watching.done("need", items)
            uow.commit()

    def _of_needs(
        self, catalogue: Catalogue, needs: NeedColumns, now: datetime
    ) -> dict[Pair, tuple[str, MatchState | None]]:
        slugs = {candidate.offer.id: candidate.offer.slug for candidate in catalogue.candidates}
        judged: dict[Pair, tuple[str, MatchState | None]] = {}
        states = full(needs, catalogue.candidates, now)
        for need in needs.needs:
            top = partial(self._needs.top, need, catalogue, now)
            first = spared("watching needs", str(need.id), top, frozenset[UUID]())
            for offer_id, kept in states[need.id].items():
                marked = kept.marked(top=offer_id in first)
                judged[need.id, offer_id] = slugs[offer_id], marked
        return judged

    def _store(
        self,
        uow: WatchingWork,
        keys: Sequence[NeedKey],
        offers: Sequence[UUID] | None,
        states: JudgedStates,
        now: datetime,
        silent: frozenset[UUID] = frozenset(),
    ) -> None:
        """Replace what changed, and announce it; needs that changed meanwhile are due anyway.

        Of a silent need, offers that became due since are left to their own judgement, which
        tells: the catalogue that was judged may hold them already.
        """
        judged = frozenset(keys)
        late = uow.watching.due_offers() if silent else frozenset()
        present = [key.id for key in uow.watching.keys([k.id for k in keys]) if key in judged]
        before = uow.watching.of_needs(present, offers)
        news = [
            item
            for item in _news(present, before, states, offers)
            if item.pair[0] not in silent or item.pair[1] not in late
        ]
        uow.watching.put({item.pair: (item.slug, item.now) for item in news})
        announce(uow, [item for item in news if item.pair[0] not in silent], now)
        if offers is not None:
            for need_id in {item.pair[0] for item in news if not same_match(item.before, item.now)}:
                uow.watching.note_need(need_id, silent=False)


def _of_offers(
    offers: Sequence[UUID], catalogue: Catalogue, needs: NeedColumns, now: datetime
) -> Iterator[tuple[Pair, tuple[str, MatchState | None]]]:
    """Yield how the offers stand for every need; one that is gone is in no pair."""
    wanted = frozenset(offers)
    for candidate in catalogue.candidates:
        if candidate.offer.id not in wanted:
            continue
        states = needs.states(candidate, now)
        for need, kept in zip(needs.needs, states, strict=True):
            yield (need.id, candidate.offer.id), (candidate.offer.slug, kept)


def _news(
    needs: Sequence[UUID],
    before: Mapping[Pair, tuple[str, MatchState]],
    judged: JudgedStates,
    offers: Sequence[UUID] | None,
) -> Iterator[News]:
    """Yield the pairs that stand otherwise than before."""
    present = frozenset(needs)
    for pair in _pairs(needs, before, judged, offers):
        if pair[0] not in present:
            continue
        slug, was = before.get(pair, ("", None))
        slug, kept = judged.get(pair, (slug, None))
        if offers is not None and kept is not None and was is not None:
            # Which offers are first takes all offers of a need: its own judgement follows.
            kept = kept.marked(top=was.top)
        if kept != was:
            yield News(pair, slug, was, kept)


def _pairs(
    needs: Sequence[UUID],
    before: Mapping[Pair, tuple[str, MatchState]],
    judged: JudgedStates,
    offers: Sequence[UUID] | None,
) -> Iterable[Pair]:
    if offers is None:
        return dict.fromkeys([*before, *judged])
    return ((need_id, offer_id) for need_id in needs for offer_id in offers)


def _parts(keys: Sequence[NeedKey], size: int) -> Iterator[Sequence[NeedKey]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
