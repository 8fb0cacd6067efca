"""Events a second from the outbox through the relay: to the embedded log and to Kafka."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from aiff_contracts.events import (
    OFFER_WITHDRAWN,
    OFFERS_TOPIC,
    Event,
    OfferWithdrawn,
    topics_beside,
)
from aiff_kit.bus import Bus, Consumer, EmbeddedBus
from aiff_kit.bus.kafka import KafkaBus
from aiff_kit.db import new_metadata, open_engine, sqlite_url
from aiff_kit.ids import new_id
from aiff_kit.outbox import Relay, append, outbox_table
from aiff_local.engines import EngineUnavailableError, Kafka, Postgres

EVENTS = 20_000
KEYS = 500
GOAL = ">= 3,000 /s, each key in order"
# The size of a rendered offer, so that bytes cost here what they cost in use.
REASON = "x" * 450
QUIET_SECONDS = 10.0


def rows() -> list[tuple[str, str, str]]:
    """Return the figures beside their goal."""
    names = {
        "events.sqlite_to_embedded.per_second": "events relayed, SQLite to the embedded log",
        "events.sqlite_to_kafka.per_second": "events relayed, SQLite to Kafka",
        "events.postgres_to_kafka.per_second": "events relayed, PostgreSQL to Kafka",
    }
    return [(names[name], f"{value:,.0f} /s", GOAL) for name, value in measure().items()]


def measure() -> dict[str, float]:
    """Return events a second for each pair of outbox and bus; an engine not to be had is left out.

    Raises RuntimeError when an event is missing, doubled or out of its key's order.
    """
    with tempfile.TemporaryDirectory(prefix="aiff-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        embedded = EmbeddedBus(folder / "events.db")
        figures = {
            "sqlite_to_embedded": _relayed(sqlite_url(folder / "one.db"), embedded),
        }
        try:
            with _engines(folder) as (kafka, postgres):
                to_kafka = KafkaBus(kafka.settings()["KAFKA_BOOTSTRAP_SERVERS"])
                figures["sqlite_to_kafka"] = _relayed(sqlite_url(folder / "two.db"), to_kafka)
                figures["postgres_to_kafka"] = _relayed(postgres.url("catalog"), to_kafka)
        except EngineUnavailableError as error:
            print(f"not measured: {error}")
    return {f"events.{name}.per_second": value for name, value in figures.items()}


@contextmanager
def _engines(folder: Path) -> Iterator[tuple[Kafka, Postgres]]:
    kafka, postgres = Kafka(folder / "kafka"), Postgres(folder / "postgres")
    try:
        kafka.start()
        postgres.start()
        yield kafka, postgres
    finally:
        kafka.stop()
        postgres.stop()


def _relayed(url: str, bus: Bus) -> float:
    """Fill an outbox, forward it all and check what came out at the other end."""
    metadata = new_metadata()
    outbox = outbox_table(metadata)
    engine = open_engine(url)
    metadata.create_all(engine)
    bus.ensure_topics(topics_beside(OFFERS_TOPIC))
    keys = [uuid4() for _ in range(KEYS)]
    consumer = bus.consumer(f"bench-{uuid4().hex}", [OFFERS_TOPIC], start="latest")
    producer = bus.producer()
    try:
        with engine.begin() as connection:
            for number in range(EVENTS):
                append(connection, outbox, _event(keys[number % KEYS], number // KEYS + 1))
        relay = Relay(engine, outbox, producer)
        began = time.perf_counter()
        while relay.forward():
            pass
        elapsed = time.perf_counter() - began
        _check(consumer, keys)
    finally:
        producer.close()
        consumer.close()
        engine.dispose()
    return EVENTS / elapsed


def _check(consumer: Consumer, keys: list[UUID]) -> None:
    found: dict[str, list[int]] = {str(key): [] for key in keys}
    count, quiet_since = 0, time.monotonic()
    while count < EVENTS and time.monotonic() - quiet_since < QUIET_SECONDS:
        for delivered in consumer.poll(0.5, 2000):
            found[delivered.record.key].append(int(delivered.record.headers["ce_sequence"]))
            count, quiet_since = count + 1, time.monotonic()
    if any(sequences != list(range(1, EVENTS // KEYS + 1)) for sequences in found.values()):
        raise RuntimeError(f"{count} of {EVENTS} events came, or one out of its order")


def _event(key: UUID, sequence: int) -> Event:
    now = datetime.now(UTC)
    data = OfferWithdrawn(
        offer_id=key, slug="une-offre", version=sequence, withdrawn_at=now, reason=REASON
    )
    return Event(
        id=new_id(),
        type=OFFER_WITHDRAWN.name,
        source="/catalog",
        key=str(key),
        sequence=sequence,
        time=now,
        data=data,
    )
