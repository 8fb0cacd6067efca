"""A request as it came in: its id, its limits, its credential, and what is passed on of it."""

import re
from functools import lru_cache
from itertools import chain

from starlette.types import Scope

from aiff_gateway.credentials.entrypoints.http.problems import BEARER, CREDENTIAL_REFUSED
from aiff_gateway.edge.application.representations import GZIP_SUFFIX
from aiff_gateway.edge.domain.freshness import resource_key
from aiff_gateway.edge.domain.routes import Service, language_of, page_of
from aiff_gateway.edge.entrypoints.http.problems import CREDENTIAL_IN_ADDRESS, TWO_CREDENTIALS
from aiff_kit.ids import new_id
from aiff_kit.observability import begun, current_traceparent
from aiff_kit.problems import HEADERS_TOO_LARGE, Problem, prefers_french

MAX_HEADERS = 100
MAX_HEADER_BYTES = 16_384

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_KEY_PARAMETERS = frozenset(
    (b"access_token", b"api-key", b"api_key", b"apikey", b"authorization", b"token", b"x-api-key")
)
_TOKEN_IN_TEXT = re.compile(rb"aiff(?:_|%5[fF])[ks](?:_|%5[fF])[0-9a-f]{8}")
# What clients may not say themselves, and what belongs to one connection only.
_NEVER_PASSED_ON = frozenset(
    (
        b"authorization",
        b"connection",
        b"content-length",
        b"expect",
        b"forwarded",
        b"host",
        b"keep-alive",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"traceparent",
        b"transfer-encoding",
        b"upgrade",
        b"via",
        b"x-api-key",
        b"x-real-ip",
        b"x-request-id",
    )
)
_STRIPPED_PREFIXES = (b"x-aiff-", b"x-user-", b"x-forwarded-")
# With one of these an answer may be for this caller only.
_PERSONAL = frozenset((b"authorization", b"cookie", b"range", b"x-api-key"))
_KEYS = frozenset((b"authorization", b"x-api-key"))
_CONDITIONS = frozenset((b"if-match", b"if-none-match"))


class Inbound:
    """One request. What is costly to find out is found out only when it is asked for."""

    __slots__ = ("accept", "headers", "language", "method", "request_id", "resource", "scope")

    def __init__(self, scope: Scope) -> None:
        """Read what every request needs."""
        self.scope = scope
        self.method: str = scope["method"]
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.request_id = _request_id(self.headers.get(b"x-request-id"))
        self.accept = self.headers.get(b"accept", b"")
        self.language = self.headers.get(b"accept-language", b"")
        self.resource = resource_key(scope["raw_path"], scope["query_string"])

    @property
    def path(self) -> str:
        """Return the path as it was sent, not decoded."""
        raw: bytes = self.scope["raw_path"]
        return raw.decode("latin-1")

    @property
    def target(self) -> str:
        """Return the path with its query, as it was sent."""
        query: bytes = self.scope["query_string"]
        return f"{self.path}?{query.decode('latin-1')}" if query else self.path

    @property
    def traceparent(self) -> str | None:
        """Return the trace that the request belongs to, None where its first span begins it."""
        given = self.headers.get(b"traceparent")
        return begun(None if given is None else given.decode("latin-1"))

    @property
    def is_public_read(self) -> bool:
        """Tell whether the answer can be the same for everybody."""
        return self.method == "GET" and self.headers.keys().isdisjoint(_PERSONAL)

    @property
    def wants_page(self) -> bool:
        """Tell whether a browser asks for a page."""
        return b"text/html" in self.accept

    @property
    def page(self) -> str | None:
        """Return the page that a browser is sent to from an address of the API, else None.

        Programs show a key or do not ask for pages. French is the default of the pages.
        """
        if not self.wants_page or self.method != "GET" or not _KEYS.isdisjoint(self.headers):
            return None
        asked = self.language.decode("latin-1")
        english = "en" in asked.lower() and not prefers_french(asked)
        return page_of(self.path, "en" if english else "fr")

    @property
    def page_language(self) -> str | None:
        """Return the language in which a browser asks for a page, None for everything else."""
        return language_of(self.path) if self.wants_page else None

    @property
    def accepts_gzip(self) -> bool:
        """Tell whether the client can read gzip."""
        return _accepts_gzip(self.headers.get(b"accept-encoding", b""))

    @property
    def if_none_match(self) -> bytes | None:
        """Return the ETags that the client holds, named as the services name them."""
        held = self.headers.get(b"if-none-match")
        return None if held is None else held.replace(GZIP_SUFFIX, b'"')

    @property
    def has_fair_headers(self) -> bool:
        """Tell whether the headers are few and small enough."""
        raw = self.scope["headers"]
        size = sum(map(len, chain.from_iterable(raw)))
        return len(raw) <= MAX_HEADERS and size <= MAX_HEADER_BYTES

    def check_headers(self) -> None:
        """Refuse too many or too large headers (431)."""
        if not self.has_fair_headers:
            raise Problem(HEADERS_TOO_LARGE)

    def check_address(self) -> None:
        """Refuse a credential in the address, where logs and histories would keep it."""
        query: bytes = self.scope["query_string"]
        names = {part.partition(b"=")[0].lower() for part in query.split(b"&")}
        held = _TOKEN_IN_TEXT.search(query) or _TOKEN_IN_TEXT.search(self.scope["raw_path"])
        if held or not names.isdisjoint(_KEY_PARAMETERS):
            raise Problem(CREDENTIAL_IN_ADDRESS)

    def token(self) -> str | None:
        """Return the credential that was shown, None for anonymous calls."""
        key, authorization = self.headers.get(b"x-api-key"), self.headers.get(b"authorization")
        if key is not None and authorization is not None:
            raise Problem(TWO_CREDENTIALS)
        if authorization is None:
            return None if key is None else key.decode("latin-1").strip()
        scheme, _, token = authorization.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            raise Problem(CREDENTIAL_REFUSED, headers=BEARER)
        return token.strip()

    def passed_on(self, service: Service, identity: bytes) -> list[tuple[bytes, bytes]]:
        """Return the headers for a service: the client's harmless ones and the gateway's own."""
        dropped = _named_by_connection(self.headers.get(b"connection", b""))
        if service is not Service.PORTAL:
            dropped |= {b"cookie"}
        if service is not Service.GATEWAY:
            # Services answer uncompressed, so that what is remembered can be sent to everybody.
            dropped |= {b"accept-encoding"}
        kept = [
            (name, value.replace(GZIP_SUFFIX, b'"') if name in _CONDITIONS else value)
            for name, value in self.scope["headers"]
            if name not in _NEVER_PASSED_ON
            and name not in dropped
            and not name.startswith(_STRIPPED_PREFIXES)
        ]
        return kept + self.own_headers(identity)

    def asked_publicly(self, identity: bytes) -> list[tuple[bytes, bytes]]:
        """Return the headers for a question whose answer others will get too."""
        selecting = ((b"accept", self.accept), (b"accept-language", self.language))
        return [header for header in selecting if header[1]] + self.own_headers(identity)

    def own_headers(self, identity: bytes) -> list[tuple[bytes, bytes]]:
        """Return what the gateway says of a request: its id, its trace, who calls."""
        return [
            (b"x-request-id", self.request_id),
            (b"traceparent", (current_traceparent() or "").encode()),
            (b"x-aiff-identity", identity),
        ]


def _request_id(given: bytes | None) -> bytes:
    if given is not None and _REQUEST_ID.fullmatch(given):
        return given
    return str(new_id()).encode()


def _named_by_connection(value: bytes) -> frozenset[bytes]:
    return frozenset(name.strip().lower() for name in value.split(b",") if name.strip())


@lru_cache(maxsize=256)
def _accepts_gzip(value: bytes) -> bool:
    for part in value.lower().split(b","):
        coding, _, quality = part.partition(b";")
        if coding.strip() in {b"gzip", b"x-gzip"}:
            return quality.strip() not in {b"q=0", b"q=0.0", b"q=0.00", b"q=0.000"}
    return False
