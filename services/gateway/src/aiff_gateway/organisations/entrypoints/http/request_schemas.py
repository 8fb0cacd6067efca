"""The bodies of the routes of requests to represent an organisation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_gateway.organisations.domain.organisations import MemberRole
from aiff_gateway.organisations.domain.requests import RepresentationRequest, RequestState
from aiff_kit.http import PageParameters

_REASONS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBody(Strict):
    """Which organisation of the catalogue you want to act for (its slug), and why you may.

    Say what you do there, and where a curator can see it.
    """

    organisation: Annotated[str, MinLen(1), MaxLen(80)]
    reasons: Annotated[str, MinLen(20), MaxLen(_REASONS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionBody(Strict):
    """What you decide and why; the reason is sent to who asked.

    `role` is what they are to be in the organisation, where you approve.
    """

    decision: Literal["approved", "refused"]
    reason: Annotated[str, MinLen(3), MaxLen(_REASONS)]
    role: MemberRole = MemberRole.ADMINISTRATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody(Strict):
    """A request to represent an organisation of the catalogue.

    `domain_matches` tells whether the address of who asks belongs to the domain of the
    organisation's website; null where the catalogue knows no website. It is a hint only.
    """

    id: UUID
    organisation: str
    name: str
    person: UUID
    reasons: str
    domain_matches: bool | None
    state: RequestState
    created_at: datetime
    decided_at: datetime | None
    decision_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestListBody(Strict):
    """Requests, and the cursor of those that follow."""

    items: tuple[RequestBody, ...]
    next: str | None
    prev: str | None = None


class RequestParameters(PageParameters):
    """Which requests are listed: those in a state, oldest first."""

    state: RequestState | None = None

    def chosen(self) -> dict[str, str]:
        """Return the filters as they stand in an address."""
        return {} if self.state is None else {"state": self.state.value}


def request_body(request: RepresentationRequest) -> RequestBody:
    """Return a request as it is shown."""
    decision = request.decision
    return RequestBody(
        id=request.id,
        organisation=request.organisation,
        name=request.name,
        person=request.person,
        reasons=request.reasons,
        domain_matches=request.domain_matches,
        state=request.state,
        created_at=request.created_at,
        decided_at=None if decision is None else decision.at,
        decision_reason=None if decision is None else decision.reason,
    )
