"""Requests to represent an organisation that the catalogue lists, which curators decide."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from aiff_gateway.organisations.domain.errors import (
    OwnRequestError,
    RequestDecidedError,
    StaleRequestError,
)

_LEAST_LABELS = 2


class RequestState(StrEnum):
    """Where a request is."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ListedOrganisation:
    """An organisation as the catalogue lists it; `website` is None where none is known."""

    slug: str
    name: str
    website: str | None


@dataclass(frozen=True, slots=True)
class RequestDecision:
    """What a curator decided and why; the reason is sent to who asked."""

    approved: bool
    reason: str
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationRequest:
    """A person's wish to act for a listed organisation, with what speaks for it.

    `domain_matches` tells whether the domain of the person's address is that of the
    organisation's website, None where the catalogue knows no website.
    """

    id: UUID
    organisation: str
    name: str
    person: UUID
    reasons: str
    domain_matches: bool | None
    created_at: datetime
    version: int = 1
    decision: RequestDecision | None = None

    @property
    def state(self) -> RequestState:
        """Return where it is."""
        if self.decision is None:
            return RequestState.OPEN
        return RequestState.APPROVED if self.decision.approved else RequestState.REFUSED

    def decided(self, decision: RequestDecision, version: int | None) -> "RepresentationRequest":
        """Return it decided.

        Raises StaleRequestError for another version than was read (None: any),
        RequestDecidedError where it is decided already, and OwnRequestError for a curator who
        made it: nobody approves what they ask for.
        """
        if decision.by == self.person:
            message = "another curator decides about your own request"
            raise OwnRequestError(message)
        if version is not None and version != self.version:
            message = f"the request has version {self.version}; read it again"
            raise StaleRequestError(message)
        if self.decision is not None:
            message = f"this request is {self.state} already"
            raise RequestDecidedError(message)
        return replace(self, decision=decision, version=self.version + 1)


def domain_matches(email: str, website: str | None) -> bool | None:
    """Tell whether an address belongs to the website's domain, or to one above or below it.

    None where there is no website. The part that is compared has two labels at least: everybody
    shares `fr`. It is a hint for the curator and decides nothing: of a domain that many share,
    such as that of a university or a ministry, it says little.
    """
    host = urlsplit(website or "").hostname
    if host is None:
        return None
    site = host.lower().removeprefix("www.")
    domain = email.rpartition("@")[2].lower()
    shorter, longer = sorted((site, domain), key=len)
    if shorter.count(".") + 1 < _LEAST_LABELS:
        return False
    return longer == shorter or longer.endswith(f".{shorter}")
