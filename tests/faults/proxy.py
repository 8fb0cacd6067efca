"""A TCP proxy between the product and an engine, to break the network and nothing else."""

import contextlib
import selectors
import socket
import threading
import time
from typing import Self

_LOOPBACK = "127.0.0.1"
_PIECE = 65_536
_LOOK_SECONDS = 0.05


class TcpProxy:
    """Forwards connections to a port; can cut them, hold their bytes back or delay them."""

    def __init__(self, port: int, target: int) -> None:
        """Listen on `port` of loopback; new connections go to the port that `target` is then."""
        self.port, self.target = port, target
        self._listener: socket.socket | None = None
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._flowing = threading.Event()
        self._delay_seconds = 0.0
        self.forwarded = 0

    def __enter__(self) -> Self:
        self.forward()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()

    def forward(self, delay_seconds: float = 0.0) -> None:
        """Let everything through again, each piece after a delay."""
        self._delay_seconds = delay_seconds
        self._flowing.set()
        if self._listener is None:
            self._listener = socket.create_server((_LOOPBACK, self.port))
            self._listener.settimeout(_LOOK_SECONDS)
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def hang(self) -> None:
        """Keep the connections and take new ones, but carry nothing any more."""
        self._flowing.clear()

    def cut(self) -> None:
        """Break all connections and refuse new ones."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
        self._flowing.set()
        for pair in tuple(self._pairs):
            self._break(pair)

    def _accept(self, listener: socket.socket) -> None:
        while self._listener is listener:
            try:
                client = listener.accept()[0]
            except TimeoutError:
                continue
            except OSError:
                return
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection((_LOOPBACK, self.target), timeout=5)
        except OSError:
            client.close()
            return
        client.settimeout(None)
        server.settimeout(None)
        pair = (client, server)
        self._pairs.add(pair)
        with selectors.DefaultSelector() as selector, contextlib.suppress(OSError, ValueError):
            selector.register(client, selectors.EVENT_READ, server)
            selector.register(server, selectors.EVENT_READ, client)
            while pair in self._pairs and self._carry(selector):
                continue
        self._break(pair)

    def _carry(self, selector: selectors.BaseSelector) -> bool:
        """Carry what has come; tell whether both sides are still there."""
        for key, _ in selector.select(_LOOK_SECONDS):
            source = key.fileobj
            assert isinstance(source, socket.socket)
            piece = source.recv(_PIECE)
            if not piece:
                return False
            self._flowing.wait()
            time.sleep(self._delay_seconds)
            key.data.sendall(piece)
            self.forwarded += len(piece)
        return True

    def _break(self, pair: tuple[socket.socket, socket.socket]) -> None:
        self._pairs.discard(pair)
        for end in pair:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
