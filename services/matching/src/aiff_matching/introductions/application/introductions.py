"""Introductions as the start-up asks for them: preview, ask, consent, withdraw, rate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_contracts.codec import Faults
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id
from aiff_matching.introductions.application.announcing import (
    advanced,
    announce,
    announce_rating,
)
from aiff_matching.introductions.application.evidence import Case, EvidenceQueries
from aiff_matching.introductions.application.ports import IntroductionsWork, OpenIntroductionsWork
from aiff_matching.introductions.domain.consent import WORDING, Consent, faults_of_fields
from aiff_matching.introductions.domain.dossiers import Applicant, Dossier, Told
from aiff_matching.introductions.domain.follow_up import FollowUp
from aiff_matching.introductions.domain.introductions import Actor, Introduction
from aiff_matching.introductions.domain.ratings import Rating
from aiff_matching.profiles.domain.records import StoredNeed
from aiff_matching.shared.errors import WordingOutdatedError
from aiff_matching.shared.versions import Target, check_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a start-up wants to send: for which need, about which offer, showing what."""

    need_id: UUID
    offer: str
    told: Told
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who asks: whose objects, and which account or key; an adviser owns nothing of them."""

    tenant: str
    subject: str
    adviser: bool = False

    @property
    def actor(self) -> Actor:
        """Return the owner as the one who acts."""
        return Actor("startup", self.subject, self.adviser)


class IntroductionCommands:
    """The start-up's use cases."""

    def __init__(
        self,
        unit_of_work: OpenIntroductionsWork,
        evidence: EvidenceQueries,
        clock: Clock,
        follow_up: FollowUp,
    ) -> None:
        """Keep what opens a transaction, what judges offers, the clock, the days of reminders."""
        self._open = unit_of_work
        self._follow_up = follow_up
        self._evidence = evidence
        self._clock = clock

    def preview(self, wish: Wish, tenant: str) -> Dossier:
        """Return exactly what the provider would see; nothing is stored."""
        _, applicant = self._applicant(wish.need_id, tenant)
        case = self._evidence.open_case(applicant, wish.offer)
        return self._evidence.dossier(case, wish.told, _checked(wish.fields))

    def ask(self, wish: Wish, wording: str, owner: Owner) -> Introduction:
        """Store a request with its consent, and tell the provider that there is one.

        Raises WordingOutdatedError, ByRecommendationError, OfferClosedError and
        AlreadyRequestedError; Faults for an unknown field or offer.
        """
        names, need_and_applicant = (
            _checked(wish.fields),
            self._applicant(wish.need_id, owner.tenant),
        )
        case = self._evidence.open_case(need_and_applicant[1], wish.offer)
        consent = _consent(names, wording, owner, self._clock())
        item = self._made(need_and_applicant[0], wish, consent, case, owner)
        with self._open() as uow:
            uow.introductions.add(item)
            announce(uow, item)
            uow.commit()
        return item

    def get(self, target: Target) -> Introduction:
        """Return a request of the tenant, or raise IntroductionNotFoundError."""
        with self._open() as uow:
            return uow.introductions.of_tenant(target.id, target.tenant)

    def page(self, tenant: str, after: str, limit: int) -> Sequence[Introduction]:
        """Return the tenant's requests after an id."""
        with self._open() as uow:
            return uow.introductions.page_of_tenant(tenant, after, limit)

    def consent(
        self, target: Target, fields: tuple[str, ...], wording: str, owner: Owner
    ) -> Introduction:
        """Replace the consent: the provider sees these fields from now on, as they are now."""
        current = self.get(target)
        _, applicant = self._applicant(current.need_id, target.tenant)
        case = self._evidence.case(applicant, str(current.offer.id))
        names, now = _checked(fields), self._clock()
        shared = self._evidence.dossier(case, current.told, names)
        given = _consent(names, wording, owner, now)
        return self._change(target, lambda item: item.consenting(given, shared, owner.actor, now))

    def withdraw_consent(self, target: Target, owner: Owner) -> Introduction:
        """Hide from the provider all that was shown."""
        return self._change(target, lambda item: item.without_consent(owner.actor, self._clock()))

    def withdraw(self, target: Target, owner: Owner) -> Introduction:
        """Take the request back, with its consent."""
        now = self._clock()
        return self._change(target, lambda item: item.moved("withdraw", owner.actor, now))

    def rate(self, target: Target, rating: Rating, owner: Owner) -> Introduction:
        """Rate the offer's support after help was given or tried; once a request."""
        with self._open() as uow:
            current = uow.introductions.of_tenant(target.id, target.tenant)
            check_version(current.version, target.version)
            changed = current.rated(rating, owner.actor, self._clock())
            uow.introductions.save(changed)
            ratings = uow.ratings.add(changed.offer.id, rating.overall)
            announce_rating(uow, changed, ratings)
            uow.commit()
        return changed

    def _applicant(self, need_id: UUID, tenant: str) -> tuple[StoredNeed, Applicant]:
        with self._open() as uow:
            return applicant_of(uow, need_id, tenant)

    def _made(
        self, need: StoredNeed, wish: Wish, consent: Consent, case: Case, owner: Owner
    ) -> Introduction:
        now = consent.given_at
        return Introduction(
            id=new_id(),
            tenant=owner.tenant,
            startup_id=need.startup_id,
            need_id=need.id,
            offer=case.offer,
            told=wish.told,
            evidence=self._evidence.evidence(case),
            snapshot_hash=case.applicant.snapshot_hash,
            consents=(consent,),
            shared=self._evidence.dossier(case, wish.told, consent.fields),
            follow_up=self._follow_up,
            requested_at=now,
            updated_at=now,
            waiting_since=now,
        ).begun(owner.actor)

    def _change(
        self, target: Target, change: Callable[[Introduction], Introduction]
    ) -> Introduction:
        with self._open() as uow:
            current = uow.introductions.of_tenant(target.id, target.tenant)
            return advanced(uow, current, target.version, change)


def applicant_of(
    uow: IntroductionsWork, need_id: UUID, tenant: str
) -> tuple[StoredNeed, Applicant]:
    """Return the tenant's need beside what its start-up tells."""
    need = uow.needs.get(need_id, tenant)
    startup = uow.startups.get(need.startup_id, tenant)
    return need, Applicant(startup.profile, need.need)


def _checked(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names once each, or raise Faults that names those that are no fields."""
    faults = faults_of_fields(fields)
    if faults:
        raise Faults(faults)
    return tuple(dict.fromkeys(fields))


def _consent(names: tuple[str, ...], wording: str, owner: Owner, now: datetime) -> Consent:
    if wording != WORDING.version:
        raise WordingOutdatedError(WORDING.version)
    return Consent(fields=names, wording=wording, given_by=owner.subject, given_at=now)
