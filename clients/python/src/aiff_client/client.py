"""The client: one address, one key, every operation of the API as a method."""

import ipaddress
import time
from collections.abc import Callable
from types import TracebackType
from typing import Literal, Self

import httpx2

from aiff_client.generated.operations import Operations
from aiff_client.retries import Retries

_LANGUAGES = {"fr": "fr, en;q=0.5", "en": "en, fr;q=0.5"}


class Client(Operations):
    """Calls one address: `with Client("https://...", key="aiff_...") as client:`.

    `key` is an API key, or the token of a session; without one only what everybody may read is
    answered. `language` is that of errors and of texts which come in one language. `timeout` is in
    seconds, for each attempt. A client may be used by several threads; two clients share nothing.
    """

    def __init__(
        self,
        address: str,
        key: str | None = None,
        *,
        language: Literal["fr", "en"] = "en",
        timeout: float = 30.0,
        retries: Retries | None = None,
        transport: httpx2.BaseTransport | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Open no connection yet.

        Raises ValueError where the address is none, or the key would travel unencrypted over a
        network.
        """
        url = _address(address, with_key=key is not None)
        headers = {"Accept-Language": _LANGUAGES[language], "User-Agent": "aiff-client"}
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        http = httpx2.Client(
            base_url=url,
            headers=headers,
            timeout=timeout,
            transport=transport,
            follow_redirects=True,
        )
        super().__init__(http, retries or Retries(), sleep)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def _address(address: str, *, with_key: bool) -> httpx2.URL:
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL as error:
        raise ValueError(f"{address!r} is no address: {error}") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise ValueError(f"{address!r} is no address: write it as https://example.org")
    if with_key and url.scheme == "http" and not _is_own_machine(url.host):
        raise ValueError(f"{address!r}: a key is only sent over https, or to the own machine")
    return url


def _is_own_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
