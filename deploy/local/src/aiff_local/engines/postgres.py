"""PostgreSQL from the system's packages, with one database for each service."""

import os
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

from aiff_local.engines.account import give_to_plain_user, plain_user_command
from aiff_local.engines.base import Engine, EngineUnavailableError, run
from aiff_local.processes import LOOPBACK

_OWNER = "aiff"
_SERVICES = ("catalog", "matching", "gateway")
# As many as the pools of all services together may open.
_CONNECTIONS = 200


class Postgres(Engine):
    """A server that trusts every local user, on loopback only."""

    name = "postgres"
    ready_seconds = 30.0
    # The fast way: it ends open connections in good order instead of waiting for them.
    stop_signal = signal.SIGINT

    def obtain(self) -> None:
        """Install the system's package where it is missing and root runs this."""
        if _programs() is None and os.geteuid() == 0 and shutil.which("apt-get"):
            what = "postgresql cannot be installed"
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            run(("apt-get", "update", "-qq"), what, quiet)
            run(("apt-get", "install", "-y", "-qq", "postgresql"), what, quiet)
        if _programs() is None:
            raise EngineUnavailableError("postgres is not installed: install postgresql")

    def settings(self) -> dict[str, str]:
        """Return the address of each service's database."""
        return {f"{name.upper()}_DATABASE_URL": self.url(name) for name in _SERVICES}

    def url(self, database: str) -> str:
        """Return the address of one database."""
        return f"postgresql+psycopg://{_OWNER}@{LOOPBACK}:{self.port}/{database}"

    def create_database(self, name: str) -> None:
        """Make an empty database."""
        run((self._program("createdb"), *self._client, name), "postgres refused a database")

    def _prepare(self) -> None:
        if (self._data / "PG_VERSION").exists():
            return
        give_to_plain_user(self.folder)
        options = ("-A", "trust", "-U", _OWNER, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        command = (self._program("initdb"), "-D", str(self._data), *options)
        run(plain_user_command(command), "postgres could not prepare its folder")

    def _command(self) -> Sequence[str]:
        settings = (f"max_connections={_CONNECTIONS}", "unix_socket_directories=")
        options = [part for setting in settings for part in ("-c", setting)]
        place = ("-D", str(self._data), "-h", LOOPBACK, "-p", str(self.port))
        return plain_user_command((self._program("postgres"), *place, *options))

    def _is_ready(self) -> bool:
        try:
            run((self._program("pg_isready"), *self._client, "-t", "1"), "postgres")
        except EngineUnavailableError:
            return False
        return True

    def _when_ready(self) -> None:
        query = ("-d", "postgres", "-Atc", "SELECT datname FROM pg_database")
        there = run((self._program("psql"), *self._client, *query), "postgres did not answer")
        for name in set(_SERVICES) - set(there.split()):
            self.create_database(name)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _client(self) -> tuple[str, ...]:
        return ("-h", LOOPBACK, "-p", str(self.port), "-U", _OWNER)

    def _program(self, name: str) -> str:
        folder = _programs()
        if folder is None:
            raise EngineUnavailableError("postgres is not installed: install postgresql")
        return str(folder / name)


def _programs() -> Path | None:
    """Return the folder of the newest server's programs; Debian keeps it off the search path."""
    direct = shutil.which("initdb")
    if direct:
        return Path(direct).resolve().parent
    client = shutil.which("psql")
    if client is None:
        return None
    versions = (Path(client).parent.parent / "lib" / "postgresql").glob("*/bin/initdb")
    newest = sorted(versions, key=lambda path: float(path.parent.parent.name))
    return newest[-1].parent if newest else None
