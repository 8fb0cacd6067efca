"""From a step of an introduction to what the world is told: ids and states, nobody's data."""

from collections.abc import Callable
from dataclasses import replace

from aiff_contracts.events import (
    INTRODUCTION_RATED,
    INTRODUCTION_REMINDER_DUE,
    INTRODUCTION_REQUESTED,
    INTRODUCTION_STATE_CHANGED,
    Event,
    EventData,
    EventType,
    IntroductionRated,
    IntroductionReminderDue,
    IntroductionRequested,
    IntroductionStateChanged,
)
from aiff_kit.ids import new_id
from aiff_matching.introductions.application.ports import IntroductionsWork
from aiff_matching.introductions.domain.introductions import MOVES, Introduction
from aiff_matching.offers.domain.ratings import RatingSum
from aiff_matching.shared.versions import check_version

SOURCE = "/services/matching"


def announce(uow: IntroductionsWork, item: Introduction) -> None:
    """Add the event of the last step to the outbox; what changes no state is nobody's business."""
    if item.last.action == "request":
        _append(uow, INTRODUCTION_REQUESTED, item, _requested(item))
    elif item.last.action == "remind":
        _append(uow, INTRODUCTION_REMINDER_DUE, item, _reminder(item))
    elif item.last.action in MOVES:
        _append(uow, INTRODUCTION_STATE_CHANGED, item, _changed(item))


def advanced(
    uow: IntroductionsWork,
    current: Introduction,
    version: int | None,
    change: Callable[[Introduction], Introduction],
) -> Introduction:
    """Store the next version of a request with its event, and commit.

    StaleVersionError where another version than `version` was read (None: any).
    """
    check_version(current.version, version)
    changed = change(current)
    uow.introductions.save(changed)
    announce(uow, changed)
    uow.commit()
    return changed


def announce_rating(uow: IntroductionsWork, item: Introduction, ratings: RatingSum) -> None:
    """Tell what the ratings of the offer add up to; the count orders these events."""
    data = IntroductionRated(
        offer_id=item.offer.id,
        provider=item.offer.provider,
        count=ratings.count,
        mean=ratings.mean,
        rated_at=item.updated_at,
    )
    event = _event(INTRODUCTION_RATED, item, data)
    uow.events.append(replace(event, key=str(item.offer.id), sequence=ratings.count))


def _append(uow: IntroductionsWork, kind: EventType, item: Introduction, data: EventData) -> None:
    uow.events.append(_event(kind, item, data))


def _event(kind: EventType, item: Introduction, data: EventData) -> Event:
    return Event(
        id=new_id(),
        type=kind.name,
        source=SOURCE,
        key=str(item.id),
        sequence=item.version,
        time=item.updated_at,
        data=data,
    )


def _requested(item: Introduction) -> IntroductionRequested:
    return IntroductionRequested(
        introduction_id=item.id,
        offer_id=item.offer.id,
        provider=item.offer.provider,
        requested_at=item.requested_at,
    )


def _changed(item: Introduction) -> IntroductionStateChanged:
    return IntroductionStateChanged(
        introduction_id=item.id,
        offer_id=item.offer.id,
        provider=item.offer.provider,
        state=item.state,
        changed_at=item.updated_at,
    )


def _reminder(item: Introduction) -> IntroductionReminderDue:
    return IntroductionReminderDue(
        introduction_id=item.id,
        offer_id=item.offer.id,
        provider=item.offer.provider,
        state=item.state,
        reminder=item.reminders,
        waiting_since=item.waiting_since,
    )
