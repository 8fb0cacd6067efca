"""A real browser over the running product, with the real catalogue and a hostile listing in it.

The product's clock is that of the user stories. The driver of the browser runs a loop of its own,
so it lives no longer than the tests of a file.
"""

import json
import shutil

import pytest
from bench.pages import tools
from bench.pages.judging import NARROW, WIDE, Judged, launched, open_context
from tests.catalog.support import organisation_json
from tests.deploy.tools import unavailable
from tests.portal.backend import ATTACK, HOSTILE
from tests.system.conftest import CATALOGUE, drain, start

from aiff_local.engines.base import EngineUnavailableError

LANGUAGES = ("fr", "en")


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    """One product for all: the stories of readers without an account change nothing in it."""
    obtained()
    running = start(tmp_path_factory.mktemp("product"), hostile_catalogue(tmp_path_factory))
    try:
        running.start()
        drain(running, seconds=60)
        yield running
    finally:
        running.stop()


def obtained() -> None:
    """Fetch what the suite works with before anything is started, or skip with the reason."""
    try:
        tools.chromium()
        tools.axe()
    except EngineUnavailableError as error:
        unavailable(error)


def hostile_catalogue(tmp_path_factory):
    """Return the real catalogue with the listing and the organisation of an attacker."""
    folder = tmp_path_factory.mktemp("catalogue") / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    # JSON is YAML, too.
    (folder / "funding" / "hostile.yaml").write_text(json.dumps(HOSTILE))
    attacker = json.dumps(organisation_json("hostile", ATTACK))
    (folder / "organisations" / "hostile.yaml").write_text(attacker)
    return folder


@pytest.fixture(scope="module")
def browser():
    obtained()
    with launched() as opened:
        yield opened


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(params=[WIDE, NARROW])
def width(request):
    return request.param


@pytest.fixture(scope="session")
def known():
    """The states of pages that were judged: stories that begin alike do not judge them again."""
    return set()


@pytest.fixture
def tab(browser, product, width, known):
    """A reader's tab; whatever was wrong on their way is told at its end."""
    with open_context(browser, width) as context:
        opened = Judged(context, product.url, known=known)
        yield opened
        assert opened.faults == []


@pytest.fixture
def plain_tab(browser, product, width, tab):
    """The tab of a reader whose browser runs no scripts."""
    with open_context(browser, width, scripts=False) as context:
        opened = Judged(context, product.url, judging=tab)
        yield opened
        assert opened.faults == []
