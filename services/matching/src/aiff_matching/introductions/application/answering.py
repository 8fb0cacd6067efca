"""Introductions as the provider of an offer answers them, and as curators deal with the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from aiff_kit.clock import Clock
from aiff_matching.introductions.application.announcing import advanced
from aiff_matching.introductions.application.evidence import EvidenceQueries
from aiff_matching.introductions.application.introductions import applicant_of
from aiff_matching.introductions.application.ports import IntroductionsWork, OpenIntroductionsWork
from aiff_matching.introductions.domain.introductions import Actor, Introduction, Move
from aiff_matching.introductions.domain.refusals import Proposal, Refusal, Settlement


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Which request to whom, at which version (None: any), and which account or key acts."""

    id: UUID
    provider: str
    subject: str
    version: int | None = None

    @property
    def actor(self) -> Actor:
        """Return the provider as the one who acts."""
        return Actor("partner", self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnresolvedTarget:
    """Which request in the tray, at which version (None: any), and which curator acts."""

    id: UUID
    subject: str
    version: int | None = None


class ReceivedIntroductions:
    """The provider's use cases: only requests to its own organisation exist for it."""

    def __init__(
        self, unit_of_work: OpenIntroductionsWork, evidence: EvidenceQueries, clock: Clock
    ) -> None:
        """Keep what opens a transaction, what judges offers, and the clock."""
        self._open = unit_of_work
        self._evidence = evidence
        self._clock = clock

    def get(self, received: Received) -> Introduction:
        """Return a request to the provider, or raise IntroductionNotFoundError."""
        with self._open() as uow:
            return uow.introductions.of_provider(received.id, received.provider)

    def page(self, provider: str, after: str, limit: int) -> Sequence[Introduction]:
        """Return the requests to a provider after an id."""
        with self._open() as uow:
            return uow.introductions.page_of_provider(provider, after, limit)

    def move(self, received: Received, move: Move) -> Introduction:
        """Move a request on; StateError where that is not possible."""
        now = self._clock()
        return self._change(received, lambda item: item.moved(move, received.actor, now))

    def decline(self, received: Received, refusal: Refusal, instead: str | None) -> Introduction:
        """Refuse with a reason; the next best offers are proposed beside the provider's own."""
        current = self.get(received)
        own = self._own_proposal(instead)
        with self._open() as uow:
            best = next_best(uow, self._evidence, current, own)
        now = self._clock()
        return self._change(
            received, lambda item: item.declined(refusal, (*own, *best), received.actor, now)
        )

    def _own_proposal(self, instead: str | None) -> tuple[Proposal, ...]:
        return () if instead is None else (self._evidence.proposed(instead, "/offer", "partner"),)

    def _change(
        self, received: Received, change: Callable[[Introduction], Introduction]
    ) -> Introduction:
        with self._open() as uow:
            current = uow.introductions.of_provider(received.id, received.provider)
            return advanced(uow, current, received.version, change)


class UnresolvedIntroductions:
    """The curators' use cases: requests that were refused by all or taken by none."""

    def __init__(
        self, unit_of_work: OpenIntroductionsWork, evidence: EvidenceQueries, clock: Clock
    ) -> None:
        """Keep what opens a transaction, what judges offers, and the clock."""
        self._open = unit_of_work
        self._evidence = evidence
        self._clock = clock

    def get(self, entry: UnresolvedTarget) -> Introduction:
        """Return a request in the tray, or raise IntroductionNotFoundError."""
        with self._open() as uow:
            return uow.introductions.unresolved(entry.id)

    def page(self, after: str, limit: int) -> Sequence[Introduction]:
        """Return the requests in the tray after an id."""
        with self._open() as uow:
            return uow.introductions.page_of_unresolved(after, limit)

    def settle(self, entry: UnresolvedTarget, note: str, offers: tuple[str, ...]) -> Introduction:
        """Tell the start-up what a curator found, with offers that could help; it leaves."""
        now = self._clock()
        proposals = tuple(
            self._evidence.proposed(reference, f"/offers/{place}", "curator")
            for place, reference in enumerate(offers)
        )
        with self._open() as uow:
            by, settlement = Actor("curator", entry.subject), Settlement(note, now)
            return advanced(
                uow,
                uow.introductions.unresolved(entry.id),
                entry.version,
                lambda item: item.settled(settlement, proposals, by, now),
            )


def next_best(
    uow: IntroductionsWork,
    evidence: EvidenceQueries,
    item: Introduction,
    own: tuple[Proposal, ...] = (),
) -> tuple[Proposal, ...]:
    """Return what else the start-up could ask for: nothing that it has asked for already."""
    _, applicant = applicant_of(uow, item.need_id, item.tenant)
    known = uow.introductions.asked_for(item.need_id) | {proposal.offer_id for proposal in own}
    return evidence.next_best(applicant, known)
