"""The embedded bus: an append-only log in one SQLite file, shared by local processes.

It keeps what the services rely on: order per key (there is one partition a topic), at least
once, positions per group that survive a restart, acknowledged only when on disk. In a topic of
states the last record of a key takes the place of those before it.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

import orjson

from aiff_contracts.events import STATE_SUFFIX
from aiff_kit.bus.ports import BusUnavailableError, Delivered, Record

_SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL, key TEXT NOT NULL, headers BLOB NOT NULL, value BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_record_topic ON record (topic, position);
CREATE INDEX IF NOT EXISTS ix_record_state ON record (topic, key) WHERE topic LIKE '%.state';
CREATE TABLE IF NOT EXISTS place (
    consumer_group TEXT NOT NULL, topic TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (consumer_group, topic)
);
"""
_OLDER_STATES = (
    "DELETE FROM record WHERE topic LIKE '%.state' AND topic = ? AND key = ?"
    " AND position < (SELECT max(position) FROM record"
    " WHERE topic LIKE '%.state' AND topic = ? AND key = ?)"
)
_POLL_SECONDS = 0.05
_READ_AT_ONCE = 500


class EmbeddedBus:
    """Opens producers and consumers on the log file at `path`."""

    def __init__(self, path: Path) -> None:
        """Make the file where it does not exist; BusUnavailableError when that fails."""
        self._path = path
        with _translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = _connect(path)
            connection.executescript(_SCHEMA)
            connection.close()

    def check(self) -> None:
        """Look into the file."""
        with _translated():
            connection = _connect(self._path)
            try:
                connection.execute("SELECT count(*) FROM place")
            finally:
                connection.close()

    def ensure_topics(self, topics: Sequence[str]) -> None:
        """Need nothing: a topic exists once something was sent to it."""

    def producer(self) -> "EmbeddedProducer":
        """Open a producer. What it acknowledges survives a power cut."""
        connection = _connect(self._path)
        connection.execute("PRAGMA synchronous=FULL")
        return EmbeddedProducer(connection)

    def consumer(
        self, group: str, topics: Sequence[str], start: Literal["earliest", "latest"] = "earliest"
    ) -> "EmbeddedConsumer":
        """Join a group; the embedded log serves one member of a group at a time."""
        with _translated():
            return EmbeddedConsumer(_connect(self._path), group, tuple(topics), start)

    def lag(self, group: str, topics: Sequence[str]) -> int:
        """Count the records after the group's positions."""
        counted = (
            "SELECT count(*) FROM record WHERE topic = ? AND position > coalesce((SELECT position"
            " FROM place WHERE consumer_group = ? AND topic = record.topic), 0)"
        )
        with _translated():
            connection = _connect(self._path)
            try:
                counts = [connection.execute(counted, (topic, group)) for topic in topics]
                return sum(int(cursor.fetchone()[0]) for cursor in counts)
            finally:
                connection.close()

    def read(self, topic: str) -> Iterator[Delivered]:
        """Give the records of a topic up to its present end, some at a time."""
        with _translated(), closing(_connect(self._path)) as connection:
            end, position = _end_of(connection, topic), 0
            while batch := _records(connection, topic, position, _READ_AT_ONCE):
                yield from (one for one in batch if one.offset <= end)
                position = batch[-1].offset
                if position >= end:
                    return

    def close(self) -> None:
        """Hold nothing open."""


class EmbeddedProducer:
    """Appends records in one transaction a call."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep the connection; calls from several threads take turns."""
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, records: Sequence[Record]) -> None:
        """Store all records or none."""
        rows = [(r.topic, r.key, orjson.dumps(dict(r.headers)), r.value) for r in records]
        with self._lock, _translated(), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "INSERT INTO record (topic, key, headers, value) VALUES (?, ?, ?, ?)", rows
            )
            states = {(r.topic, r.key) for r in records if r.topic.endswith(STATE_SUFFIX)}
            self._connection.executemany(_OLDER_STATES, [state * 2 for state in states])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class EmbeddedConsumer:
    """Reads forward from the group's positions and commits them one record at a time."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        group: str,
        topics: tuple[str, ...],
        start: Literal["earliest", "latest"],
    ) -> None:
        """Find the positions; a new group begins at the first record or after the last."""
        self._connection = connection
        self._group = group
        self._positions = {topic: self._place(topic, start) for topic in topics}

    def poll(self, timeout_seconds: float, max_records: int = 500) -> list[Delivered]:
        """Return what comes within the time, oldest first."""
        deadline = time.monotonic() + timeout_seconds
        while True:
            with _translated():
                batch = self._read(max_records)
            if batch or time.monotonic() >= deadline:
                return batch
            time.sleep(min(_POLL_SECONDS, max(timeout_seconds, 0.001)))

    def commit(self, delivered: Delivered) -> None:
        """Store the position of the group for the record's topic."""
        with _translated():
            self._keep(delivered.record.topic, delivered.offset)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _keep(self, topic: str, position: int) -> None:
        statement = (
            "INSERT INTO place (consumer_group, topic, position) VALUES (?, ?, ?)"
            " ON CONFLICT (consumer_group, topic) DO UPDATE SET position ="
            " max(position, excluded.position)"
        )
        self._connection.execute(statement, (self._group, topic, position))

    def _place(self, topic: str, start: Literal["earliest", "latest"]) -> int:
        row = self._connection.execute(
            "SELECT position FROM place WHERE consumer_group = ? AND topic = ?",
            (self._group, topic),
        ).fetchone()
        if row is not None:
            return int(row[0])
        if start == "earliest":
            return 0
        position = _end_of(self._connection, topic)
        self._keep(topic, position)
        return position

    def _read(self, limit: int) -> list[Delivered]:
        delivered: list[Delivered] = []
        for topic, position in self._positions.items():
            records = _records(self._connection, topic, position, limit - len(delivered))
            if records:
                self._positions[topic] = records[-1].offset
            delivered += records
        return delivered


def _records(connection: sqlite3.Connection, topic: str, after: int, limit: int) -> list[Delivered]:
    rows = connection.execute(
        "SELECT position, key, headers, value FROM record"
        " WHERE topic = ? AND position > ? ORDER BY position LIMIT ?",
        (topic, after, limit),
    )
    return [
        Delivered(Record(topic, key, value, orjson.loads(headers)), 0, offset)
        for offset, key, headers, value in rows.fetchall()
    ]


def _end_of(connection: sqlite3.Connection, topic: str) -> int:
    newest = "SELECT coalesce(max(position), 0) FROM record WHERE topic = ?"
    return int(connection.execute(newest, (topic,)).fetchone()[0])


def _connect(path: Path) -> sqlite3.Connection:
    with _translated():
        connection = sqlite3.connect(
            path, timeout=10, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection


@contextmanager
def _translated() -> Iterator[None]:
    """Say every fault of the file in the port's terms."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        message = f"the embedded event log is not usable: {error}"
        raise BusUnavailableError(message) from error
