"""What the clock does to offers: planned publications, and the expiry of what is over for good."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from aiff_catalog.offers.application.changing import (
    Note,
    require_free_slug,
    save,
)
from aiff_catalog.offers.application.references import check_references
from aiff_catalog.offers.domain import offer as offers
from aiff_catalog.offers.domain import pending as texts
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.reviews.application.ports import OpenReviews, ReviewsUnitOfWork
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import CatalogueError, StaleVersionError
from aiff_contracts.codec import Faults
from aiff_kit.clock import Clock

CLOCK = "clock"
_AT_ONCE = 100
# How often is looked: a publication is planned to the second, an expiry to the day.
_PUBLISH_EVERY = timedelta(seconds=1)
_EXPIRE_EVERY = timedelta(hours=1)

Change = Callable[[ReviewsUnitOfWork, Offer], None]

_log = structlog.get_logger(__name__)


class PublicationCalendar:
    """Publishes what was approved for a date, and expires what has been closed for long."""

    def __init__(self, open_uow: OpenReviews, clock: Clock, expire_after: timedelta | None) -> None:
        """Keep where to write, the clock, and how long a closed offer stays (None: for ever)."""
        self._open_uow = open_uow
        self._clock = clock
        self._expire_after = expire_after
        self._publish_next = self._expire_next = datetime.min.replace(tzinfo=UTC)

    def step(self) -> int:
        """Do what is due, not more often than need be; return how many offers changed."""
        now, done = self._clock(), 0
        if now >= self._publish_next:
            done += self.publish_due()
            self._publish_next = now + _PUBLISH_EVERY
        if now >= self._expire_next:
            expired = self.expire_due()
            done += expired
            # A full batch has more behind it.
            self._expire_next = now if expired == _AT_ONCE else now + _EXPIRE_EVERY
        return done

    def publish_due(self) -> int:
        """Publish each approved text whose instant has come.

        A text that can no longer be published goes back to review with the reason.
        """
        with self._open_uow() as uow:
            due = uow.offers.to_publish(self._clock(), _AT_ONCE)
        return sum(self._attempt(offer, self._publish) for offer in due)

    def expire_due(self) -> int:
        """Expire the published offers whose intake ended for good that long ago."""
        if self._expire_after is None:
            return 0
        ended_before = self._clock() - self._expire_after
        with self._open_uow() as uow:
            due = uow.documents.over_since(ended_before, _AT_ONCE)
            over = [uow.offers.get(offer_id) for offer_id in due]
        return sum(self._attempt(offer, self._expire) for offer in over)

    def _attempt(self, offer: Offer, change: Change) -> int:
        try:
            with self._open_uow() as uow:
                change(uow, offer)
                uow.commit()
        except StaleVersionError:
            # Somebody changed the offer meanwhile: the next look decides anew.
            return 0
        except (CatalogueError, Faults) as error:
            self._give_back(offer, error)
        return 1

    def _publish(self, uow: ReviewsUnitOfWork, offer: Offer) -> None:
        text = offer.waiting
        check_references(uow, text.content)
        require_free_slug(uow, offer, text.content.slug)
        by = Authorship(author=text.approved_by or CLOCK, reason="planned publication")
        published = offers.publish(offer, self._clock())
        save(uow, offer, published, Note(action="published", by=by))

    def _expire(self, uow: ReviewsUnitOfWork, offer: Offer) -> None:
        days = self._expire_after.days if self._expire_after else 0
        reason = f"Candidatures closes depuis plus de {days} jours / closed for over {days} days"
        hidden = offers.hide(offer, "expire", reason, self._clock())
        save(uow, offer, hidden, Note(action="expired", by=Authorship(author=CLOCK), reason=reason))

    def _give_back(self, offer: Offer, error: Exception) -> None:
        reason = f"could not be published: {error}"
        _log.warning("planned publication refused", offer=str(offer.id), reason=str(error))
        now = self._clock()
        returned = offers.with_pending(offer, texts.unscheduled(offer.waiting, now, reason), now)
        note = Note(action="unscheduled", by=Authorship(author=CLOCK), reason=reason)
        with self._open_uow() as uow:
            save(uow, offer, returned, note)
            uow.commit()
