"""Settings of the whole test run."""

import pytest
from hypothesis import HealthCheck, settings

from tests.cheap import log_plainly, share_validators
from tests.engines.plugin import use_engines
from tests.spread import Spread

# A failed assertion in what the tests share shows its values, too.
pytest.register_assert_rewrite("tests.faults.ledger", "tests.faults.running")

# The machine that runs the tests may be busy: no deadline on a single example.
settings.register_profile(
    "steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("steady")

# Folders below `tests` whose tests are about real sockets. Elsewhere a test that needs one says so:
# by the mark `enable_socket`, by the fixture `socket_enabled`, or by the mark `engines`.
ON_SOCKETS = {"browser", "system", "faults", "engines", "deploy"}


def pytest_configure(config):
    log_plainly()
    use_engines(config)
    if config.pluginmanager.has_plugin("xdist"):
        config.pluginmanager.register(Spread())


def pytest_collection_modifyitems(items):
    for item in items:
        # A property runs the same lines hundreds of times: counting them doubles its time and
        # tells nothing that an example beside it does not. The few examples that go through the
        # whole catalogue many times say so themselves.
        if hasattr(item.obj, "hypothesis"):
            item.add_marker(pytest.mark.no_cover)
        if item.get_closest_marker("engines") or ON_SOCKETS & set(item.path.parts):
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session", autouse=True)
def shared_validators():
    with pytest.MonkeyPatch.context() as patch:
        share_validators(patch)
        yield
