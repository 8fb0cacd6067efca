"""Whether the engines that the settings name can be used, said in one line when a command starts.

A wrong address, a wrong password, a database without its tables: each ends the process at once
with exit code 1 and a line that names the setting, the reason and the mend, and no secret.
"""

import sys
from collections.abc import Callable

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError

from aiff_kit.bus import BusRefusedError, BusUnavailableError, open_bus
from aiff_kit.db import is_migrated, open_engine
from aiff_kit.settings import BusSettings

_LONGEST_REASON = 300

Check = Callable[[], None]


class UnusableError(Exception):
    """An engine cannot be used; the message is one line that names the setting and the mend."""

    def __init__(self, setting: str, reason: object, mend: str) -> None:
        """Say it: `setting` as NAME=value without secrets, `reason` in the engine's words."""
        words = " ".join(str(reason).split())[:_LONGEST_REASON]
        super().__init__(f"{setting} cannot be used ({words}); {mend}")


def require(*checks: Check) -> None:
    """Run the checks in order; end the process with one line at the first that fails."""
    try:
        ask(*checks)
    except UnusableError as error:
        sys.exit(f"cannot start: {error}")


def ask(*checks: Check) -> None:
    """Run the checks in order; UnusableError at the first that fails."""
    for check in checks:
        check()


def database(setting: str, url: str) -> Check:
    """Return the check that the database lets us in."""
    return lambda: _ask(setting, url, lambda _connection: None)


def migrated_database(setting: str, url: str, migrations: str) -> Check:
    """Return the check that the database lets us in and has the tables of these migrations.

    `migrations` is their package; its first part is the service that migrates.
    """

    def look(connection: Connection) -> None:
        if not is_migrated(connection, migrations):
            service = migrations.partition(".")[0]
            reason, mend = "it is not migrated", f"run: python -m {service} migrate"
            raise UnusableError(_named(setting, url), reason, mend)

    return lambda: _ask(setting, url, look)


def event_bus(settings: BusSettings) -> Check:
    """Return the check that the bus answers: Kafka, or the embedded log in the data folder."""

    def check() -> None:
        servers = settings.kafka_bootstrap_servers
        named = f"KAFKA_BOOTSTRAP_SERVERS={servers}" if servers else "AIFF_DATA_DIR"
        try:
            bus = open_bus(settings)
            bus.check()
            bus.close()
        except BusRefusedError as error:
            mend = "correct it, or what the brokers know of this client"
            raise UnusableError(f"{error.setting} for {named}", error.reason, mend) from error
        except BusUnavailableError as error:
            reason = error.__cause__ or error
            mend = (
                "start the brokers, or correct the servers or KAFKA_SECURITY_PROTOCOL"
                if servers
                else "choose another"
            )
            raise UnusableError(named, reason, mend) from error

    return check


def _ask(setting: str, url: str, look: Callable[[Connection], None]) -> None:
    mend = "start the server, or correct host, port, user, password or database"
    if make_url(url).get_backend_name() == "sqlite":
        mend = "correct it or AIFF_DATA_DIR, or move the broken file away"
    try:
        engine = open_engine(url)
        try:
            with engine.connect().execution_options(read_only=True) as connection:
                look(connection)
        finally:
            engine.dispose()
    except DBAPIError as error:
        raise UnusableError(_named(setting, url), error.orig, mend) from error
    except OSError as error:
        raise UnusableError(_named(setting, url), error, mend) from error


def _named(setting: str, url: str) -> str:
    return f"{setting}={make_url(url).render_as_string(hide_password=True)}"
