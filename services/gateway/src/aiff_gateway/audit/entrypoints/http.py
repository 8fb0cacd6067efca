"""The audit log for auditors: read, never written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, Field

from aiff_contracts.language import Strict
from aiff_gateway.audit.application import AuditQueries, Sought
from aiff_gateway.audit.domain import ChainedEntry, Fact
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import CursorSigner, PageParameters, Paging, StrictRoute

Auditor = Annotated[Principal, requires(Scope.AUDIT_READ)]
_LONGEST = 80


class AuditParameters(PageParameters):
    """Which entries: each filter asks for the same text, `since` and `until` bound the instant."""

    kind: str | None = Field(None, max_length=_LONGEST)
    actor: str | None = Field(None, max_length=_LONGEST)
    subject: str | None = Field(None, max_length=_LONGEST)
    organisation: str | None = Field(None, max_length=_LONGEST)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None

    def chosen(self) -> dict[str, str]:
        """Return the filters as they stand in an address."""
        dumped = self.model_dump(mode="json", exclude={"limit", "cursor"}, exclude_none=True)
        return {name: str(value) for name, value in dumped.items()}

    def sought(self) -> Sought:
        """Return what is asked for."""
        return Sought(**self.model_dump(exclude={"limit", "cursor"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntryBody(Strict):
    """One decision. `digest` covers the whole entry and `previous`, the digest before it."""

    position: int
    kind: str
    at: datetime
    actor: str | None
    subject: str | None
    organisation: str | None
    acting_for: str | None
    address: str | None
    request_id: str | None
    facts: dict[str, Fact]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPageBody(Strict):
    """Entries, newest first, and the cursor of the older ones."""

    items: tuple[AuditEntryBody, ...]
    next: str | None
    prev: str | None = None


def audit_routes(queries: AuditQueries, cursors: CursorSigner) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["audit"], route_class=StrictRoute)

    @router.get("/audit", summary="Read the audit log")
    def list_audit_entries(
        request: Request,
        response: Response,
        parameters: Annotated[AuditParameters, Query()],
        _auditor: Auditor,
    ) -> AuditPageBody:
        sought = parameters.sought()
        asked = Paging(cursors, request.url.path, parameters, parameters.chosen())
        page = asked.page(
            lambda before, most: queries.newest(sought, before, most), lambda link: link.position
        )
        response.headers.update(page.headers)
        return AuditPageBody(items=tuple(map(_body, page.items)), next=page.next)

    return router


def _body(link: ChainedEntry) -> AuditEntryBody:
    entry = link.entry
    return AuditEntryBody(
        position=link.position,
        kind=entry.kind,
        at=entry.at,
        actor=entry.actor,
        subject=entry.subject,
        organisation=entry.organisation,
        acting_for=entry.acting_for,
        address=entry.address,
        request_id=entry.request_id,
        facts=dict(entry.facts),
        previous=link.previous,
        digest=link.digest,
    )
