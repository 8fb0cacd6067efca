"""Apache Kafka in KRaft mode, from its published jars: one broker, or a cluster of three."""

import base64
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from aiff_local.engines.base import Engine, run
from aiff_local.engines.downloads import java_home, kept, maven_libraries
from aiff_local.processes import LOOPBACK, free_port

_VERSION = "4.3.1"
_ARTIFACTS = (f"org.apache.kafka:kafka_2.13:{_VERSION}", f"org.apache.kafka:kafka-tools:{_VERSION}")
_MINIMUM_JAVA = 17
_CLUSTER_SIZE = 3
_PROPERTIES = """process.roles=broker,controller
node.id={node}
controller.quorum.voters={voters}
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller}
advertised.listeners=PLAINTEXT://{host}:{advertised}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
num.partitions=1
default.replication.factor={replicas}
min.insync.replicas={in_sync}
offsets.topic.replication.factor={replicas}
offsets.topic.num.partitions=4
transaction.state.log.replication.factor={replicas}
transaction.state.log.min.isr={in_sync}
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor={replicas}
share.coordinator.state.topic.min.isr={in_sync}
group.initial.rebalance.delay.ms=0
broker.heartbeat.interval.ms=1000
broker.session.timeout.ms=4000
log.cleaner.dedupe.buffer.size=8388608
"""
# ApiVersions, version 0, without a client name: what any client asks first.
_QUESTION = struct.pack(">ihhih", 10, 18, 0, 1, -1)


@dataclass(frozen=True, slots=True)
class _Place:
    """A broker's place in its cluster."""

    node: int
    controller: int
    voters: str
    cluster: str
    replicas: int = 1
    in_sync: int = 1


class Kafka(Engine):
    """One broker that is its own controller, or one member of a cluster."""

    name = "kafka"

    def __init__(
        self,
        folder: Path,
        port: int | None = None,
        place: _Place | None = None,
        advertised: int | None = None,
    ) -> None:
        """Choose folder and port; `place` is given by a cluster.

        `advertised` is the port that clients are sent to, where a proxy stands before the broker.
        """
        super().__init__(folder, port)
        self._place = place or _alone(self.folder)
        self._advertised = self.port if advertised is None else advertised
        self._libraries = Path()

    def obtain(self) -> None:
        """Fetch the jars through Maven."""
        self._libraries = kept(
            f"kafka-{_VERSION}", lambda folder: maven_libraries(folder, _ARTIFACTS)
        )

    def settings(self) -> dict[str, str]:
        """Return where clients begin."""
        return {"KAFKA_BOOTSTRAP_SERVERS": f"{LOOPBACK}:{self._advertised}"}

    def _prepare(self) -> None:
        data, place = self.folder / "data", self._place
        text = _PROPERTIES.format(
            node=place.node,
            voters=place.voters,
            host=LOOPBACK,
            port=self.port,
            advertised=self._advertised,
            controller=place.controller,
            data=data,
            replicas=place.replicas,
            in_sync=place.in_sync,
        )
        self._configuration.write_text(text, encoding="utf-8")
        if not (data / "meta.properties").exists():
            arguments = ("format", "-t", place.cluster, "-c", str(self._configuration))
            command = self._java("kafka.tools.StorageTool", "-Xmx128m", *arguments)
            run(command, "kafka could not prepare its folder")

    def _command(self) -> Sequence[str]:
        return self._java("kafka.Kafka", "-Xmx512m", str(self._configuration))

    def _is_ready(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=1) as connection:
                connection.sendall(_QUESTION)
                return len(connection.recv(4)) > 0
        except OSError:
            return False

    @property
    def _configuration(self) -> Path:
        return self.folder / "server.properties"

    def _java(self, program: str, memory: str, *arguments: str) -> list[str]:
        java = str(java_home(_MINIMUM_JAVA) / "bin" / "java")
        return [java, memory, "-cp", f"{self._libraries}/*", program, *arguments]


class KafkaCluster:
    """Three brokers, every record on all of them, acknowledged once two have it."""

    def __init__(self, folder: Path) -> None:
        """Plan the brokers; nothing runs yet."""
        controllers = [free_port() for _ in range(_CLUSTER_SIZE)]
        voters = ",".join(f"{n}@{LOOPBACK}:{port}" for n, port in enumerate(controllers, 1))
        cluster = _new_cluster()
        self.brokers = [
            Kafka(
                folder / f"broker-{n}",
                place=_Place(n, port, voters, cluster, _CLUSTER_SIZE, _CLUSTER_SIZE - 1),
            )
            for n, port in enumerate(controllers, 1)
        ]

    def start(self) -> None:
        """Start all brokers, then wait until all serve."""
        for broker in self.brokers:
            broker.launch()
        for broker in self.brokers:
            broker.await_ready()

    def settings(self) -> dict[str, str]:
        """Return where clients begin: any of the brokers."""
        servers = [broker.settings()["KAFKA_BOOTSTRAP_SERVERS"] for broker in self.brokers]
        return {"KAFKA_BOOTSTRAP_SERVERS": ",".join(servers)}

    def stop(self) -> None:
        """Stop all brokers. The last ones have no quorum left, so none is asked politely."""
        for broker in self.brokers:
            broker.kill()


def _alone(folder: Path) -> _Place:
    """Return the place of a broker without others; its ids are of no account to anybody."""
    controller = free_port()
    return _Place(1, controller, f"1@{LOOPBACK}:{controller}", _kept_cluster(folder))


def _kept_cluster(folder: Path) -> str:
    """Return the cluster that the folder's data belongs to, or a new one."""
    try:
        lines = (folder / "data" / "meta.properties").read_text(encoding="utf-8").splitlines()
    except OSError:
        return _new_cluster()
    return next(line.partition("=")[2] for line in lines if line.startswith("cluster.id="))


def _new_cluster() -> str:
    """Return an identifier as Kafka makes them: none that a command takes for an option."""
    made = base64.urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")
    return _new_cluster() if made.startswith("-") else made
