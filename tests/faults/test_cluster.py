"""Three brokers, two of which must have an event: one may go, and with two gone events wait."""

import pytest
from kafka import KafkaAdminClient
from kafka.errors import KafkaError
from tests.engines.plugin import started
from tests.faults.conftest import World, product_with
from tests.faults.running import Running, eventually

from aiff_local.engines import KafkaCluster

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def cluster(engine_folder):
    with started(KafkaCluster(engine_folder / "faults-cluster")) as engine:
        yield engine


@pytest.fixture(scope="module")
def cluster_world(tmp_path_factory, small_catalogue, cluster):
    folder = tmp_path_factory.mktemp("cluster")
    product = product_with(folder, small_catalogue, cluster.settings())
    engines = {f"broker-{number}": broker for number, broker in enumerate(cluster.brokers)}
    world = World(Running(product, engines))
    yield world
    world.close()


@pytest.fixture
def world(cluster_world):
    return cluster_world


@pytest.fixture
def ledger(ledger, cluster):
    """What brokers missed while they were away they have again, so that each can be spared."""
    eventually(lambda: assert_in_sync(cluster), 60)
    return ledger


def assert_in_sync(cluster):
    admin = KafkaAdminClient(bootstrap_servers=cluster.settings()["KAFKA_BOOTSTRAP_SERVERS"])
    try:
        topics = admin.describe_topics()
    except KafkaError as error:
        raise AssertionError(str(error)) from error
    finally:
        admin.close()
    for partition in (one for topic in topics for one in topic["partitions"]):
        assert set(partition["isr_nodes"]) == set(partition["replica_nodes"])


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_one_killed_broker_is_noticed_by_nobody(cluster, ledger, lost):
    entry, unknown = ledger.publish(), ledger.unknown
    cluster.brokers[lost].kill()
    ledger.edit(entry)
    ledger.publish()
    # Counted while the broker is away.
    ledger.assert_everywhere()
    assert ledger.unknown == unknown


def test_with_two_killed_brokers_writes_succeed_and_events_wait(running, cluster, ledger):
    entry, unknown = ledger.publish(), ledger.unknown
    ledger.assert_everywhere()
    first, second, _third = cluster.brokers
    first.kill()
    second.kill()
    for _ in range(5):
        ledger.edit(entry)
        ledger.publish()
    assert ledger.unknown == unknown
    assert running.count("catalog", "outbox") >= 10
    first.start()
    ledger.assert_everywhere(90)
