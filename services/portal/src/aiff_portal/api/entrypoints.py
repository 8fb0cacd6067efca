"""Who asks, as the request of a page says it."""

from fastapi import Request

from aiff_kit.auth import IDENTITY_HEADER
from aiff_portal.api.domain import Reader
from aiff_portal.ui.domain.language import Language
from aiff_portal.ui.entrypoints.faults import SESSION_COOKIE


def reader_of(request: Request, language: Language) -> Reader:
    """Return the reader of a request, with the session that their browser sends."""
    session = request.cookies.get(SESSION_COOKIE) or None
    identity = request.headers.get(IDENTITY_HEADER)
    return Reader(language, session, request.scope.get("request_id"), identity)
