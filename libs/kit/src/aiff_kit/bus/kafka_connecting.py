"""How the Kafka client connects: whatever does not come about is closed at once.

The client itself leaves the socket of a failed attempt to the garbage collector. A process that
tries again for a day would hold many of them, and a test would blame another one for them.
"""

import warnings
from typing import Any

with warnings.catch_warnings():
    # The client warns about its own deprecations at import; the application cannot mend them.
    warnings.simplefilter("ignore", DeprecationWarning)
    from kafka.net.compat import KafkaNetClient
    from kafka.net.inet import KafkaNetSocket

_SCHEME = "direct"


class DirectSocket(KafkaNetSocket):  # type: ignore[misc]  # The client has no types.
    """A connection without a proxy. The client finds it by its scheme, as it finds proxies."""

    SCHEMES = (_SCHEME,)

    async def sock_connect(self, net: Any, sock: Any, *address: Any, **options: Any) -> Any:
        """Connect, or close the socket and raise what the client raises."""
        try:
            return await super().sock_connect(net, sock, *address, **options)
        except BaseException:
            sock.close()
            raise


def network_client(**settings: Any) -> Any:
    """Return what the client's parts connect through, with their own settings."""
    return KafkaNetClient(**{**settings, "proxy_url": f"{_SCHEME}://"})
