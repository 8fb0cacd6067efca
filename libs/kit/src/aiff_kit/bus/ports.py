"""What the services expect of a bus, whatever carries the records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

# Bytes of value and headers that every bus carries; writers refuse more.
LARGEST_RECORD = 4_000_000


class BusUnavailableError(Exception):
    """The bus did not accept or deliver in time; what was not acknowledged is sent again."""

    # Its text names settings and the engine's own words: a log may quote it.
    quotes_no_data = True


class BusRefusedError(BusUnavailableError):
    """The bus and this client do not accept each other: a password, a certificate.

    `setting` names what says it wrong, `reason` is what the bus or the library told.
    """

    def __init__(self, where: str, setting: str, reason: str) -> None:
        """Say it in one line."""
        super().__init__(f"{where} and {setting} do not go together: {reason}")
        self.setting = setting
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Record:
    """Bytes for a topic; records of one key keep their order."""

    topic: str
    key: str
    value: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A record that came, with its place in the log."""

    record: Record
    partition: int
    offset: int


class Producer(Protocol):
    """Sends records."""

    def send(self, records: Sequence[Record]) -> None:
        """Return when every record is stored safely, else raise BusUnavailableError."""

    def close(self) -> None:
        """Release the connection."""


class Consumer(Protocol):
    """One member of a consumer group; it commits only what was handled."""

    def poll(self, timeout_seconds: float, max_records: int = 500) -> Sequence[Delivered]:
        """Return the next records, in order per key; empty when none came in time."""

    def commit(self, delivered: Delivered) -> None:
        """State that everything up to and with this record of its partition was handled."""

    def close(self) -> None:
        """Leave the group."""


class Bus(Protocol):
    """Opens producers and consumers, and says how far a group is behind."""

    def check(self) -> None:
        """Return where the bus answers; BusUnavailableError with the reason where not."""

    def ensure_topics(self, topics: Sequence[str]) -> None:
        """Make the topics where they do not exist; BusUnavailableError when out of reach."""

    def producer(self) -> Producer:
        """Open a producer."""

    def consumer(
        self, group: str, topics: Sequence[str], start: Literal["earliest", "latest"] = "earliest"
    ) -> Consumer:
        """Join a group.

        One without committed positions begins at the first record or, for `latest`, after the
        last record of this moment.
        """

    def lag(self, group: str, topics: Sequence[str]) -> int:
        """Return how many records the group has not handled yet."""

    def read(self, topic: str) -> Iterator[Delivered]:
        """Give every record of a topic up to its present end, in order per key; joins no group.

        BusUnavailableError where that takes too long; a topic that does not exist is empty.
        """

    def close(self) -> None:
        """Release everything."""
