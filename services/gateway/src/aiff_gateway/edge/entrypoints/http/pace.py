"""How often a caller may ask for what, whether it calls the API or uses the pages."""

import re

from aiff_gateway.credentials.application.authentication import Identified
from aiff_gateway.credentials.domain.credentials import CredentialKind
from aiff_gateway.edge.domain.routes import cost_of
from aiff_gateway.edge.entrypoints.http.inbound import Inbound
from aiff_gateway.limits.application import RequestLimits
from aiff_gateway.limits.domain.policies import Cost, Held, Holder
from aiff_gateway.limits.domain.telling import RawHeaders, limit_headers
from aiff_gateway.shared.networks import subscriber_of
from aiff_kit.auth import IDENTITY_HEADER, IdentityError, IdentityVerifier

# Compared with the decoded path, as the services read it.
_REPORTS = re.compile(r"/(v1|fr|en)/offers/.+/reports/?")
_SHOWN = IDENTITY_HEADER.lower().encode()
# What is bounded for its effect on others is counted by address whoever calls.
_BY_ADDRESS = frozenset((Cost.SIGN_IN, Cost.MAIL, Cost.REPORT))


class Pace:
    """Counts requests for whoever makes them.

    The pages send what people ask on to the API: those requests come from the portal, and were
    counted when the people asked. They show the identity that the gateway gave the portal for its
    reader, which nobody else has; what they ask with a reader's session counts as the reader's.
    """

    def __init__(self, limits: RequestLimits, of_pages: IdentityVerifier) -> None:
        """Keep the limits, and what knows the identities that the portal is given."""
        self._limits = limits
        self._of_pages = of_pages

    async def admitted(self, request: Inbound, caller: Identified | None) -> RawHeaders:
        """Count a request and return what its answer says of limits, or raise LimitReachedError."""
        cost = cost_of(request.method, request.path)
        if cost is None:
            return []
        from_page = self._comes_from_a_page(request)
        if _is_report(request) and not from_page:
            await self._limits.admit(Cost.REPORT, [_address(request)])
        if from_page and caller is None:
            return []
        holders = holders_of(request, caller)
        if cost in _BY_ADDRESS and caller is not None and not from_page:
            holders = (*holders, _address(request))
        return limit_headers(await self._limits.admit(cost, holders))

    def _comes_from_a_page(self, request: Inbound) -> bool:
        shown = request.headers.get(_SHOWN)
        if shown is None:
            return False
        try:
            self._of_pages.verify(shown.decode("latin-1"))
        except IdentityError:
            return False
        return True


def holders_of(request: Inbound, caller: Identified | None) -> tuple[Held, ...]:
    """Return whose limits a request counts against: its key's or person's, its organisation's."""
    if caller is None:
        return (_address(request),)
    principal = caller.principal
    own: Held = (Holder.ACCOUNT, principal.subject)
    if caller.kind is CredentialKind.API_KEY:
        own = (Holder.KEY, str(caller.credential_id))
    if principal.organisation is None:
        return (own,)
    return own, (Holder.ORGANISATION, principal.organisation)


def _is_report(request: Inbound) -> bool:
    return request.method == "POST" and _REPORTS.fullmatch(request.scope["path"]) is not None


def _address(request: Inbound) -> Held:
    client = request.scope.get("client")
    return Holder.ADDRESS, subscriber_of(client[0] if client else "")
