"""What writers do with texts: draft, edit, throw away, restore, load."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Literal
from uuid import UUID

from aiff_catalog.offers.application.changing import (
    Note,
    OfferChanges,
    OfferTarget,
    require_free_slug,
    revision_of,
    save,
)
from aiff_catalog.offers.application.ports import OffersUnitOfWork, OpenOffers
from aiff_catalog.offers.application.references import check_references
from aiff_catalog.offers.application.web_addresses import refused_addresses
from aiff_catalog.offers.domain import offer as offers
from aiff_catalog.offers.domain import organisation as organisations
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.offers.domain.organisation import Provider
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import TextNotKeptError
from aiff_contracts.codec import Fault, Faults, dump, parse
from aiff_contracts.offer import OfferContent, Organisation
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id
from aiff_kit.merge_patch import merged

Outcome = Literal["created", "updated", "unchanged"]


class OfferCommands:
    """The use cases that change texts; readers see none of it but what is loaded.

    All raise OfferNotFoundError, StaleVersionError, SlugTakenError or the error of the
    transition, and Faults for content that names something unknown; then nothing is changed.
    """

    def __init__(self, open_uow: OpenOffers, clock: Clock) -> None:
        """Keep where to write and the clock."""
        self._changes = OfferChanges(open_uow, clock)
        self._open_uow = open_uow
        self._clock = clock

    def create(self, content: OfferContent, by: Authorship) -> Offer:
        """Store a draft."""
        with self._open_uow() as uow:
            drafted = _drafted(uow, content, by, self._clock)
            uow.commit()
        return drafted

    def revise(self, target: OfferTarget, content: OfferContent) -> Offer:
        """Give an offer a pending revision with this content; equal content changes nothing."""
        return self._edit(target, Note(action="revised", by=target.by), lambda _: content)

    def patch(self, target: OfferTarget, patch: Mapping[str, Any]) -> Offer:
        """Change some fields (JSON Merge Patch, RFC 7396) of the text that editors work on."""

        def patched(current: Offer) -> OfferContent:
            return parse(OfferContent, merged(dump(current.working), patch))

        return self._edit(target, Note(action="revised", by=target.by), patched)

    def restore(self, target: OfferTarget, number: int) -> Offer:
        """Make the text that the offer had at a number of its history its pending revision."""
        reason = target.by.reason or f"text of number {number}"
        note = Note(action="restored", by=target.by, reason=reason)

        def restored(uow: OffersUnitOfWork, current: Offer) -> Offer:
            content = uow.offers.text_at(current.id, number)
            if content is None:
                raise TextNotKeptError(current.slug, number)
            return self._edited(uow, current, content, target.by)

        return self._changes.apply(target, note, restored)

    def discard(self, target: OfferTarget) -> Offer:
        """Throw the pending revision away; the text that readers see stays."""
        note = Note(action="discarded", by=target.by)
        return self._changes.apply(
            target, note, lambda _, current: offers.discard(current, self._clock())
        )

    def load(
        self,
        content: OfferContent,
        by: Authorship,
        also_known: Collection[str] = (),
        offer_id: UUID | None = None,
    ) -> Outcome:
        """Make the catalogue show this reviewed content in the offer of the id, else of the slug.

        An offer that is new here gets the id that it had where it comes from, if it is given.

        An offer that was hidden here stays hidden: a file does not undo a decision. A pending
        revision stays pending; who approves it is told that the text below it has changed.
        """
        with self._open_uow() as uow:
            check_references(uow, content, also_known)
            outcome = _loaded(uow, content, by, self._clock, offer_id)
            uow.commit()
        return outcome

    def would_load(self, content: OfferContent, offer_id: UUID | None = None) -> Outcome:
        """Return what `load` would do; nothing is stored."""
        with self._open_uow() as uow:
            current = _shown_now(uow, content, offer_id)
            if current is not None:
                require_free_slug(uow, current, content.slug)
            return _outcome(current, content)

    def _edit(
        self, target: OfferTarget, note: Note, text: Callable[[Offer], OfferContent]
    ) -> Offer:
        return self._changes.apply(
            target,
            note,
            lambda uow, current: self._edited(uow, current, text(current), target.by),
        )

    def _edited(
        self, uow: OffersUnitOfWork, current: Offer, content: OfferContent, by: Authorship
    ) -> Offer:
        if content == current.working:
            return current
        require_own(content, by)
        check_references(uow, content)
        require_free_slug(uow, current, content.slug)
        return offers.revise(current, content, by.author, self._clock())


class OrganisationCommands:
    """The use case that stores an organisation."""

    def __init__(self, open_uow: OpenOffers, clock: Clock) -> None:
        """Keep where to write and the clock."""
        self._open_uow = open_uow
        self._clock = clock

    def put(
        self, organisation: Organisation, expected_version: int | None, by: Authorship
    ) -> tuple[Provider, Outcome]:
        """Create or replace an organisation; the offers that show it get a new version."""
        if refused := list(refused_addresses(organisation)):
            raise Faults(refused)
        with self._open_uow() as uow:
            current = uow.organisations.find(organisation.slug)
            stored = organisations.put(current, organisation, expected_version, self._clock())
            if stored is current:
                return stored, "unchanged"
            uow.organisations.put(stored)
            self._restate_offers(uow, stored, by)
            uow.commit()
        return stored, "updated" if current else "created"

    def would_put(self, organisation: Organisation) -> Outcome:
        """Return what `put` would do; nothing is stored."""
        with self._open_uow() as uow:
            current = uow.organisations.find(organisation.slug)
        if current is None:
            return "created"
        return "unchanged" if current.organisation == organisation else "updated"

    def _restate_offers(self, uow: OffersUnitOfWork, provider: Provider, by: Authorship) -> None:
        for current in uow.offers.naming(provider.slug):
            if current.state == "published":
                restated = offers.restate(current, self._clock())
                save(uow, current, restated, Note(action="organisation_changed", by=by))


def require_own(content: OfferContent, by: Authorship) -> None:
    """Refuse content with which the author would write for somebody else."""
    if not by.may_write(content):
        detail = f"you write for {by.limited_to or 'no organisation'}; name it as a provider"
        raise Faults([Fault("/organisations", "not_yours", detail)])


def _drafted(uow: OffersUnitOfWork, content: OfferContent, by: Authorship, clock: Clock) -> Offer:
    require_own(content, by)
    check_references(uow, content)
    drafted = offers.draft(new_id(), content, by.author, clock())
    require_free_slug(uow, drafted, content.slug)
    uow.offers.add(drafted, revision_of(None, drafted, Note(action="drafted", by=by)))
    return drafted


def _loaded(
    uow: OffersUnitOfWork,
    content: OfferContent,
    by: Authorship,
    clock: Clock,
    offer_id: UUID | None,
) -> Outcome:
    note = Note(action="published", by=by)
    current = _shown_now(uow, content, offer_id)
    if current is None:
        blank = offers.draft(offer_id or new_id(), content, by.author, clock())
        require_free_slug(uow, blank, content.slug)
        uow.offers.add(blank, revision_of(None, blank, Note(action="drafted", by=by)))
        save(uow, blank, offers.publish(blank, clock()), note)
        return "created"
    outcome = _outcome(current, content)
    if outcome == "updated":
        require_free_slug(uow, current, content.slug)
        save(uow, current, _with_text(current, content, clock), note)
    return outcome


def _shown_now(uow: OffersUnitOfWork, content: OfferContent, offer_id: UUID | None) -> Offer | None:
    """Return the offer that a file is about: that of its id, else of its slug."""
    known = () if offer_id is None else uow.offers.hold([offer_id])
    return known[0] if known else uow.offers.by_slug(content.slug)


def _outcome(current: Offer | None, content: OfferContent) -> Outcome:
    if current is None:
        return "created"
    same = current.content == content and current.state != "unpublished"
    return "unchanged" if same else "updated"


def _with_text(current: Offer, content: OfferContent, clock: Clock) -> Offer:
    """Return the offer with a reviewed text; one that is hidden stays hidden."""
    shown = offers.publish_text(current, content, clock())
    if current.state in {"unpublished", "published"}:
        return shown
    return replace(
        shown,
        state=current.state,
        live_version=current.live_version,
        published_at=current.published_at,
        withdrawn_at=current.withdrawn_at,
        withdrawal_reason=current.withdrawal_reason,
    )
