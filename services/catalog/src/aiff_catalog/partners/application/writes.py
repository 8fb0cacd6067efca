"""Partners' systems write their offers: one by its own identifier, or many at once."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from aiff_catalog.offers.application.changing import (
    Note,
    require_curator,
    require_free_slug,
    revision_of,
    save,
)
from aiff_catalog.offers.application.commands import Outcome, require_own
from aiff_catalog.offers.application.references import (
    check_references,
    offers_named,
    organisations_named,
)
from aiff_catalog.offers.domain import offer as offers
from aiff_catalog.offers.domain import pending as texts
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.partners import domain as sync
from aiff_catalog.partners.application.ports import OpenPartners, PartnersUnitOfWork, Synced
from aiff_catalog.partners.domain import PartnerPolicy, PartnerRecord
from aiff_catalog.shared.authorship import Authorship, providers_of
from aiff_catalog.shared.errors import (
    CatalogueError,
    ExternalIdUnknownError,
    IllegalTransitionError,
    OfferLinkedError,
    OrganisationNotFoundError,
)
from aiff_contracts.codec import Fault, Faults, dump_json, parse
from aiff_contracts.offer import OfferContent
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id
from aiff_kit.outbox import EventTooLargeError

Refusal = CatalogueError | Faults | EventTooLargeError
Rehearse = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerItem:
    """An offer as a partner's system sends it: its identifier there, and JSON-like content."""

    external_id: str
    offer: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What became of one item: the offer, or why it was refused."""

    external_id: str
    outcome: Outcome | None = None
    offer: Offer | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Write:
    partner: str
    external_id: str
    content: OfferContent
    by: Authorship


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What an item is called, and what it names."""

    slug: str
    organisations: frozenset[str]
    offers: frozenset[str]


class PartnerWrites:
    """The use cases of partners' systems.

    All raise OrganisationNotFoundError for a partner that is unknown or that the author does
    not write for. `rehearse` undoes what is done inside it: a dry run is the real one, undone.
    """

    def __init__(self, open_uow: OpenPartners, clock: Clock, rehearse: Rehearse) -> None:
        """Keep where to write and the clock."""
        self._open_uow = open_uow
        self._clock = clock
        self._rehearse = rehearse

    def put(
        self, partner: str, item: PartnerItem, by: Authorship, *, dry_run: bool = False
    ) -> ItemResult:
        """Create or update one offer; raises what refuses it, and notes that in the record."""
        with self._rehearse() if dry_run else nullcontext():
            self._admit(partner, by)
            result = self._attempt(partner, item, by, ())
        if result.refusal is not None:
            raise result.refusal
        return result

    def batch(
        self, partner: str, items: Sequence[PartnerItem], by: Authorship, *, dry_run: bool = False
    ) -> Sequence[ItemResult]:
        """Create or update many offers, each accepted or refused for itself, in their order.

        They may name each other in any order, as long as what is named is acceptable too.
        """
        with self._rehearse() if dry_run else nullcontext():
            self._admit(partner, by)
            coming = self._coming(partner, items)
            return [self._attempt(partner, item, by, coming) for item in items]

    def coming(self, partner: str, items: Iterable[PartnerItem], by: Authorship) -> frozenset[str]:
        """Return the slugs of those of the items that can be stored, whatever their order.

        Of each item only what it names is kept: there may be more than fit into the memory.
        """
        self._admit(partner, by)
        return self._coming(partner, items)

    def compare(
        self, partner: str, item: PartnerItem, by: Authorship, coming: Collection[str]
    ) -> ItemResult:
        """Return what `write` would do, without writing; `coming` are slugs that come along."""
        try:
            content = parse(OfferContent, item.offer)
            write = _Write(partner=partner, external_id=item.external_id, content=content, by=by)
            outcome, offer = self._compared(write, coming)
        except (CatalogueError, Faults) as refusal:
            return ItemResult(external_id=item.external_id, refusal=refusal)
        return ItemResult(external_id=item.external_id, outcome=outcome, offer=offer)

    def write(
        self, partner: str, item: PartnerItem, by: Authorship, coming: Collection[str]
    ) -> ItemResult:
        """Create or update one offer of many in its own transaction, or say why it was refused."""
        return self._attempt(partner, item, by, coming)

    def records(self, partner: str, by: Authorship, after: str, limit: int) -> Sequence[Synced]:
        """Return a partner's records in the order of its identifiers, after one of them."""
        self._admit(partner, by)
        with self._open_uow() as uow:
            return uow.partners.synced(partner, after, limit)

    def record(self, partner: str, external_id: str, by: Authorship) -> Synced:
        """Return one record, or raise ExternalIdUnknownError."""
        self._admit(partner, by)
        with self._open_uow() as uow:
            record = uow.partners.get(partner, external_id)
        if record is None:
            raise ExternalIdUnknownError(partner, external_id)
        return record

    def policy(self, partner: str, by: Authorship) -> PartnerPolicy:
        """Return what a partner publishes without a review."""
        self._admit(partner, by)
        with self._open_uow() as uow:
            return uow.partners.policy(partner)

    def put_policy(
        self, wanted: PartnerPolicy, expected: int | None, by: Authorship
    ) -> PartnerPolicy:
        """Say what a partner publishes without a review; curators do."""
        require_curator(by)
        self._admit(wanted.partner, by)
        signed = replace(wanted, author=by.author, updated_at=self._clock())
        with self._open_uow() as uow:
            current = uow.partners.policy(wanted.partner)
            stored = sync.next_policy(current, signed, expected)
            if stored is not current:
                uow.partners.put_policy(stored)
                uow.commit()
        return stored

    def _admit(self, partner: str, by: Authorship) -> None:
        """Raise OrganisationNotFoundError where the author cannot write for the partner."""
        with self._open_uow() as uow:
            if by.limited_to not in {None, partner} or uow.organisations.find(partner) is None:
                raise OrganisationNotFoundError(partner)

    def _attempt(
        self, partner: str, item: PartnerItem, by: Authorship, coming: Iterable[str]
    ) -> ItemResult:
        try:
            content = parse(OfferContent, item.offer)
            write = _Write(partner=partner, external_id=item.external_id, content=content, by=by)
            outcome, offer = self._write(write, frozenset(coming))
        except (CatalogueError, Faults, EventTooLargeError) as refusal:
            self._note(partner, item.external_id, refusal)
            return ItemResult(external_id=item.external_id, refusal=refusal)
        return ItemResult(external_id=item.external_id, outcome=outcome, offer=offer)

    def _write(self, write: _Write, coming: frozenset[str]) -> tuple[Outcome, Offer]:
        with self._open_uow() as uow:
            _require_provider(write)
            check_references(uow, write.content, coming)
            known = uow.partners.find(write.partner, write.external_id)
            digest = _digest(write.content)
            outcome, offer = self._changed(uow, write, known, digest)
            uow.partners.put(
                PartnerRecord(
                    partner=write.partner,
                    external_id=write.external_id,
                    offer_id=offer.id,
                    digest=digest,
                    accepted_at=self._clock(),
                )
            )
            uow.commit()
        return outcome, offer

    def _compared(self, write: _Write, coming: Collection[str]) -> tuple[Outcome, Offer | None]:
        with self._open_uow() as uow:
            _require_provider(write)
            check_references(uow, write.content, coming)
            known = uow.partners.find(write.partner, write.external_id)
            outcome, offer = self._decided(uow, write, known, _digest(write.content))
            if outcome == "created":
                return outcome, None
            linked = uow.partners.identifier_of(write.partner, offer.id)
            if linked not in {None, write.external_id}:
                raise OfferLinkedError(write.external_id)
        return outcome, offer

    def _changed(
        self, uow: PartnersUnitOfWork, write: _Write, known: PartnerRecord | None, digest: str
    ) -> tuple[Outcome, Offer]:
        outcome, offer = self._decided(uow, write, known, digest)
        if outcome == "unchanged":
            return outcome, offer
        if outcome == "created":
            uow.offers.add(offer, revision_of(None, offer, Note(action="drafted", by=write.by)))
        return outcome, self._shown_or_submitted(uow, write, offer)

    def _decided(
        self, uow: PartnersUnitOfWork, write: _Write, known: PartnerRecord | None, digest: str
    ) -> tuple[Outcome, Offer]:
        """Return what a write does, and to which offer; a new one is not stored yet."""
        current = _current(uow, write, known)
        if current is None:
            drafted = offers.draft(new_id(), write.content, write.by.author, self._clock())
            require_free_slug(uow, drafted, write.content.slug)
            return "created", drafted
        sent_before = known is not None and known.digest == digest
        if sent_before or (write.content == current.working and not _at_the_desk(current)):
            return "unchanged", current
        if current.state == "archived":
            raise IllegalTransitionError("revise", "archived", ["published", "suspended"])
        require_free_slug(uow, current, write.content.slug)
        return "updated", current

    def _shown_or_submitted(self, uow: PartnersUnitOfWork, write: _Write, current: Offer) -> Offer:
        policy = uow.partners.policy(write.partner)
        # The policy is trust in the partner; a curator who writes for it is reviewed as always.
        if write.by.curates or not sync.goes_live(policy, current, write.content, write.by.author):
            return self._submitted(uow, write, current)
        shown = offers.publish_text(replace(current, pending=None), write.content, self._clock())
        save(uow, current, shown, Note(action="published", by=write.by))
        return shown

    def _submitted(self, uow: PartnersUnitOfWork, write: _Write, current: Offer) -> Offer:
        now, edited = self._clock(), current
        if current.pending is None or write.content != current.working:
            edited = offers.revise(current, write.content, write.by.author, now)
            save(uow, current, edited, Note(action="revised", by=write.by))
        waiting = offers.with_pending(edited, texts.submitted(edited.waiting, now), now)
        save(uow, edited, waiting, Note(action="submitted", by=write.by))
        return waiting

    def _note(self, partner: str, external_id: str, refusal: Refusal) -> None:
        """Keep why a write was refused beside what was accepted before."""
        with self._open_uow() as uow:
            blank = PartnerRecord(partner=partner, external_id=external_id)
            known = uow.partners.find(partner, external_id) or blank
            faults = faults_of_refusal(refusal)
            uow.partners.put(replace(known, refused_at=self._clock(), faults=faults))
            uow.commit()

    def _coming(self, partner: str, items: Iterable[PartnerItem]) -> frozenset[str]:
        parsed = filter(None, map(_parsed, items))
        candidates = [_names(one) for one in parsed if partner in providers_of(one)]
        with self._open_uow() as uow:
            named = {slug for candidate in candidates for slug in candidate.organisations}
            providers = uow.organisations.details(named)
            known = uow.offers.known_slugs(
                {slug for candidate in candidates for slug in candidate.offers}
            )
        left = [candidate for candidate in candidates if candidate.organisations <= set(providers)]
        return _closed(left, known)


def faults_of_refusal(refusal: Refusal) -> tuple[Fault, ...]:
    """Return why an item was refused; a rule of the catalogue is about the whole item."""
    if isinstance(refusal, Faults):
        return refusal.faults
    return (Fault("", "refused", str(refusal)),)


def _names(content: OfferContent) -> _Names:
    return _Names(
        slug=content.slug,
        organisations=frozenset(slug for _, slug in organisations_named(content)),
        offers=frozenset(slug for _, slug in offers_named(content)),
    )


def _closed(contents: Sequence[_Names], known: Iterable[str]) -> frozenset[str]:
    """Return the slugs that are left when those that name something unknown are left out."""
    there, left = frozenset(known), list(contents)
    while True:
        slugs = there | {one.slug for one in left}
        sound = [one for one in left if one.offers <= slugs]
        if len(sound) == len(left):
            return frozenset(one.slug for one in left)
        left = sound


def _current(uow: PartnersUnitOfWork, write: _Write, known: PartnerRecord | None) -> Offer | None:
    """Return the offer of the identifier, else the partner's own offer of that slug."""
    if known is not None and known.offer_id is not None:
        return next(iter(uow.offers.hold([known.offer_id])), None)
    named = uow.offers.by_slug(write.content.slug)
    if named is None or write.partner not in providers_of(named.text):
        return None
    return named


def _require_provider(write: _Write) -> None:
    require_own(write.content, write.by)
    if write.partner not in providers_of(write.content):
        detail = f"the address says {write.partner}; name it as a provider"
        raise Faults([Fault("/organisations", "not_yours", detail)])


def _at_the_desk(offer: Offer) -> bool:
    """Tell whether the text waits for nobody: it was begun and never submitted."""
    return offer.pending is not None and offer.pending.state == "draft"


def _digest(content: OfferContent) -> str:
    return hashlib.sha256(dump_json(content)).hexdigest()


def _parsed(item: PartnerItem) -> OfferContent | None:
    try:
        return parse(OfferContent, item.offer)
    except Faults:
        return None
