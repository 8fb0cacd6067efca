"""Clients of OpenSearch, and what their errors mean."""

import logging
import warnings
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import orjson
import structlog
from opensearchpy import AIOHttpConnection, AsyncOpenSearch, JSONSerializer, OpenSearch
from opensearchpy.exceptions import OpenSearchException, TransportError

from aiff_catalog.search.adapters.opensearch.circuit_breaker import CircuitBreaker
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_kit.tls import client_context

_log = structlog.get_logger(__name__)
T = TypeVar("T")
_SEARCH_SECONDS = 2.0
_WRITE_SECONDS = 15.0
_CONNECTIONS = 32
_TOO_MANY = 429
_FIRST_SERVER_FAULT = 500

# What fails is told once, by whoever handles it; the library would add a trace per attempt.
logging.getLogger("opensearch").setLevel(logging.CRITICAL)


class _Orjson(JSONSerializer):
    """JSON as fast as it gets, on the path of every search."""

    def dumps(self, data: Any) -> Any:
        return data if isinstance(data, str | bytes) else orjson.dumps(data).decode()

    def loads(self, s: str) -> Any:
        return orjson.loads(s)


class _Connection(AIOHttpConnection):
    """Asks for a workaround that newer Pythons do not need; there that is no news to anybody."""

    async def _create_aiohttp_session(self) -> Any:
        # Nothing is awaited in it, so no other code runs while the warning is off.
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "enable_cleanup_closed", DeprecationWarning)
            return await super()._create_aiohttp_session()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSearchServer:
    """The nodes of one engine, and how the two sides make themselves known.

    `url` is one address or several, separated by commas. Without `ca_file` the certificate of a
    node under https:// must be signed by an authority that the system trusts.
    """

    url: str = field(repr=False)
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None

    @property
    def nodes(self) -> list[str]:
        """Return the address of each node."""
        return self.url.split(",")

    @property
    def shown(self) -> str:
        """Return the addresses without user and password, for messages."""
        return ",".join(_without_user(node) for node in self.nodes)

    def options(self) -> dict[str, Any]:
        """Return the client's options."""
        options: dict[str, Any] = {"hosts": self.nodes, "serializer": _Orjson()}
        if "https://" in self.url:
            options["ssl_context"] = client_context(self.ca_file)
        if self.username is not None:
            # RFC 7617 with UTF-8; the library's own way knows Latin-1 only.
            credentials = b64encode(f"{self.username}:{self.password}".encode()).decode()
            options["headers"] = {"authorization": f"Basic {credentials}"}
        return options


def searching_client(server: OpenSearchServer) -> AsyncOpenSearch:
    """Return a client for the hot path: short waits and no second try."""
    return AsyncOpenSearch(
        **server.options(),
        connection_class=_Connection,
        timeout=_SEARCH_SECONDS,
        max_retries=0,
        maxsize=_CONNECTIONS,
    )


def writing_client(server: OpenSearchServer) -> OpenSearch:
    """Return a client for the background: it may wait, and the caller tries again."""
    return OpenSearch(**server.options(), timeout=_WRITE_SECONDS, max_retries=0)


def _without_user(node: str) -> str:
    parts = urlsplit(node)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


@contextmanager
def unavailable() -> Iterator[None]:
    """Tell what the library raises in the words of the port."""
    try:
        yield
    except OpenSearchException as error:
        raise SearchIndexUnavailableError(_reason(error)) from error


async def guarded(breaker: CircuitBreaker, call: Callable[[], Awaitable[T]]) -> T:
    """Call unless the engine has just failed several times; note how it went."""
    if not breaker.admits():
        message = "the search engine has failed repeatedly and is left alone for a moment"
        raise SearchIndexUnavailableError(message)
    try:
        with unavailable():
            answer = await call()
    except SearchIndexUnavailableError as error:
        _log.warning("the search engine failed", reason=str(error))
        if _is_outage(error.__cause__):
            breaker.failed()
        raise
    breaker.succeeded()
    return answer


def _is_outage(error: BaseException | None) -> bool:
    """Tell an outage from a refusal, as for a lost index, which a working engine gives."""
    status = error.status_code if isinstance(error, TransportError) else None
    return not isinstance(status, int) or status >= _FIRST_SERVER_FAULT or status == _TOO_MANY


def _reason(error: OpenSearchException) -> str:
    if isinstance(error, TransportError):
        return f"the search engine said {error.status_code} {error.error}"
    return f"the search engine gave no usable answer: {type(error).__name__}"
