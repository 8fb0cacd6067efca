"""Who makes the change that a request asks for, and why."""

from fastapi import Request

from aiff_catalog.shared.authorship import Authorship
from aiff_contracts.codec import Fault
from aiff_kit.auth import Principal, Scope
from aiff_kit.problems import UNKNOWN_PARAMETER, Problem

_LONGEST_REASON = 500
CHANGE_REASON = {
    "in": "header",
    "name": "X-Change-Reason",
    "required": False,
    "description": "Why the change is made, in UTF-8; the history shows it.",
    "schema": {"type": "string", "maxLength": _LONGEST_REASON},
}


def writer_limit(principal: Principal) -> str | None:
    """Return the organisation that a writer is limited to; None for one who may publish.

    Who may neither publish nor writes for an organisation is limited to nothing at all.
    """
    if principal.may(Scope.OFFERS_PUBLISH):
        return None
    return principal.organisation or ""


def authorship(request: Request, principal: Principal, reason: str | None = None) -> Authorship:
    """Return who makes the change of this request; the header gives the reason otherwise."""
    return Authorship(
        author=principal.subject,
        reason=reason or _reason_of(request),
        limited_to=writer_limit(principal),
        request_id=request.scope.get("request_id"),
    )


def _reason_of(request: Request) -> str | None:
    """Read X-Change-Reason; clients send UTF-8, the protocol's library reads Latin-1."""
    given = request.headers.get("x-change-reason")
    if given is None:
        return None
    try:
        text = given.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        text = given
    if len(text) > _LONGEST_REASON:
        detail = f"X-Change-Reason must have at most {_LONGEST_REASON} characters"
        fault = Fault("/x-change-reason", "too_long", detail)
        raise Problem(UNKNOWN_PARAMETER, detail, faults=[fault])
    return text.strip() or None
