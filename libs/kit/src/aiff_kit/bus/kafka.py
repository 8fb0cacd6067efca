"""The bus on Apache Kafka: idempotent producer, consumer groups, commits after handling."""

import logging
import re
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Literal

from aiff_contracts.events import STATE_SUFFIX
from aiff_kit.bus.kafka_connecting import open_client
from aiff_kit.bus.kafka_security import KafkaSecurity, refused_setting
from aiff_kit.bus.ports import (
    LARGEST_RECORD,
    BusRefusedError,
    BusUnavailableError,
    Delivered,
    Record,
)

with warnings.catch_warnings():
    # The client warns about its own deprecations at import; the application cannot mend them.
    warnings.simplefilter("ignore", DeprecationWarning)
    from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
    from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
    from kafka.errors import (
        CommitFailedError,
        IllegalGenerationError,
        KafkaError,
        KafkaTimeoutError,
        RebalanceInProgressError,
        TopicAlreadyExistsError,
        UnknownMemberIdError,
    )
    from kafka.structs import OffsetAndMetadata

# It reports each attempt of each connection as an error, a hundred a minute while a broker is
# away, with exceptions that keep their sockets. Who uses the bus reports the fault itself, once.
logging.getLogger("kafka").setLevel(logging.CRITICAL)

_SERVER = re.compile(r"[^\s:,]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}")
# Measured: with these two, 16,000 acknowledged records a second instead of 8,900.
_LINGER_MS = 20
_BATCH_BYTES = 262_144
_PARTITIONS = 6
# The largest record with its headers and the protocol's own bytes.
_REQUEST_BYTES = LARGEST_RECORD + 262_144
_CONNECT_MS = 5_000
_ANSWER_MS = 10_000
# A broker's restart is shorter than this, so the client's own retries, which can neither
# duplicate nor reorder, bridge it.
_DELIVERY_MS = 30_000
# What a send may take beyond that until the client says that it failed.
# A record that comes meanwhile waits no longer than this.
_LONGEST_PAUSE_SECONDS = 0.05
_SLACK_SECONDS = 5
# After an outage clients are back this long after the broker.
_LONGEST_RECONNECT_MS = 1_000
# A topic that is made after its consumers joined is noticed this late.
_METADATA_MS = 10_000
# A member that was killed holds its partitions this long; dividing them takes two heartbeats.
_SESSION_MS = 10_000

Translated = Callable[[], AbstractContextManager[None]]


class KafkaBus:
    """Opens producers and consumers on a Kafka cluster."""

    def __init__(self, servers: str, security: KafkaSecurity | None = None) -> None:
        """Remember the servers (`host:port,host:port`); nothing is connected yet."""
        self._security = security or KafkaSecurity()
        self._servers = [server.strip() for server in servers.split(",")]
        if not all(_SERVER.fullmatch(server) for server in self._servers):
            message = f"KAFKA_BOOTSTRAP_SERVERS must be host:port,host:port and not {servers!r}"
            raise BusUnavailableError(message)

    def check(self) -> None:
        """Ask the cluster for its topics, which also signs in."""
        with self._translated():
            admin = self._open(KafkaAdminClient)
            try:
                admin.list_topics()
            finally:
                admin.close()

    def ensure_topics(self, topics: Sequence[str]) -> None:
        """Make the missing topics with six partitions and the cluster's replication default."""
        with self._translated():
            admin = self._open(KafkaAdminClient)
            try:
                missing = sorted(set(topics) - set(admin.list_topics()))
                if missing:
                    wanted = {name: _topic_options(name) for name in missing}
                    admin.create_topics(wanted, timeout_ms=_ANSWER_MS, wait_for_metadata=True)
            except TopicAlreadyExistsError:
                # Another process made it between the two calls, which is what was wanted.
                return
            finally:
                admin.close()

    def producer(self) -> "KafkaRecordProducer":
        """Open an idempotent producer that waits for all in-sync replicas."""
        return KafkaRecordProducer(self._open_producer, self._translated)

    def consumer(
        self, group: str, topics: Sequence[str], start: Literal["earliest", "latest"] = "earliest"
    ) -> "KafkaRecordConsumer":
        """Join a consumer group with manual commits.

        A group that starts at the latest has the present ends committed before it joins: what
        is sent from now on is never missed, however long joining takes.
        """
        with self._translated():
            client = self._open_consumer(group)
            try:
                if start == "latest":
                    _begin_at_the_ends(client, topics)
                client.subscribe(topics)
                # The member that divides the work must know the partitions before it does so.
                _partitions(client, topics)
            except BaseException:
                client.close(autocommit=False)
                raise
        return KafkaRecordConsumer(client, self._translated)

    def lag(self, group: str, topics: Sequence[str]) -> int:
        """Sum the distance between the ends of the partitions and the group's positions."""
        with self._translated():
            client = self._open_consumer(group)
            try:
                parts = _partitions(client, topics)
                return sum(end - _place(client, part) for part, end in _ends(client, parts).items())
            finally:
                client.close(autocommit=False)

    def read(self, topic: str) -> Iterator[Delivered]:
        """Give the records of a topic up to the present ends of its partitions."""
        with self._translated():
            client = self._open_consumer(None)
            try:
                parts = _partitions(client, [topic])
                ends = {part: end for part, end in _ends(client, parts).items() if end}
                if ends:
                    client.assign(list(ends))
                    client.seek_to_beginning()
                    yield from _until(client, ends)
            finally:
                client.close(autocommit=False)

    def close(self) -> None:
        """Hold nothing open."""

    def _open_producer(self) -> Any:
        return self._open(
            KafkaProducer,
            acks="all",
            enable_idempotence=True,
            linger_ms=_LINGER_MS,
            batch_size=_BATCH_BYTES,
            max_request_size=_REQUEST_BYTES,
            delivery_timeout_ms=_DELIVERY_MS,
            max_block_ms=_ANSWER_MS,
            allow_auto_create_topics=False,
        )

    def _open_consumer(self, group: str | None) -> Any:
        return self._open(
            KafkaConsumer,
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            partition_assignment_strategy=(CooperativeStickyAssignor,),
            max_partition_fetch_bytes=_REQUEST_BYTES,
            allow_auto_create_topics=False,
            metadata_max_age_ms=_METADATA_MS,
            session_timeout_ms=_SESSION_MS,
            heartbeat_interval_ms=_SESSION_MS // 10,
        )

    def _open(self, kind: Callable[..., Any], **options: Any) -> Any:
        return open_client(
            kind,
            bootstrap_servers=self._servers,
            bootstrap_timeout_ms=_CONNECT_MS,
            request_timeout_ms=_ANSWER_MS,
            reconnect_backoff_max_ms=_LONGEST_RECONNECT_MS,
            **self._security.options(),
            **options,
        )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Say every fault of the client in the port's terms, naming the setting."""
        try:
            yield
        except KafkaError as error:
            where = f"Kafka (KAFKA_BOOTSTRAP_SERVERS={','.join(self._servers)})"
            setting = refused_setting(error)
            if setting is not None:
                raise BusRefusedError(where, setting, str(error)) from error
            raise BusUnavailableError(f"{where} did not answer as needed: {error}") from error


class KafkaRecordProducer:
    """Sends records and waits until all are acknowledged.

    After a failure the connection and all that waits in it are thrown away, and the next send
    opens a new one: what the caller sends again is not sent a second time from a buffer.
    """

    def __init__(self, connect: Callable[[], Any], translated: Translated) -> None:
        """Connect at once, so that a missing broker is said at the start."""
        self._connect = connect
        self._translated = translated
        with translated():
            self._client: Any | None = connect()

    def send(self, records: Sequence[Record]) -> None:
        """Hand all records to the client, then wait for each acknowledgement."""
        with self._translated():
            if self._client is None:
                self._client = self._connect()
            try:
                _send_all(self._client, records)
            except BaseException:
                self._discard()
                raise

    def close(self) -> None:
        """Close the connection; everything sent was acknowledged before."""
        if self._client is not None:
            self._client.close(timeout=_SLACK_SECONDS)
            self._client = None

    def _discard(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            # The public way first waits for the very records that do not leave.
            client._sender.force_close()  # noqa: SLF001
            client.close(timeout=_SLACK_SECONDS)


class KafkaRecordConsumer:
    """One member of a group."""

    def __init__(
        self,
        client: Any,
        translated: Translated,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Keep the client, and what waits."""
        self._client = client
        self._translated = translated
        self._pause = pause
        # Handled but not yet committed: the next offset of each partition.
        self._places: dict[Any, int] = {}

    def poll(self, timeout_seconds: float, max_records: int = 500) -> list[Delivered]:
        """Return the next records, in order inside each partition.

        The library waits for nothing while a heartbeat is overdue, as after a start on a machine
        that is too busy: asked again and again, it would take a whole core.
        """
        began = time.monotonic()
        with self._translated():
            self._store()
            batches = self._client.poll(
                timeout_ms=int(timeout_seconds * 1000), max_records=max_records
            )
        left = timeout_seconds - (time.monotonic() - began)
        if not batches and left > 0:
            self._pause(min(left, _LONGEST_PAUSE_SECONDS))
        return [_delivered(message) for batch in batches.values() for message in batch]

    def commit(self, delivered: Delivered) -> None:
        """Commit the offset after this record of its partition."""
        part = TopicPartition(delivered.record.topic, delivered.partition)
        self._places[part] = delivered.offset + 1
        with self._translated():
            self._store()

    def close(self) -> None:
        """Leave the group without committing anything more."""
        self._client.close(autocommit=False, timeout_ms=_CONNECT_MS)

    def _store(self) -> None:
        """Commit the places. While the group divides its work again that waits for a poll.

        A partition that went to another member is that member's to commit: it gets the same
        records again and recognises them.
        """
        owned = self._client.assignment()
        self._places = {part: at for part, at in self._places.items() if part in owned}
        if not self._places:
            return
        try:
            _commit(self._client, self._places)
        except (
            CommitFailedError,
            IllegalGenerationError,
            RebalanceInProgressError,
            UnknownMemberIdError,
        ):
            return
        self._places.clear()


def _topic_options(name: str) -> dict[str, Any]:
    configs = {"max.message.bytes": str(_REQUEST_BYTES)}
    if name.endswith(STATE_SUFFIX):
        configs["cleanup.policy"] = "compact"
    return {"num_partitions": _PARTITIONS, "replication_factor": -1, "configs": configs}


def _send_all(client: Any, records: Sequence[Record]) -> None:
    pending = [
        client.send(
            record.topic,
            key=record.key.encode(),
            value=record.value,
            headers=[(name, text.encode()) for name, text in record.headers.items()],
        )
        for record in records
    ]
    client.flush(timeout=_DELIVERY_MS / 1000 + _SLACK_SECONDS)
    for acknowledgement in pending:
        acknowledgement.get(timeout=_SLACK_SECONDS)


def _until(client: Any, ends: dict[Any, int]) -> Iterator[Delivered]:
    """Read up to the ends. A compacted partition has gaps, so places tell how far it came."""
    last_progress, before = time.monotonic(), -1
    while any(client.position(part, timeout_ms=_ANSWER_MS) < end for part, end in ends.items()):
        batches = client.poll(timeout_ms=_CONNECT_MS // 10)
        messages = [message for batch in batches.values() for message in batch]
        yield from map(_delivered, messages)
        reached = sum(client.position(part, timeout_ms=_ANSWER_MS) for part in ends)
        if reached > before:
            last_progress, before = time.monotonic(), reached
        elif time.monotonic() - last_progress > _DELIVERY_MS / 1000:
            raise KafkaTimeoutError("the end of the topic was not reached")


def _begin_at_the_ends(client: Any, topics: Sequence[str]) -> None:
    parts = _partitions(client, topics)
    new = [part for part in parts if _committed(client, part) is None]
    try:
        _commit(client, _ends(client, new))
    except (IllegalGenerationError, UnknownMemberIdError):
        # Another member was here first and has done the same.
        return


def _partitions(client: Any, topics: Sequence[str]) -> list[Any]:
    numbers = {topic: client.partitions_for_topic(topic) or () for topic in topics}
    return [TopicPartition(topic, number) for topic in topics for number in numbers[topic]]


def _ends(client: Any, parts: Sequence[Any]) -> dict[Any, int]:
    return dict(client.end_offsets(parts, _ANSWER_MS)) if parts else {}


def _place(client: Any, part: Any) -> int:
    """Return where the group goes on: its committed place, else the first record there is."""
    committed = _committed(client, part)
    if committed is not None:
        return committed
    return int(client.beginning_offsets([part], _ANSWER_MS)[part])


def _committed(client: Any, part: Any) -> int | None:
    place: int | None = client.committed(part, timeout_ms=_ANSWER_MS)
    return place


def _commit(client: Any, places: dict[Any, int]) -> None:
    offsets = {part: OffsetAndMetadata(at, "", -1) for part, at in places.items()}
    if offsets:
        client.commit(offsets, timeout_ms=_ANSWER_MS)


def _delivered(message: Any) -> Delivered:
    """Return the record; bytes that are not text are shown as such, to be parked by the reader."""
    headers = {name: _text(value) for name, value in message.headers}
    record = Record(message.topic, _text(message.key), message.value or b"", headers)
    return Delivered(record, message.partition, message.offset)


def _text(value: bytes | None) -> str:
    return (value or b"").decode(errors="backslashreplace")
