"""Requests to represent an organisation that the catalogue lists, and what curators decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_gateway.accounts.application.finding import existing_account
from aiff_gateway.audit.domain import Entry
from aiff_gateway.mail.domain.letters import Kind, Letter
from aiff_gateway.organisations.application.ports import OpenOrganisations, OrganisationsUnitOfWork
from aiff_gateway.organisations.application.teams import check_room
from aiff_gateway.organisations.domain.errors import (
    RequestDecidedError,
    RequestNotFoundError,
    SlugTakenError,
)
from aiff_gateway.organisations.domain.organisations import (
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
    joined,
)
from aiff_gateway.organisations.domain.requests import (
    ListedOrganisation,
    RepresentationRequest,
    RequestDecision,
    RequestState,
    domain_matches,
)
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id

_MOST_OPEN = 10
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class AskToRepresent:
    """A person wants to act for a listed organisation, and says why they may."""

    person: UUID
    listed: ListedOrganisation
    reasons: str


@dataclass(frozen=True, slots=True)
class DecideRequest:
    """A curator approves or refuses a request, at the version that they read (None: any)."""

    request_id: UUID
    version: int | None
    approved: bool
    reason: str
    role: MemberRole
    by: UUID


class Representing:
    """The requests."""

    def __init__(self, open_uow: OpenOrganisations, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._clock = clock

    def ask(self, command: AskToRepresent) -> RepresentationRequest:
        """Keep a request; RequestDecidedError where the person has one open already."""
        now, listed = self._clock(), command.listed
        with self._open_uow() as uow:
            account = existing_account(uow.accounts, command.person)
            _check_new(uow.representation_requests.of(command.person), listed.slug)
            request = RepresentationRequest(
                id=new_id(),
                organisation=listed.slug,
                name=listed.name[:_LONGEST_NAME],
                person=command.person,
                reasons=command.reasons,
                domain_matches=domain_matches(account.email, listed.website),
                created_at=now,
            )
            uow.representation_requests.add(request)
            uow.audit.add(_entry("organisation.requested", request, command.person, now))
            uow.commit()
        return request

    def of(self, person: UUID) -> Sequence[RepresentationRequest]:
        """Return a person's requests, newest first."""
        with self._open_uow() as uow:
            return uow.representation_requests.of(person)

    def page(
        self, state: RequestState | None, after: UUID | None, most: int
    ) -> Sequence[RepresentationRequest]:
        """Return requests in a state, oldest first."""
        with self._open_uow() as uow:
            return uow.representation_requests.page(state, after, most)

    def get(self, request_id: UUID) -> RepresentationRequest:
        """Return a request, or raise RequestNotFoundError."""
        with self._open_uow() as uow:
            return _existing(uow.representation_requests.get(request_id))

    def decide(self, command: DecideRequest) -> RepresentationRequest:
        """Approve or refuse, and tell who asked; an approval makes them belong to the partner.

        Raises RequestNotFoundError, StaleRequestError, RequestDecidedError, OwnRequestError,
        SlugTakenError, or AlreadyMemberError.
        """
        now = self._clock()
        decision = RequestDecision(command.approved, command.reason, command.by, now)
        with self._open_uow() as uow:
            held = _existing(uow.representation_requests.held(command.request_id))
            decided = held.decided(decision, command.version)
            if command.approved:
                _admit(uow, decided, command.role, now)
            uow.representation_requests.decide(decided)
            _tell(uow, decided)
            uow.audit.add(_entry("organisation.request_decided", decided, command.by, now))
            uow.commit()
        return decided


def _existing(found: RepresentationRequest | None) -> RepresentationRequest:
    if found is None:
        message = "there is no request with this id"
        raise RequestNotFoundError(message)
    return found


def _check_new(own: Sequence[RepresentationRequest], slug: str) -> None:
    waiting = [one for one in own if one.state is RequestState.OPEN]
    if any(one.organisation == slug for one in waiting):
        message = f"you have asked to represent {slug} already; a curator will answer"
        raise RequestDecidedError(message)
    if len(waiting) >= _MOST_OPEN:
        message = f"you have {_MOST_OPEN} open requests; wait for the answers"
        raise RequestDecidedError(message)


def _admit(
    uow: OrganisationsUnitOfWork, request: RepresentationRequest, role: MemberRole, now: datetime
) -> None:
    """Make the person belong to the partner, which is made where there is none."""
    slug = request.organisation
    partner = uow.organisations.held(slug)
    if partner is None:
        kind = OrganisationKind.PARTNER
        partner = Organisation(slug=slug, name=request.name, kind=kind, created_at=now)
        uow.organisations.add(partner)
    if partner.kind is not OrganisationKind.PARTNER:
        message = f"{slug} belongs to an organisation that is no partner; an operator must mend it"
        raise SlugTakenError(message)
    check_room(uow, request.person)
    membership = Membership(organisation=slug, person=request.person, role=role, since=now)
    uow.memberships.add(joined(uow.memberships.of(slug), membership))


def _tell(uow: OrganisationsUnitOfWork, request: RepresentationRequest) -> None:
    account = uow.accounts.get(request.person)
    if account is None or request.decision is None:
        return
    uow.letters.add(
        Letter(
            kind=Kind.ORGANISATION_REQUEST_DECIDED,
            to=account.email,
            language=account.language,
            key=f"organisation.request_decided:{request.id}",
            person=request.person,
            facts={
                "organisation": request.name,
                "decision": request.state.value,
                "reason": request.decision.reason,
                "path": f"/{account.language}/account",
            },
        )
    )


def _entry(kind: str, request: RepresentationRequest, actor: UUID, now: datetime) -> Entry:
    return Entry(
        kind=kind,
        at=now,
        actor=str(actor),
        subject=str(request.person),
        organisation=request.organisation,
        facts={"request": str(request.id), "state": request.state.value},
    )
