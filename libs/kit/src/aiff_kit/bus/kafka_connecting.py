"""How the Kafka client connects: whatever does not come about is closed at once, and told.

The client itself leaves the socket of a failed attempt to the garbage collector. A process that
tries again for a day would hold many of them, and a test would blame another one for them. It
waits without end for a TLS handshake, throws away what a broker said last before it closed the
connection, and where no attempt succeeds it says only that its time was up. Brokers that it was
told of once are all that it ever asks again.
"""

import ssl
import warnings
from collections.abc import Callable
from typing import Any

with warnings.catch_warnings():
    # The client warns about its own deprecations at import; the application cannot mend them.
    warnings.simplefilter("ignore", DeprecationWarning)
    from kafka.errors import KafkaError, KafkaTimeoutError
    from kafka.net.compat import KafkaNetClient
    from kafka.net.inet import KafkaNetSocket, create_connection
    from kafka.net.manager import KafkaConnectionManager
    from kafka.net.selector import NetworkSelector
    from kafka.net.transport import KafkaSSLTransport, KafkaTCPTransport

from aiff_kit.bus.kafka_security import TlsFailedError, refused_setting

_SCHEME = "direct"


def open_client(kind: Callable[..., Any], **options: Any) -> Any:
    """Open a client; one that cannot connect leaves its thread running, so end that here.

    KafkaError where it cannot; what a broker said against it, where one said so.
    """
    opened: list[_NetworkClient] = []

    def connect(**settings: Any) -> Any:
        opened.append(_NetworkClient(**{**settings, "proxy_url": f"{_SCHEME}://"}))
        return opened[-1]

    try:
        return kind(kafka_client=connect, **options)
    except BaseException as error:
        for client in opened:
            client.close()
        refusal = next((client.refusal for client in opened if client.refusal), None)
        if isinstance(error, KafkaTimeoutError) and refusal is not None:
            raise refusal from error
        raise


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


class _NetworkClient(KafkaNetClient):  # type: ignore[misc]  # The client has no types.
    """What the client's parts connect through."""

    def __init__(self, **settings: Any) -> None:
        net = NetworkSelector(**settings)
        super().__init__(net, _Connections(net, **settings))

    @property
    def refusal(self) -> KafkaError | None:
        return self._manager.refusal


class _Connections(KafkaConnectionManager):  # type: ignore[misc]  # The client has no types.
    """Keeps why brokers and this client did not accept each other, where that came about."""

    def __init__(self, net: Any, **settings: Any) -> None:
        super().__init__(net, **settings)
        self.refusal: KafkaError | None = None

    def least_loaded_node(self) -> Any:
        """Return a broker to ask, or a configured address where no known broker can be asked.

        A cluster names the brokers that are there. A client that was told of one alone would ask
        nobody else when that one goes or moves, though the others are back (KIP-899).
        """
        known = super().least_loaded_node()
        if known is not None or not self.cluster.brokers():
            return known
        configured = [broker.node_id for broker in self.cluster.bootstrap_brokers()]
        return next((node for node in configured if self.connection_delay(node) == 0), None)

    async def _connect(self, node: Any, connection: Any, *further: Any, **options: Any) -> None:
        await super()._connect(node, connection, *further, **options)
        error = connection.init_future.exception
        if error is not None and refused_setting(error) is not None:
            self.refusal = error

    async def _build_transport(self, node: Any, timeout_at: float | None = None) -> Any:
        sock = await create_connection(
            self._net,
            node.host,
            node.port,
            self.config["socket_options"],
            proxy_url=self.config["proxy_url"],
            timeout_at=timeout_at,
        )
        if not self.ssl_enabled:
            return _PlainTransport(self._net, sock, host=node.host)
        context = self.config["ssl_context"]
        transport = _TlsTransport(self._net, sock, host=node.host, ssl_context=context)
        await transport.handshake_until(timeout_at)
        return transport


class _HeardOut:
    """Hands over what came before the other side closed; the next look finds the end again."""

    def _sock_recv(self) -> tuple[bytes, Any]:
        received, error = super()._sock_recv()  # type: ignore[misc]  # That of the transport.
        return received, None if received else error


class _PlainTransport(_HeardOut, KafkaTCPTransport):  # type: ignore[misc]
    """A connection without protection."""


class _TlsTransport(_HeardOut, KafkaSSLTransport):  # type: ignore[misc]
    """A handshake that ends."""

    async def handshake_until(self, timeout_at: float | None) -> None:
        """Shake hands, or close the connection and raise TlsFailedError."""
        try:
            await self._shake(timeout_at)
        except OSError as error:
            self.close()
            raise TlsFailedError(error) from error
        except BaseException:
            self.close()
            raise

    async def _shake(self, timeout_at: float | None) -> None:
        while True:
            try:
                self._sock.do_handshake()
            except ssl.SSLWantReadError:
                await self._net.wait_read(self._sock, timeout_at)
            except ssl.SSLWantWriteError:
                await self._net.wait_write(self._sock, timeout_at)
            else:
                return
