"""Errors as RFC 9457 problem documents, in French or in English."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from aiff_contracts.codec import Fault, bounded
from aiff_contracts.messages import in_french
from aiff_kit.problems.types import (
    MALFORMED,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    TOO_LARGE,
    ProblemType,
)

MEDIA_TYPE = "application/problem+json"
_TEXT = {"type": "string"}
PROBLEM_SCHEMA: Mapping[str, Any] = {
    "title": "Problem",
    "description": "An error (RFC 9457). Some kinds have members of their own besides these.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        "type": {**_TEXT, "description": "The address of a page that explains this kind of error."},
        "title": {**_TEXT, "description": "The kind of error, in the language of Accept-Language."},
        "status": {"type": "integer"},
        "detail": {**_TEXT, "description": "What is wrong here, and how to mend it."},
        "instance": {**_TEXT, "description": "The path that was asked for."},
        "request_id": {
            "type": ["string", "null"],
            "description": "What to name when the error is reported.",
        },
        "errors": {
            "type": "array",
            "description": "Every fault of the request with its place.",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {
                        **_TEXT,
                        "description": "A JSON pointer into the body, or a parameter's name.",
                    },
                    "code": _TEXT,
                    "detail": _TEXT,
                },
            },
        },
    },
}
_BY_STATUS = {404: NOT_FOUND, 405: METHOD_NOT_ALLOWED, 413: TOO_LARGE, 400: MALFORMED}


class Problem(HTTPException):
    """An answer that is an error: raise it anywhere below a route.

    `detail` says what is wrong in this case; `faults` list each place with its pointer, the first
    hundred where there are more.
    """

    def __init__(
        self,
        kind: ProblemType,
        detail: str | None = None,
        *,
        faults: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep what the document will say."""
        super().__init__(kind.status, detail=detail or "", headers=dict(headers or {}))
        self.kind = kind
        self.faults = tuple(bounded(tuple(faults)))
        self.extra = dict(extra or {})


def of_status(error: HTTPException) -> Problem:
    """Return the framework's own errors (404, 405, ...) as problems."""
    if isinstance(error, Problem):
        return error
    kind = _BY_STATUS.get(error.status_code)
    if kind is None:
        kind = ProblemType("http", error.status_code, str(error.detail), str(error.detail))
    return Problem(kind, headers=error.headers)


def prefers_french(accept_language: str | None) -> bool:
    """Tell whether French comes before English in an Accept-Language header."""
    wanted = (accept_language or "").lower()
    french, english = wanted.find("fr"), wanted.find("en")
    return french >= 0 and (english < 0 or french < english)


def said_to(accept_language: str | None) -> Callable[[str], str]:
    """Return what says a message in the language that a reader prefers."""
    return in_french if prefers_french(accept_language) else str


def problem_body(problem: Problem, *, french: bool, instance: str, request_id: str | None) -> bytes:
    """Return the document's bytes."""
    kind, said = problem.kind, in_french if french else str
    document: dict[str, Any] = {
        "type": f"/problems/{kind.slug}",
        "title": kind.title_fr if french else kind.title_en,
        "status": kind.status,
        "detail": said(problem.detail) or (kind.mend_fr if french else kind.mend_en),
        "instance": instance,
        "request_id": request_id,
        **problem.extra,
    }
    if problem.faults:
        document["errors"] = [
            {"pointer": fault.pointer, "code": fault.code, "detail": said(fault.detail)}
            for fault in problem.faults
        ]
    return orjson.dumps(document)


def response_of(problem: Problem, scope: Scope) -> Response:
    """Return the answer for a request's scope."""
    headers = Headers(scope=scope)
    french = prefers_french(headers.get("accept-language"))
    body = problem_body(
        problem,
        french=french,
        instance=scope["path"],
        request_id=scope.get("request_id"),
    )
    fixed = {
        "Cache-Control": "no-store",
        "Content-Language": "fr" if french else "en",
        "Vary": "Accept-Language",
    }
    return Response(
        body, problem.kind.status, {**fixed, **(problem.headers or {})}, media_type=MEDIA_TYPE
    )


async def send_problem(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request with a problem, from below any framework."""
    await response_of(problem, scope)(scope, receive, send)
