"""Ports for servers that start later than the port is chosen."""

import random
import socket

from aiff_local.processes import LOOPBACK

# Below the ports that systems give to outgoing connections: nobody takes one of these between
# the choice and the start, and a client that knocks too early never connects to itself.
_FIRST, _LAST = 20_000, 32_000
_ATTEMPTS = 200


def server_port() -> int:
    """Return a loopback port that nobody uses and no outgoing connection will be given."""
    for _attempt in range(_ATTEMPTS):
        port = random.randint(_FIRST, _LAST)  # noqa: S311  Nothing secret about a port.
        if _is_free(port):
            return port
    raise OSError("no free loopback port was found")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
