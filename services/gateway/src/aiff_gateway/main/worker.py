"""The gateway's background work."""

from collections.abc import Mapping, Sequence

from aiff_gateway.main.database import check_database
from aiff_gateway.main.settings import Settings
from aiff_gateway.main.wiring.mail import mail_sending
from aiff_gateway.main.wiring.organisations import expiring_keys
from aiff_gateway.shared.tables import DEAD_LETTER, OUTBOX
from aiff_kit.bus import Bus
from aiff_kit.db import open_engine
from aiff_kit.observability import Heartbeat
from aiff_kit.operations import DerivedCopy
from aiff_kit.service import EventTables, ServiceEvents
from aiff_kit.service.worker import Step


class GatewayWorker:
    """Sends what use cases put into the outbox, and their letters.

    The operator's commands look at the same events.
    """

    def __init__(self, settings: Settings) -> None:
        """Keep the database; a topic is named here with the first event that is sent to it."""
        self._engine = open_engine(settings.database_url)
        self._expiring_keys = expiring_keys(self._engine, settings.runtime.clock())
        self._mail = mail_sending(self._engine, settings, settings.runtime.clock())
        self.events = ServiceEvents(self._engine, EventTables(OUTBOX, DEAD_LETTER), topics=())

    def worker_steps(self, bus: Bus, _heartbeat: Heartbeat) -> Mapping[str, Step]:
        """Return the named steps."""
        return {**self.events.steps(bus), "keys": self._expiring_keys.step, "mail": self._mail.step}

    def copies(self, _bus: Bus) -> Sequence[DerivedCopy]:
        """Return nothing: the gateway keeps no copy of other data."""
        return ()

    def check_database(self) -> None:
        """Raise where the database does not answer or lacks a migration."""
        check_database(self._engine)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()
