"""Reviews: asked for by writers, decided by curators, who also take offers out of sight."""

from collections.abc import Callable
from datetime import datetime

from aiff_catalog.offers.application.changing import (
    Note,
    OfferChanges,
    OfferTarget,
    require_curator,
    require_free_slug,
)
from aiff_catalog.offers.application.references import check_references
from aiff_catalog.offers.domain import offer as offers
from aiff_catalog.offers.domain import pending as texts
from aiff_catalog.offers.domain.offer import Hide, Offer
from aiff_catalog.offers.domain.pending import Comment, PendingRevision
from aiff_catalog.offers.domain.revision import Action
from aiff_catalog.quality.application.assessing import store_quality
from aiff_catalog.reviews.application.ports import OpenReviews, ReviewsUnitOfWork
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import OwnTextError, PastInstantError
from aiff_kit.clock import Clock

Step = Callable[[PendingRevision, int], PendingRevision]
_HIDING: dict[Hide, Action] = {
    "suspend": "suspended",
    "expire": "expired",
    "archive": "archived",
}


class ReviewCommands:
    """The use cases of review and publication.

    Writers submit a text and take it back; the rest raises ReviewersOnlyError for anybody but
    curators.

    With `four_eyes` nobody approves a text that they wrote on; a team of one switches it off.
    """

    def __init__(self, open_uow: OpenReviews, clock: Clock, *, four_eyes: bool) -> None:
        """Keep where to write, the clock and the rule."""
        self._changes = OfferChanges(open_uow, clock)
        self._clock = clock
        self._four_eyes = four_eyes

    def submit(self, target: OfferTarget) -> Offer:
        """Ask for a review of the pending revision."""

        def submitted(uow: ReviewsUnitOfWork, current: Offer) -> Offer:
            check_references(uow, current.waiting.content)
            now = self._clock()
            asked = offers.with_pending(current, texts.submitted(current.waiting, now), now)
            # Who reviews it sees at once what the checks find.
            store_quality(uow, [asked], now)
            return asked

        return self._changes.apply(target, Note(action="submitted", by=target.by), submitted)

    def recall(self, target: OfferTarget) -> Offer:
        """Take the pending revision back from review."""
        note = Note(action="recalled", by=target.by)
        return self._changes.apply(
            target,
            note,
            lambda _, it: offers.with_pending(it, texts.recalled(it.waiting), self._clock()),
        )

    def claim(self, target: OfferTarget, reviewer: str | None = None) -> Offer:
        """Take a text for review, or give it to another curator."""
        name = reviewer or target.by.author
        return self._step(target, "claimed", lambda text, _: texts.claimed(text, name), name)

    def release(self, target: OfferTarget) -> Offer:
        """Give a text back to the queue."""
        return self._step(target, "released", lambda text, _: texts.released(text))

    def request_changes(self, target: OfferTarget, comments: tuple[Comment, ...]) -> Offer:
        """Send a text back to its author with comments on fields."""
        return self._step(
            target,
            "changes_requested",
            lambda text, version: texts.answered(text, comments, target.by.author, version),
            comments=comments,
        )

    def reject(self, target: OfferTarget, reason: str) -> Offer:
        """Refuse a text with a reason."""
        return self._step(
            target,
            "rejected",
            lambda text, version: texts.rejected(text, reason, target.by.author, version),
            reason,
        )

    def schedule(self, target: OfferTarget, at: datetime) -> Offer:
        """Approve a text, to be published at an instant that is still to come."""

        def scheduled(uow: ReviewsUnitOfWork, current: Offer) -> Offer:
            now = self._clock()
            if at <= now:
                raise PastInstantError(at, now)
            self._check(uow, current, target.by)
            text = texts.scheduled(current.waiting, at, target.by.author)
            return offers.with_pending(current, text, now)

        note = Note(action="scheduled", by=target.by, reason=at.isoformat())
        require_curator(target.by)
        return self._changes.apply(target, note, scheduled)

    def unschedule(self, target: OfferTarget) -> Offer:
        """Take an approval with its date back."""
        now = self._clock()
        return self._step(target, "unscheduled", lambda text, _: texts.unscheduled(text, now))

    def publish(self, target: OfferTarget) -> Offer:
        """Approve a text and show it to everybody now."""

        def published(uow: ReviewsUnitOfWork, current: Offer) -> Offer:
            self._check(uow, current, target.by)
            return offers.publish(current, self._clock())

        require_curator(target.by)
        return self._changes.apply(target, Note(action="published", by=target.by), published)

    def hide(self, target: OfferTarget, how: Hide, reason: str) -> Offer:
        """Take an offer out of sight; its address answers with the reason."""
        require_curator(target.by)
        note = Note(action=_HIDING[how], by=target.by, reason=reason)
        return self._changes.apply(
            target, note, lambda _, current: offers.hide(current, how, reason, self._clock())
        )

    def reinstate(self, target: OfferTarget) -> Offer:
        """Bring a hidden offer back with the text that it had."""

        def reinstated(uow: ReviewsUnitOfWork, current: Offer) -> Offer:
            check_references(uow, current.text)
            return offers.reinstate(current, self._clock())

        require_curator(target.by)
        return self._changes.apply(target, Note(action="reinstated", by=target.by), reinstated)

    def _step(
        self,
        target: OfferTarget,
        action: Action,
        step: Step,
        reason: str | None = None,
        comments: tuple[Comment, ...] = (),
    ) -> Offer:
        """Move the pending revision; its step gets it and the version that this change makes."""
        require_curator(target.by)
        note = Note(action=action, by=target.by, reason=reason, comments=comments)

        def moved(_: ReviewsUnitOfWork, current: Offer) -> Offer:
            text = step(current.waiting, current.version + 1)
            return offers.with_pending(current, text, self._clock())

        return self._changes.apply(target, note, moved)

    def _check(self, uow: ReviewsUnitOfWork, current: Offer, by: Authorship) -> None:
        """Raise where the pending text may not be approved by this curator, or as it is."""
        text = current.waiting
        if self._four_eyes and by.author in text.editors:
            raise OwnTextError(current.slug)
        check_references(uow, text.content)
        require_free_slug(uow, current, text.content.slug)
