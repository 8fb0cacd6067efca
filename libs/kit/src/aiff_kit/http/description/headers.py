"""The headers of requests and answers, as the API document declares them.

What is declared may be left out of an answer; what is sent without being declared would be
overlooked by whoever makes a client (`tests/described.py` holds every answer of the tests to it).
"""

from collections.abc import Iterable, Mapping
from typing import Any

Header = Mapping[str, Any]


def _header(name: str, description: str, *, required: bool = False) -> Header:
    return {
        "in": "header",
        "name": name,
        "required": required,
        "description": description,
        "schema": {"type": "string"},
    }


IF_MATCH = _header(
    "If-Match", "The ETag of the version that was read; `*` for any version.", required=True
)
IF_MATCH_WHERE_SENT = _header(
    "If-Match", "Where it is sent, only the version with this ETag is changed."
)
IF_NONE_MATCH = _header(
    "If-None-Match", "The ETag that the client holds: 304 without a body while it is the newest."
)
CREATE_IF_ABSENT = _header(
    "If-None-Match", "`*` creates, and is refused where the object is there; else send If-Match."
)
IDEMPOTENCY_KEY = _header(
    "Idempotency-Key",
    "Up to 200 characters, new for each operation. The same request again within a day has no"
    " second effect and gives the first answer.",
)


def _answer(description: str, **schema: Any) -> Header:
    return {"description": description, "schema": {"type": "string", **schema}}


# By the name of the component, which is that of the header without hyphens.
ANSWER_HEADERS: Mapping[str, Header] = {
    "Allow": _answer("The methods that the address takes."),
    "ContentDisposition": _answer("The name under which the file is saved."),
    "ContentLanguage": _answer("The language of the answer, where it has one."),
    "ETag": _answer("The version of the object; send it back in If-None-Match or If-Match."),
    "IdempotencyReplayed": _answer(
        "`true` where the answer is that of an earlier request with the same Idempotency-Key.",
        const="true",
    ),
    "LastModified": _answer("When the object was changed last."),
    "Link": _answer(
        "Addresses around the answer (RFC 8288): `next` and `prev` of a list, `alternate` forms."
    ),
    "Location": _answer("The address of what was made, or of the work that goes on."),
    "RateLimit": _answer("What is left of the limit, and the seconds until it is whole again."),
    "RateLimitPolicy": _answer("The limits that hold for the caller."),
    "RetryAfter": _answer("The seconds after which asking again makes sense."),
    "WWWAuthenticate": _answer("How to show who one is."),
    "XRequestId": _answer("The name of this request; give it where you report a fault."),
}
_OF_ERRORS: Mapping[int, tuple[str, ...]] = {
    301: ("Location",),
    302: ("Location",),
    304: ("ETag", "Link", "LastModified"),
    308: ("Location",),
    401: ("WWWAuthenticate",),
    405: ("Allow",),
    412: ("ETag",),
    415: ("Allow",),
    429: ("RetryAfter",),
    503: ("RetryAfter",),
}
_SPELLED = {
    "ContentDisposition": "Content-Disposition",
    "ContentLanguage": "Content-Language",
    "IdempotencyReplayed": "Idempotency-Replayed",
    "LastModified": "Last-Modified",
    "RateLimitPolicy": "RateLimit-Policy",
    "RetryAfter": "Retry-After",
    "WWWAuthenticate": "WWW-Authenticate",
    "XRequestId": "X-Request-Id",
}
# What the gateway gives to every answer.
_ALWAYS = ("RateLimit", "RateLimitPolicy", "XRequestId")
_ERROR = ("ContentLanguage", *_ALWAYS)
_DEFAULT = ("Allow", "RetryAfter", "WWWAuthenticate", *_ERROR)
# Media types that people save; a file says its name, its version and its language.
_FILES = frozenset(
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text/calendar",
        "text/csv",
    )
)
_OF_FILES = ("ContentDisposition", "ContentLanguage", "ETag")
_CREATED = frozenset((201, 202))


def headers_of_error(status: int) -> dict[str, Any]:
    """Return the `headers` of an answer that is a component: those of its status."""
    return {"headers": _declared((*_OF_ERRORS.get(status, ()), *_ERROR))}


def answered_with(*names: str) -> dict[str, Any]:
    """Return the part of a route's `responses` that declares headers by their component names."""
    return {"headers": _declared(names)}


def describe_answer_headers(operation: Mapping[str, Any]) -> None:
    """Declare the headers of each answer of an operation that is no component of its own."""
    read = {one["name"] for one in operation.get("parameters", ())}
    for status, answer in operation["responses"].items():
        if "$ref" not in answer:
            names = _DEFAULT if status == "default" else _names(int(status), read)
            if not _FILES.isdisjoint(answer.get("content", ())):
                names = (*names, *_OF_FILES)
            answer["headers"] = {**_declared(names), **answer.get("headers", {})}


def _names(status: int, read: set[str]) -> tuple[str, ...]:
    """Return the headers that follow from the status and from what the operation reads."""
    if status >= 300:  # noqa: PLR2004  From here on an answer is no success.
        return (*_OF_ERRORS.get(status, ()), *_ERROR)
    return (
        *(("ETag",) if read & {"If-Match", "If-None-Match"} or status in _CREATED else ()),
        *(("Location",) if status in _CREATED else ()),
        *(("Link",) if "cursor" in read else ()),
        *(("IdempotencyReplayed",) if "Idempotency-Key" in read else ()),
        *_ALWAYS,
    )


def _declared(names: Iterable[str]) -> dict[str, Any]:
    return {
        _SPELLED.get(name, name): {"$ref": f"#/components/headers/{name}"}
        for name in dict.fromkeys(names)
    }
