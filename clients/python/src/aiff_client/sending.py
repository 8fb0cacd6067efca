"""Sending a call, again where that is harmless, and reading its answer."""

import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import httpx2
from pydantic import BaseModel, TypeAdapter, ValidationError

from aiff_client.faults import (
    NotModifiedError,
    UnexpectedAnswerError,
    UnreachableError,
    problem,
)
from aiff_client.retries import Retries, is_harmless, seconds_asked, worth_repeating

T_co = TypeVar("T_co", covariant=True)
_Pairs = list[tuple[str, str | int | float | bool | None]]
_KEY = "Idempotency-Key"
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Answer(Generic[T_co]):
    """What a call gave: `body` as the API document types it, and the headers around it."""

    body: T_co
    status: int
    headers: Mapping[str, str]

    @property
    def etag(self) -> str | None:
        """Return what `if_match` and `if_none_match` of a next call take."""
        return self.headers.get("etag")

    @property
    def location(self) -> str | None:
        """Return the address of what was made."""
        return self.headers.get("location")

    @property
    def request_id(self) -> str | None:
        """Return what to name when asking for help about this call."""
        return self.headers.get("x-request-id")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the path as the API document writes it, with the values of its places.

    What is None is not sent. A body is bytes, or anything that JSON can say.
    """

    method: str
    path: str
    places: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str | None] = field(default_factory=dict)
    body: Any = None
    media_type: str = "application/json"


class Sender:
    """Sends calls over one HTTP client."""

    def __init__(
        self,
        http: httpx2.Client,
        retries: Retries,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Take the client that has the address and the headers of every call."""
        self._http = http
        self._retries = retries
        self._sleep = sleep

    def send(self, call: Call, kind: Any) -> Answer[Any]:
        """Send a call and return its answer with the body as `kind` (bytes: as it came).

        A creation that has an `Idempotency-Key` gets one where none is given, so that a repetition
        has one effect.

        Raises ProblemError where the API refused, NotModifiedError where the ETag of
        `If-None-Match` still holds, UnreachableError where nobody answered, and
        UnexpectedAnswerError where the answer has another form than the API document says.
        """
        places = {name: quote(str(value), safe="") for name, value in call.places.items()}
        request = self._http.build_request(
            call.method,
            call.path.format_map(places),
            params=_plain(call.query),
            headers=_headers(kind, call),
            content=_content(call.body),
        )
        response = self._answered(request)
        if response.status_code == _NOT_MODIFIED:
            raise NotModifiedError("what the ETag stands for has not changed")
        if not response.is_success:
            identity = response.headers.get("x-request-id")
            raise problem(response.status_code, response.content, identity)
        return Answer(_read(kind, response), response.status_code, response.headers)

    def _answered(self, request: httpx2.Request) -> httpx2.Response:
        harmless = is_harmless(request.method, _told(request))
        for attempt in range(1, self._retries.attempts + 1):
            response, lost = self._once(request, harmless=harmless)
            if response is not None:
                asked = response.headers.get("retry-after")
                if not worth_repeating(response.status_code, asked, harmless=harmless):
                    return response
            else:
                asked = None
            wait = self._retries.wait(attempt, seconds_asked(asked))
            if wait is None:
                break
            self._sleep(wait)
        if response is None:
            raise UnreachableError(f"{request.url}: no answer ({lost})") from lost
        return response

    def _once(
        self, request: httpx2.Request, *, harmless: bool
    ) -> tuple[httpx2.Response | None, Exception | None]:
        try:
            return self._http.send(request), None
        except httpx2.TransportError as error:
            # Where no connection was made nothing was sent: to try again is always harmless.
            never_sent = isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout)
            if not harmless and not never_sent:
                raise UnreachableError(f"{request.url}: no answer ({error})") from error
            return None, error


def _told(request: httpx2.Request) -> dict[str, str]:
    return {name: request.headers[name] for name in ("If-Match", _KEY) if name in request.headers}


def _headers(kind: Any, call: Call) -> dict[str, str]:
    told = {name: value for name, value in call.headers.items() if value is not None}
    if _KEY in call.headers and _KEY not in told:
        told[_KEY] = str(uuid.uuid4())
    if call.body is not None:
        told["Content-Type"] = call.media_type
    if kind is not bytes:
        told["Accept"] = "application/json"
    return told


def _plain(query: Mapping[str, Any]) -> _Pairs:
    pairs: _Pairs = []
    for name, value in query.items():
        several = isinstance(value, list | tuple | set | frozenset)
        pairs += [(name, _text(one)) for one in (value if several else [value]) if one is not None]
    return pairs


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _content(body: Any) -> bytes | None:
    if body is None or isinstance(body, bytes):
        return body
    if isinstance(body, BaseModel):
        return body.model_dump_json(exclude_unset=True, by_alias=True).encode()
    return json.dumps(body, default=_json_of, allow_nan=False).encode()


def _json_of(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_unset=True, by_alias=True)
    return _text(value)


def _read(kind: Any, response: httpx2.Response) -> Any:
    if kind is bytes:
        return response.content
    if kind is None or not response.content:
        return None
    media_type = response.headers.get("content-type", "").partition(";")[0]
    if not media_type.endswith("json"):
        raise UnexpectedAnswerError(f"{response.url}: {media_type}; `send(..., bytes)` reads it")
    try:
        # A later server may tell more: what this client does not know is left out.
        return _reader(kind).validate_json(response.content, extra="ignore")
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(str(part) for part in first["loc"])
        line = f"{response.url}: {place}: {first['msg']}; a newer client may read it"
        raise UnexpectedAnswerError(line) from error


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
