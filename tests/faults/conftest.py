"""One product on embedded engines and one on real ones of this suite's own, to be broken.

After each test every fault is healed, and what the client was promised is counted everywhere.
"""

import shutil
from pathlib import Path

import pytest
from tests.engines.plugin import started
from tests.faults.ledger import Ledger
from tests.faults.proxy import TcpProxy
from tests.faults.running import Running
from tests.system.conftest import CATALOGUE, People

from aiff_local.engines import Kafka, OpenSearch, Postgres
from aiff_local.processes import free_port
from aiff_local.product import Product

DRAIN_SECONDS = "5"
# A published offer changes matching's copy once, which can be counted: no vector comes after it,
# and no provider begins to yield when a worker that starts judges what the load of a test showed.
PLAIN = {"CATALOG_ENCODER": "none", "MATCHING_ENCODER": "none", "MATCHING_EXPOSURE_CAP": "1"}


@pytest.fixture(scope="session")
def small_catalogue(tmp_path_factory) -> Path:
    """The organisations and the courses of the real catalogue: enough, and loaded soon."""
    folder = tmp_path_factory.mktemp("catalogue")
    for part in ("organisations", "training"):
        shutil.copytree(CATALOGUE / part, folder / part)
    return folder


@pytest.fixture(scope="session")
def own_kafka(engine_folder):
    """A broker that clients reach through a proxy only."""
    outside = free_port()
    kafka = Kafka(engine_folder / "faults-kafka", advertised=outside)
    with started(kafka) as broker, TcpProxy(outside, broker.port) as proxy:
        yield broker, proxy


@pytest.fixture(scope="session")
def own_postgres(engine_folder):
    with started(Postgres(engine_folder / "faults-postgres")) as engine:
        yield engine


@pytest.fixture(scope="session")
def own_opensearch(engine_folder):
    with started(OpenSearch(engine_folder / "faults-opensearch")) as engine:
        yield engine


def product_with(folder, catalogue, settings) -> Product:
    product = Product(folder, free_port(), catalogue, lambda line: None, **PLAIN, **settings)
    return product.__enter__()


class World:
    """A running product and the client whose book is kept for it."""

    def __init__(self, running: Running) -> None:
        with People(running.product) as people:
            curators = [
                people.sign_in(f"{name}@example.org", "curator") for name in ("une", "deux")
            ]
            tokens = [curator.headers["authorization"] for curator in curators]
        self.running, self.ledger = running, Ledger(running, *tokens)
        self.broken = False

    def close(self) -> None:
        self.ledger.close()
        self.running.product.stop()


@pytest.fixture(scope="session")
def embedded_world(tmp_path_factory, small_catalogue):
    settings = {"AIFF_DRAIN_SECONDS": DRAIN_SECONDS}
    product = product_with(tmp_path_factory.mktemp("embedded"), small_catalogue, settings)
    world = World(Running(product))
    yield world
    world.close()


@pytest.fixture(scope="session")
def real_world(tmp_path_factory, small_catalogue, own_kafka, own_postgres, own_opensearch):
    broker, proxy = own_kafka
    engines = {"kafka": broker, "postgres": own_postgres, "opensearch": own_opensearch}
    settings = {"AIFF_DRAIN_SECONDS": DRAIN_SECONDS}
    for engine in engines.values():
        settings |= engine.settings()
    product = product_with(tmp_path_factory.mktemp("real"), small_catalogue, settings)
    world = World(Running(product, engines, {"kafka": proxy}))
    yield world
    world.close()


@pytest.fixture(params=["embedded", pytest.param("real", marks=pytest.mark.engines)])
def world(request) -> World:
    found: World = request.getfixturevalue(f"{request.param}_world")
    return found


@pytest.fixture
def running(world) -> Running:
    return world.running


@pytest.fixture
def ledger(world):
    """The client of this family; what it was ever promised is counted after each test."""
    # What one test lost, each later count would find again, after a minute of waiting.
    assert not world.broken, "an earlier test of this family left promises that do not hold"
    world.running.heal()
    yield world.ledger
    world.broken = True
    world.running.heal()
    world.ledger.assert_everywhere()
    world.broken = False
