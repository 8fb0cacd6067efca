"""The headers that every answer leaves with: safety of browsers, and who may keep a copy."""

from collections.abc import Iterable

from aiff_gateway.edge.domain.freshness import merged_vary

RawHeaders = list[tuple[bytes, bytes]]

_DATA_POLICY = b"default-src 'none'; frame-ancestors 'none'"
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
)
_SET_HERE = frozenset(
    (
        b"cache-control",
        b"content-security-policy",
        b"vary",
        b"x-request-id",
        *(name for name, _ in _ALWAYS),
    )
)
_CREDENTIAL_HEADERS = (b"Authorization", b"X-API-Key")


def answer_headers(headers: Iterable[tuple[bytes, bytes]], *, personal: bool) -> RawHeaders:
    """Return the headers for the client; `personal` answers are for the one who asked.

    Names come and leave in lower case. What a service says about copies holds only for anonymous
    calls; what says nothing may not be kept. The policy of a page is its own: others run nothing.
    """
    given = list(headers)
    named = dict(given)
    policy = named.get(b"content-security-policy", _DATA_POLICY)
    keeping = b"private, no-store" if personal else named.get(b"cache-control", b"no-store")
    vary = b", ".join(value for name, value in given if name == b"vary")
    return [
        *(header for header in given if header[0] not in _SET_HERE),
        *_ALWAYS,
        (b"content-security-policy", policy),
        (b"cache-control", keeping),
        (b"vary", merged_vary(vary, _CREDENTIAL_HEADERS)),
    ]
