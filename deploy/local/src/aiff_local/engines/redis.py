"""Redis from the system's packages: where gateways count the limits of callers together."""

import os
import shutil
import socket
from collections.abc import Sequence

from aiff_local.engines.base import Engine, EngineUnavailableError, run
from aiff_local.processes import LOOPBACK

_PROGRAM = "redis-server"


class Redis(Engine):
    """A server on loopback that keeps nothing on disk: counts of minutes need not outlive it."""

    name = "redis"
    ready_seconds = 15.0

    def obtain(self) -> None:
        """Install the system's package where it is missing and root runs this."""
        if shutil.which(_PROGRAM) is None and os.geteuid() == 0 and shutil.which("apt-get"):
            what = "redis cannot be installed"
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            run(("apt-get", "update", "-qq"), what, quiet)
            run(("apt-get", "install", "-y", "-qq", _PROGRAM), what, quiet)
        if shutil.which(_PROGRAM) is None:
            raise EngineUnavailableError(f"redis is not installed: install {_PROGRAM}")

    def settings(self) -> dict[str, str]:
        """Return where the gateways count."""
        return {"GATEWAY_LIMITS_URL": self.url}

    @property
    def url(self) -> str:
        """Return the server's address."""
        return f"redis://{LOOPBACK}:{self.port}/0"

    def _prepare(self) -> None:
        """Nothing: the command line says it all."""

    def _command(self) -> Sequence[str]:
        place = ("--bind", LOOPBACK, "--port", str(self.port), "--dir", str(self.folder))
        return (_PROGRAM, *place, "--save", "", "--appendonly", "no", "--daemonize", "no")

    def _is_ready(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
