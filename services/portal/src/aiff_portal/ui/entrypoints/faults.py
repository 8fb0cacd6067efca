"""What went wrong, as a page that helps: what, where, and how to go on."""

from typing import Annotated

import structlog
from fastapi import APIRouter, FastAPI, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from aiff_portal.ui.domain.language import (
    LANGUAGES,
    Language,
    in_language,
    language_of_path,
    negotiated_language,
    other_language,
)
from aiff_portal.ui.domain.refusals import Refusal, RefusedError
from aiff_portal.ui.domain.words import FAULT_WORDS, fault_of
from aiff_portal.ui.entrypoints.pages import Page, show, templates

_TEMPLATES = templates()
# The browser's session; its token is what the API knows the reader by.
SESSION_COOKIE = "aiff_session"
_BAD, _UNAUTHENTICATED, _INTERNAL = 400, 401, 500

_log = structlog.get_logger(__name__)


def explain_faults(app: FastAPI) -> None:
    """Answer every error of an application with a page."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)


def fault_page(refusal: Refusal, language: Language) -> Page:
    """Return the page for a refusal."""
    place = LANGUAGES.index(language)
    title, help_ = fault_of(refusal.status)
    values = {
        "refusal": refusal,
        "title": title[place],
        "help": help_[place],
        "said": in_language(FAULT_WORDS, language),
    }
    return Page("fault.html", values, status=refusal.status)


def refusal_routes(language: Language) -> APIRouter:
    """Return the pages that the gateway keeps for where it refuses a page itself."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)

    @router.get("/refused/{status}")
    async def refused(status: Annotated[int, Path(ge=400, le=599)], request: Request) -> Response:
        told = fault_page(Refusal(status), language)
        # What was refused has another address than this page: the other language begins anew.
        values = {**told.values, "other_address": f"/{other_language(language)}/"}
        return show(request, _TEMPLATES, language, Page(told.template, values))

    return router


def _shown(request: Request, refusal: Refusal) -> Response:
    asked = request.headers.get("accept-language")
    language = language_of_path(request.url.path) or negotiated_language(asked)
    answer = show(request, _TEMPLATES, language, fault_page(refusal, language))
    if refusal.retry_after is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    if refusal.status == _UNAUTHENTICATED:
        # A session that has ended would close the pages that are open to everybody.
        answer.delete_cookie(SESSION_COOKIE)
    return answer


def _of(request: Request, status: int) -> Refusal:
    return Refusal(status, where=request.url.path, request_id=request.scope.get("request_id"))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  Registered for this class only.
    answer = _shown(request, _of(request, error.status_code))
    answer.headers.update(error.headers or {})
    return answer


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)  # noqa: S101  Registered for this class only.
    return _shown(request, error.refusal.at(request.url.path, request.scope.get("request_id")))


def _invalid(request: Request, _error: Exception) -> Response:
    return _shown(request, _of(request, _BAD))


def _unexpected(request: Request, error: Exception) -> Response:
    _log.error("unexpected error", method=request.method, exc_info=error)
    return _shown(request, _of(request, _INTERNAL))
