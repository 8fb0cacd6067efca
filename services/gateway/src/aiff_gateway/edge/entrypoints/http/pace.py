"""How often one address may report errors, whether it calls the API or sends the form of a page."""

import re

from aiff_gateway.edge.entrypoints.http.inbound import Inbound
from aiff_gateway.limits.application import ReportLimits
from aiff_kit.auth import IDENTITY_HEADER, IdentityError, IdentityVerifier

# Compared with the decoded path, as the services read it.
_REPORTS = re.compile(r"/(v1|fr|en)/offers/.+/reports/?")
_SHOWN = IDENTITY_HEADER.lower().encode()


class ReportPace:
    """Counts reports by the address that they come from.

    The pages send what people fill in on to the API: those requests come from the portal, and
    were counted when the people sent them. They show the identity that the gateway gave the
    portal for its reader, which nobody else has.
    """

    def __init__(self, limits: ReportLimits, of_pages: IdentityVerifier) -> None:
        """Keep the limits, and what knows the identities that the portal is given."""
        self._limits = limits
        self._of_pages = of_pages

    def check(self, request: Inbound) -> None:
        """Count a report, or raise TooManyAttemptsError."""
        if request.method != "POST" or not _REPORTS.fullmatch(request.scope["path"]):
            return
        if not self._comes_from_a_page(request):
            client = request.scope.get("client")
            self._limits.admit(client[0] if client else "")

    def _comes_from_a_page(self, request: Inbound) -> bool:
        shown = request.headers.get(_SHOWN)
        try:
            self._of_pages.verify(None if shown is None else shown.decode("latin-1"))
        except IdentityError:
            return False
        return True
