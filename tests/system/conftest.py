"""The running product: the same processes as `make run`, with the real catalogue.

The product's clock starts on 23 November 2026 at noon, so that deadlines in the stories stay
true whenever the tests run.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self, TypeVar

import httpx2
import pytest
from pydantic_settings import BaseSettings
from sqlalchemy import select

from aiff_contracts.events import OFFERS_TOPIC
from aiff_kit.bus import open_bus
from aiff_kit.db import open_engine
from aiff_kit.settings import BusSettings
from aiff_local.processes import free_port
from aiff_local.product import Product
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.shared.tables import projection
from tests.described import committed
from tests.system.otlp import Receiver

CATALOGUE = Path(__file__).resolve().parents[2] / "data/catalogue"
# What a story needs that starts a product of its own; the shared one has the whole catalogue.
FEW = ("compute/jean-zay-h100.yaml", "compute/scaleway-h100-sxm-8.yaml", "training/fidle.yaml")
CLOCK_START = "2026-11-23T12:00:00+01:00"
PASSWORD = "un mot de passe assez long"
S = TypeVar("S", bound=BaseSettings)
# Engines and two products that start at once keep a small machine busy: the first loading takes
# as long as that, and all stories of a family stand on it.
STARTING_SECONDS = 180
GROUPS = ("catalog-index", "matching-projection")


class People:
    """Signed-in clients of the product's public address."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._clients: list[httpx2.Client] = []
        self.anonymous = self.client()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients:
            client.close()

    def client(self, **headers: str) -> httpx2.Client:
        made = httpx2.Client(base_url=self._product.url, headers=headers, timeout=30)
        committed().watch(made)
        self._clients.append(made)
        return made

    def sign_in(self, email: str, role: str, organisation: str | None = None) -> httpx2.Client:
        command = ["accounts", "add", email, "--role", role]
        if organisation:
            command += ["--organisation", organisation]
        self.gateway(*command, answer=PASSWORD)
        session = self.anonymous.post("/v1/sessions", json={"email": email, "password": PASSWORD})
        assert session.status_code == 201, session.text
        return self.client(Authorization=f"Bearer {session.json()['token']}")

    def gateway(self, *arguments: str, answer: str = "") -> str:
        return run(self._product, "aiff_gateway", *arguments, answer=answer)


def run(product: Product, *arguments: str, answer: str = "") -> str:
    """Run one of the product's commands in its environment and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        env=product.environment(),
        input=answer + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def settings_of(product: Product, kind: type[S]) -> S:
    """Return the product's own settings of a kind, never those of the tests' environment."""
    known = {str(field.validation_alias) for field in kind.model_fields.values()}
    environment = product.environment()
    return kind.model_validate({name: environment[name] for name in known & set(environment)})


def drain(product: Product, seconds: float = 20) -> None:
    """Wait until every event was handled by every consumer, and answers are made of it.

    The counts are read twice in a row, since an event may be between the two. Matching makes its
    next catalogue beside the questions, so answers follow its copy of the offers a moment later.
    """
    bus = open_bus(settings_of(product, BusSettings))
    deadline = time.monotonic() + seconds
    quiet = 0
    while quiet < 2:
        behind = sum(bus.lag(group, [OFFERS_TOPIC]) for group in GROUPS)
        quiet = quiet + 1 if behind == 0 else 0
        assert time.monotonic() < deadline, f"{behind} events were not handled in time"
        time.sleep(0.1)
    wanted = revision_of_copy(product)
    eventually(lambda: revision_in_use(product) >= wanted, seconds)


def revision_of_copy(product: Product) -> int:
    """Return the revision of matching's copy of the offers, as its database tells."""
    engine = open_engine(settings_of(product, MatchingSettings).database_url)
    with engine.connect().execution_options(read_only=True) as connection:
        revision = connection.execute(select(projection.c.revision)).scalar_one_or_none()
    engine.dispose()
    return revision or 0


def revision_in_use(product: Product) -> int:
    """Return the revision that matching answers from, as its metrics tell."""
    shown = httpx2.get(f"{product.operations['matching']}/metrics", timeout=10).text
    told = re.search(r"(?m)^aiff_matching_catalogue_revision (\S+)$", shown)
    assert told, "matching does not tell which revision it answers from"
    return int(float(told[1]))


def eventually(check: Callable[[], object], seconds: float = 20) -> None:
    """Wait until something holds that the product does beside the questions."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def start(folder: Path, catalogue: Path = CATALOGUE, **settings: str) -> Product:
    """Plan a product whose clock starts at the stories' noon unless the settings say otherwise."""
    told = {"AIFF_CLOCK_START": CLOCK_START, **settings}
    return Product(folder, free_port(), catalogue, lambda line: None, **told)


@pytest.fixture(scope="package")
def few(tmp_path_factory):
    """A catalogue of few listings, for stories that are not about what there is."""
    folder = tmp_path_factory.mktemp("few")
    shutil.copytree(CATALOGUE / "organisations", folder / "organisations")
    for listing in FEW:
        (folder / listing).parent.mkdir(exist_ok=True)
        shutil.copy(CATALOGUE / listing, folder / listing)
    return folder


@pytest.fixture(scope="package")
def spans():
    """What the product's processes tell of their traces, as a collector receives it."""
    with Receiver() as receiver:
        yield receiver


# The stories of one family share one product: one process tells them all (tests/spread.py).
@pytest.fixture(
    scope="package", params=["embedded", pytest.param("real", marks=pytest.mark.engines)]
)
def product(request, tmp_path_factory, spans):
    """Tell every story twice: on embedded engines, and on Kafka, PostgreSQL and OpenSearch."""
    settings = engine_settings(request) if request.param == "real" else {}
    running = start(tmp_path_factory.mktemp("product"), **settings, **watched(spans))
    try:
        running.start()
        drain(running, seconds=STARTING_SECONDS)
        yield running
    finally:
        running.stop()


def watched(spans: Receiver) -> dict[str, str]:
    """Have everything told: the logs at their most talkative, and traces at once."""
    return {
        "AIFF_LOG_LEVEL": "DEBUG",
        "OTEL_EXPORTER_OTLP_ENDPOINT": spans.url,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }


def engine_settings(request) -> dict[str, str]:
    engines = [request.getfixturevalue(name) for name in ("kafka", "postgres", "opensearch")]
    return {name: value for engine in engines for name, value in engine.settings().items()}


@pytest.fixture(scope="package")
def people(product):
    with People(product) as made:
        yield made


@pytest.fixture(scope="package")
def anonymous(people):
    return people.anonymous


@pytest.fixture(scope="package")
def curator(people):
    return people.sign_in("curatrice@example.org", "curator", "cap-digital")


@pytest.fixture(scope="package")
def second_curator(people):
    """The second pair of eyes: nobody approves their own text."""
    return people.sign_in("relecteur@example.org", "curator", "cap-digital")


@pytest.fixture(scope="package")
def partner(people):
    return people.sign_in("portail@example.org", "partner", "scaleway")


@pytest.fixture(scope="package")
def founder(people):
    return people.sign_in("fondatrice@example.org", "startup")


@pytest.fixture(scope="package")
def other_founder(people):
    return people.sign_in("autre@example.org", "startup")
