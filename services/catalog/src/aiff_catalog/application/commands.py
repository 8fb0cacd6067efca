"""The changes that writers ask for. Each handler owns one transaction."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aiff_catalog.application.ports import UnitOfWork, offer_id_of
from aiff_catalog.application.publishing import announce
from aiff_catalog.application.references import check_references
from aiff_catalog.domain import offer as offers
from aiff_catalog.domain import organisation as organisations
from aiff_catalog.domain.authorship import Authorship
from aiff_catalog.domain.errors import OfferNotFoundError, SlugTakenError
from aiff_catalog.domain.offer import Offer
from aiff_catalog.domain.organisation import Provider
from aiff_catalog.domain.revision import Action, Revision, diff
from aiff_contracts.codec import Fault, Faults, dump, parse
from aiff_contracts.offer import OfferContent, Organisation
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id
from aiff_kit.merge_patch import merged

OpenUnitOfWork = Callable[[], UnitOfWork]
Outcome = Literal["created", "updated", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseOffer:
    """New content for an offer; `expected_version` is the one that the writer read."""

    reference: str
    content: OfferContent
    expected_version: int | None
    by: Authorship


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchOffer:
    """A JSON Merge Patch (RFC 7396) of an offer's content."""

    reference: str
    patch: Mapping[str, Any]
    expected_version: int | None
    by: Authorship


class OfferCommands:
    """The use cases that change offers.

    All raise OfferNotFoundError, StaleVersionError, SlugTakenError or the error of the
    transition, and Faults for content that names something unknown; then nothing is changed.
    """

    def __init__(self, open_uow: OpenUnitOfWork, clock: Clock) -> None:
        """Keep where to write and the clock."""
        self._open_uow = open_uow
        self._clock = clock

    def create(self, content: OfferContent, by: Authorship) -> Offer:
        """Store a draft."""
        with self._open_uow() as uow:
            drafted = self._draft(uow, content, by)
            uow.commit()
        return drafted

    def revise(self, command: ReviseOffer) -> Offer:
        """Replace an offer's content; equal content changes nothing."""
        with self._open_uow() as uow:
            current = _found(uow, command.reference, command.by)
            offers.require_version(current, command.expected_version)
            revised = self._revise(uow, current, command.content, command.by)
            uow.commit()
        return revised

    def patch(self, command: PatchOffer) -> Offer:
        """Change some fields of an offer's content; null takes a field away."""
        with self._open_uow() as uow:
            current = _found(uow, command.reference, command.by)
            offers.require_version(current, command.expected_version)
            content = parse(OfferContent, merged(dump(current.content), command.patch))
            revised = self._revise(uow, current, content, command.by)
            uow.commit()
        return revised

    def publish(self, reference: str, expected_version: int | None, by: Authorship) -> Offer:
        """Make an offer visible to everybody."""
        with self._open_uow() as uow:
            current = _found(uow, reference, by)
            offers.require_version(current, expected_version)
            check_references(uow, current.content)
            published = self._publish(uow, current, by)
            uow.commit()
        return published

    def withdraw(
        self, reference: str, reason: str, expected_version: int | None, by: Authorship
    ) -> Offer:
        """Take an offer out of the catalogue; its address answers with the reason."""
        with self._open_uow() as uow:
            current = _found(uow, reference, by)
            offers.require_version(current, expected_version)
            withdrawn = offers.withdraw(current, reason, self._clock())
            _save(uow, current, withdrawn, "withdrawn", by)
            uow.commit()
        return withdrawn

    def load(
        self, content: OfferContent, by: Authorship, also_known: Collection[str] = ()
    ) -> Outcome:
        """Make the catalogue hold this reviewed content under its slug, published.

        An offer that was withdrawn here stays withdrawn: a file does not undo a decision.
        """
        with self._open_uow() as uow:
            check_references(uow, content, also_known)
            outcome = self._load(uow, content, by)
            uow.commit()
        return outcome

    def _load(self, uow: UnitOfWork, content: OfferContent, by: Authorship) -> Outcome:
        current = uow.offers.by_slug(content.slug)
        if current is None:
            self._publish(uow, self._draft(uow, content, by, checked=True), by)
            return "created"
        if current.content == content and current.state != "draft":
            return "unchanged"
        revised = self._revise(uow, current, content, by, checked=True)
        if revised.state == "draft":
            self._publish(uow, revised, by)
        return "updated"

    def _draft(
        self, uow: UnitOfWork, content: OfferContent, by: Authorship, *, checked: bool = False
    ) -> Offer:
        _require_own(content, by)
        if not checked:
            check_references(uow, content)
        drafted = offers.draft(new_id(), content, self._clock())
        _require_free_slug(uow, drafted)
        uow.offers.add(drafted, _revision(None, drafted, "drafted", by))
        return drafted

    def _revise(
        self,
        uow: UnitOfWork,
        current: Offer,
        content: OfferContent,
        by: Authorship,
        *,
        checked: bool = False,
    ) -> Offer:
        if content == current.content:
            return current
        _require_own(content, by)
        if not checked:
            check_references(uow, content)
        revised = offers.revise(current, content, self._clock())
        _require_free_slug(uow, revised)
        _save(uow, current, revised, "revised", by)
        return revised

    def _publish(self, uow: UnitOfWork, current: Offer, by: Authorship) -> Offer:
        published = offers.publish(current, self._clock())
        _save(uow, current, published, "published", by)
        return published


class OrganisationCommands:
    """The use case that stores an organisation."""

    def __init__(self, open_uow: OpenUnitOfWork, clock: Clock) -> None:
        """Keep where to write and the clock."""
        self._open_uow = open_uow
        self._clock = clock

    def put(
        self, organisation: Organisation, expected_version: int | None, by: Authorship
    ) -> tuple[Provider, Outcome]:
        """Create or replace an organisation; the offers that show it get a new version."""
        with self._open_uow() as uow:
            current = uow.organisations.find(organisation.slug)
            stored = organisations.put(current, organisation, expected_version, self._clock())
            if stored is current:
                return stored, "unchanged"
            uow.organisations.put(stored)
            self._restate_offers(uow, stored, by)
            uow.commit()
        return stored, "updated" if current else "created"

    def _restate_offers(self, uow: UnitOfWork, provider: Provider, by: Authorship) -> None:
        for current in uow.offers.naming(provider.slug):
            if current.state == "published":
                restated = offers.restate(current, self._clock())
                _save(uow, current, restated, "organisation_changed", by)


def _found(uow: UnitOfWork, reference: str, by: Authorship) -> Offer:
    """Return the offer of an id or of a present slug; to others than its writers it is unknown."""
    found = _referred(uow, reference)
    if found is None or not by.may_write(found.content):
        raise OfferNotFoundError(reference)
    return found


def _referred(uow: UnitOfWork, reference: str) -> Offer | None:
    offer_id = offer_id_of(reference)
    return uow.offers.by_slug(reference) if offer_id is None else uow.offers.get(offer_id)


def _require_own(content: OfferContent, by: Authorship) -> None:
    """Refuse content with which the author would write for somebody else."""
    if not by.may_write(content):
        detail = f"you write for {by.limited_to or 'no organisation'}; name it as a provider"
        raise Faults([Fault("/organisations", "not_yours", detail)])


def _require_free_slug(uow: UnitOfWork, offer: Offer) -> None:
    owner = uow.offers.owner_of_slug(offer.slug)
    if offer.slug in offers.RESERVED_SLUGS or owner not in {None, offer.id}:
        raise SlugTakenError(offer.slug)


def _save(uow: UnitOfWork, before: Offer, after: Offer, action: Action, by: Authorship) -> None:
    uow.offers.save(after, _revision(before, after, action, by))
    if "published" in {before.state, after.state}:
        announce(uow, after, by.request_id)


def _revision(before: Offer | None, after: Offer, action: Action, by: Authorship) -> Revision:
    changes = () if before is None else diff(dump(before.content), dump(after.content))
    return Revision(
        offer_id=after.id,
        number=after.version,
        action=action,
        author=by.author,
        at=after.updated_at,
        reason=by.reason or after.withdrawal_reason,
        changes=changes,
    )
