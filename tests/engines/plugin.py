"""Real engines for tests: one of each in a run, or a skip that says why there is none.

With AIFF_REQUIRE_ENGINES=1 such a skip is a failure. A conftest asks for these fixtures with
`from tests.engines.plugin import use_engines as pytest_configure`.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from aiff_local.engines import EngineUnavailableError, Kafka, KafkaCluster, OpenSearch, Postgres

E = TypeVar("E", Kafka, KafkaCluster, OpenSearch, Postgres)


def use_engines(config: pytest.Config) -> None:
    """Register this plugin once, whoever asks first."""
    if not config.pluginmanager.has_plugin(__name__):
        config.pluginmanager.register(sys.modules[__name__], __name__)


@contextmanager
def started(engine: E) -> Iterator[E]:
    """Start an engine for a test or a fixture and stop it afterwards, also when the test fails."""
    try:
        engine.start()
    except EngineUnavailableError as error:
        engine.stop()
        if os.environ.get("AIFF_REQUIRE_ENGINES") == "1":
            pytest.fail(f"an engine is required: {error}", pytrace=False)
        pytest.skip(f"no engine: {error}")
    try:
        yield engine
    finally:
        engine.stop()


@pytest.fixture(scope="session")
def engine_folder() -> Iterator[Path]:
    """Give a scratch folder that the system user of the engines can enter."""
    folder = Path(tempfile.mkdtemp(prefix="aiff-engines-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def kafka(engine_folder) -> Iterator[Kafka]:
    with started(Kafka(engine_folder / "kafka")) as engine:
        yield engine


@pytest.fixture(scope="session")
def kafka_cluster(engine_folder) -> Iterator[KafkaCluster]:
    with started(KafkaCluster(engine_folder / "kafka-cluster")) as engine:
        yield engine


@pytest.fixture(scope="session")
def postgres(engine_folder) -> Iterator[Postgres]:
    with started(Postgres(engine_folder / "postgres")) as engine:
        yield engine


@pytest.fixture(scope="session")
def opensearch(engine_folder) -> Iterator[OpenSearch]:
    with started(OpenSearch(engine_folder / "opensearch")) as engine:
        yield engine
