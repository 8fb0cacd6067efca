"""Real engines for tests: one of each in a run, or a skip that says why there is none.

The processes of a run share them: the first that needs an engine starts it, and the process that
began the run stops them all. A test that breaks an engine starts one of its own with `started`.
With AIFF_REQUIRE_ENGINES=1 a skip is a failure.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest

from aiff_local.engines import (
    ENGINES,
    Engine,
    EngineUnavailableError,
    Fleet,
    Kafka,
    KafkaCluster,
    OpenSearch,
    Postgres,
    Redis,
)

E = TypeVar("E", Kafka, KafkaCluster, OpenSearch, Postgres, Redis)
S = TypeVar("S", bound=Engine)
FOLDER = pytest.StashKey[Path]()
# How the folder of a run is told to its further processes.
TOLD = "aiff_engines"
# Nobody cuts the power of an engine that a run shares, so it need not wait for the disk.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def use_engines(config: pytest.Config) -> None:
    """Register this plugin once, whoever asks first."""
    if not config.pluginmanager.has_plugin(__name__):
        config.pluginmanager.register(sys.modules[__name__], __name__)


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder, which the system user of the engines can enter, or learn of it."""
    told = getattr(config, "workerinput", {}).get(TOLD)
    folder = Path(told or tempfile.mkdtemp(prefix="aiff-engines-"))
    folder.chmod(0o755)
    config.stash[FOLDER] = folder


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    node.workerinput[TOLD] = str(node.config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was shared, by pid, once no process of the run is left to use it."""
    if hasattr(config, "workerinput"):
        return
    folder = config.stash[FOLDER]
    for name in ENGINES:
        if (folder / name).exists():
            _command(folder / name, "stop", "--only", name)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def started(engine: E) -> Iterator[E]:
    """Start an engine for a test or a fixture and stop it afterwards, also when the test fails."""
    try:
        engine.start()
    except EngineUnavailableError as error:
        engine.stop()
        _missing(error)
    try:
        yield engine
    finally:
        engine.stop()


@pytest.fixture(scope="session")
def engine_folder(request) -> Iterator[Path]:
    """Give a scratch folder of this process that the system user of the engines can enter."""
    folder = Path(tempfile.mkdtemp(dir=request.config.stash[FOLDER]))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def kafka(request) -> Kafka:
    return _shared(request.config, Kafka)


@pytest.fixture(scope="session")
def kafka_cluster(engine_folder) -> Iterator[KafkaCluster]:
    with started(KafkaCluster(engine_folder / "kafka-cluster")) as engine:
        yield engine


@pytest.fixture(scope="session")
def postgres(request) -> Postgres:
    engine = _shared(request.config, Postgres)
    address = engine.url("postgres").replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in QUICK:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    return engine


@pytest.fixture(scope="session")
def opensearch(request) -> OpenSearch:
    return _shared(request.config, OpenSearch)


@pytest.fixture(scope="session")
def redis(request) -> Redis:
    return _shared(request.config, Redis)


def _shared(config: pytest.Config, kind: type[S]) -> S:
    """Return the run's engine of a kind; one process starts it while the others wait.

    It is started by a command, as `make engines` does it, so that it belongs to none of them.
    """
    folder = config.stash[FOLDER] / kind.name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = _command(folder, "start", "--only", kind.name)
    if done.returncode:
        _missing(done.stderr.strip())
    engine = Fleet(folder / "engines", print).engines[kind.name]
    assert isinstance(engine, kind)
    return engine


def _command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aiff_local", "engines", *arguments],
        env={**os.environ, "AIFF_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def _missing(reason: object) -> None:
    if os.environ.get("AIFF_REQUIRE_ENGINES") == "1":
        pytest.fail(f"an engine is required: {reason}", pytrace=False)
    pytest.skip(f"no engine: {reason}")
