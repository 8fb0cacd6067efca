"""The broker of compose.yaml, made from its environment by the program that its image runs."""

import re

import pytest
import yaml
from tests.deploy.tools import ROOT
from tests.engines.plugin import started
from tests.engines.traffic import received, records

from aiff_kit.bus import BusRefusedError, BusUnavailableError, open_bus
from aiff_kit.settings import BusSettings
from aiff_local.engines import Kafka
from aiff_local.engines.base import run
from aiff_local.processes import free_port

pytestmark = pytest.mark.engines

SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
GIVEN = {"KAFKA_PASSWORD": "right", "AIFF_IDENTITY_SECRET": "x" * 32, "POSTGRES_PASSWORD": "x"}


def filled(text):
    """Fill in what .env says, and the defaults of compose.yaml."""

    def value(found):
        return GIVEN.get(found["name"], found["default"])

    return re.sub(r"\$\{(?P<name>\w+):[-?](?P<default>[^}]*)\}", value, str(text))


class ComposedKafka(Kafka):
    """The broker with its container's own addresses turned to loopback."""

    def __init__(self, folder):
        super().__init__(folder)
        self._inner = {"9093": str(free_port()), "9094": str(free_port())}

    def here(self, text):
        moved = filled(text).replace("kafka:9092", f"127.0.0.1:{self.port}")
        moved = moved.replace("://:9092", f"://127.0.0.1:{self.port}")
        for port, free in self._inner.items():
            moved = moved.replace(f"localhost:{port}", f"127.0.0.1:{free}")
        return moved

    def _prepare(self):
        given = SERVICES["kafka"]["environment"]
        environment = {name: self.here(value) for name, value in given.items()}
        environment["KAFKA_LOG_DIRS"] = str(self.folder / "data")
        places = {name: self.folder / name for name in ("default", "mounted")}
        for place in places.values():
            place.mkdir(exist_ok=True)
        places["final"] = self.folder
        what = [f"--{name}-configs-dir={place}" for name, place in places.items()]
        command = self._java("kafka.docker.KafkaDockerWrapper", "-Xmx128m", "setup", *what)
        run(command, "the image's program refused the environment", environment)


@pytest.fixture(scope="module")
def broker(engine_folder):
    with started(ComposedKafka(engine_folder / "composed")) as engine:
        yield engine


@pytest.fixture
def bus(broker):
    """The bus as a process of compose.yaml opens it."""

    def opened(**changed):
        given = {k: broker.here(v) for k, v in SERVICES["matching"]["environment"].items()}
        kafka = {name: value for name, value in given.items() if name.startswith("KAFKA_")}
        return open_bus(BusSettings.model_validate({**kafka, **changed}))

    return opened


def test_the_processes_are_let_in(bus):
    bus().ensure_topics(["aiff.test"])
    producer = bus().producer()
    producer.send(records("aiff.test", range(10)))
    producer.close()
    assert len(received(bus(), "aiff.test", 10)) == 10


def test_nobody_is_let_in_without_the_password(bus):
    with pytest.raises(BusRefusedError):
        bus(KAFKA_SASL_PASSWORD="wrong").check()
    nobody = {"KAFKA_SASL_USERNAME": None, "KAFKA_SASL_PASSWORD": None}
    with pytest.raises(BusUnavailableError):
        bus(KAFKA_SECURITY_PROTOCOL="PLAINTEXT", **nobody).check()


def test_what_asks_for_no_password_is_bound_to_the_container_itself():
    listeners = SERVICES["kafka"]["environment"]["KAFKA_LISTENERS"].split(",")
    protocols = dict(
        one.split(":")
        for one in SERVICES["kafka"]["environment"]["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].split(
            ","
        )
    )
    open_ones = [one for one in listeners if protocols[one.split("://")[0]] == "PLAINTEXT"]
    assert open_ones
    assert all("://localhost:" in one for one in open_ones)
