"""Which offer a request changes, and in which version."""

from fastapi import Request

from aiff_catalog.offers.application.changing import OfferTarget
from aiff_catalog.shared.http.authors import authorship
from aiff_kit.auth import Principal
from aiff_kit.http import match_version


def target(request: Request, principal: Principal, reference: str, *, strict: bool) -> OfferTarget:
    """Return what this request changes.

    With `strict` If-Match must be there; without, it is respected where it is sent.
    """
    sent = strict or "if-match" in request.headers
    version = match_version(request) if sent else None
    return OfferTarget(reference=reference, by=authorship(request, principal), version=version)
