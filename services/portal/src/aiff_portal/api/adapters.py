"""The public API over HTTP, at the gateway's address."""

import contextlib
from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx2
import orjson
import structlog

from aiff_kit.auth import IDENTITY_HEADER
from aiff_kit.observability import current_traceparent
from aiff_portal.api.domain import Parameters, Reader, SentFile
from aiff_portal.ui.domain.refusals import Refusal, RefusedError, RefusedValue

# No page waits longer for one answer; a connection that takes a second is not there.
_TIMEOUT = httpx2.Timeout(10.0, connect=2.0)
_UNAVAILABLE, _TIMED_OUT, _BAD_GATEWAY = 503, 504, 502
_FIRST_FAULT = 400

_log = structlog.get_logger(__name__)


def open_client(
    address: str, transport: httpx2.AsyncBaseTransport | None = None
) -> httpx2.AsyncClient:
    """Return connections to the gateway; an offer that was merged leads on to the other one.

    No cookie is kept: connections are shared by all readers.
    """
    nobodys = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return httpx2.AsyncClient(
        base_url=address,
        timeout=_TIMEOUT,
        transport=transport,
        follow_redirects=True,
        cookies=nobodys,
    )


class PublicApi:
    """Reads documents of the public API."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        """Keep the connections."""
        self._client = client

    async def get(self, path: str, parameters: Parameters, reader: Reader) -> Mapping[str, Any]:
        """Return a document; RefusedError with what the API said where it gives none."""
        return _document(await self._sent("GET", path, reader, params=list(parameters)))

    async def post(
        self, path: str, question: Mapping[str, Any], reader: Reader
    ) -> Mapping[str, Any]:
        """Return the answer to a question in JSON; RefusedError as `get`."""
        body, headers = orjson.dumps(question), {"Content-Type": "application/json"}
        return _document(await self._sent("POST", path, reader, content=body, headers=headers))

    async def post_for_file(
        self, path: str, question: Mapping[str, Any], reader: Reader, media_type: str
    ) -> SentFile:
        """Return the answer to a question as a file of a type; RefusedError as `get`."""
        headers = {"Content-Type": "application/json", "Accept": media_type}
        body = orjson.dumps(question)
        answer = await self._sent("POST", path, reader, content=body, headers=headers)
        if answer.status_code >= _FIRST_FAULT:
            raise RefusedError(_refusal(answer))
        return SentFile(
            answer.content,
            answer.headers.get("content-type", media_type),
            answer.headers.get("content-disposition", "attachment"),
        )

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    async def _sent(self, method: str, path: str, reader: Reader, **rest: Any) -> httpx2.Response:
        headers = {**_headers(reader), **rest.pop("headers", {})}
        try:
            return await self._client.request(method, path, headers=headers, **rest)
        except httpx2.TimeoutException as error:
            raise RefusedError(Refusal(_TIMED_OUT)) from error
        except httpx2.HTTPError as error:
            _log.warning("the public API is out of reach", reason=str(error))
            raise RefusedError(Refusal(_UNAVAILABLE, retry_after=60)) from error


def _document(answer: httpx2.Response) -> Mapping[str, Any]:
    if answer.status_code >= _FIRST_FAULT:
        raise RefusedError(_refusal(answer))
    try:
        document: Mapping[str, Any] = orjson.loads(answer.content)
    except orjson.JSONDecodeError as error:
        raise RefusedError(Refusal(_BAD_GATEWAY)) from error
    return document


def _headers(reader: Reader) -> dict[str, str]:
    given = {
        "Accept": "application/json",
        "Accept-Language": reader.language,
        IDENTITY_HEADER: reader.identity,
        "Authorization": f"Bearer {reader.session}" if reader.session else None,
        "X-Request-Id": reader.request_id,
        "Traceparent": current_traceparent(),
    }
    return {name: value for name, value in given.items() if value}


def _refusal(answer: httpx2.Response) -> Refusal:
    """Return what a problem document says (RFC 9457); of anything else the status is enough."""
    problem: Mapping[str, Any] = {}
    with contextlib.suppress(orjson.JSONDecodeError):
        found = orjson.loads(answer.content)
        problem = found if isinstance(found, dict) else {}
    faults = (RefusedValue(one["pointer"], one["detail"]) for one in _faults(problem))
    waiting = answer.headers.get("retry-after", "")
    return Refusal(
        answer.status_code,
        detail=str(problem.get("detail", "")),
        faults=tuple(faults),
        request_id=problem.get("request_id"),
        retry_after=int(waiting) if waiting.isdecimal() else None,
    )


def _faults(problem: Mapping[str, Any]) -> list[dict[str, str]]:
    listed = problem.get("errors", [])
    return [one for one in listed if isinstance(one, dict) and {"pointer", "detail"} <= set(one)]
