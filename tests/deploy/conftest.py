import pytest
from tests.deploy import tools

from aiff_local.engines.base import EngineUnavailableError

# Too slow for every run: asked for by `make test-cluster` and `make test-images`.
ON_DEMAND = ("cluster", "images")


def pytest_configure(config):
    config.addinivalue_line("markers", "cluster: needs a real kube-apiserver (make test-cluster)")
    config.addinivalue_line("markers", "images: builds the images (make test-images)")


def pytest_collection_modifyitems(config, items):
    asked = config.option.markexpr or ""
    unasked = [name for name in ON_DEMAND if name not in asked]
    left = [item for item in items if any(item.get_closest_marker(name) for name in unasked)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def helm():
    """A real helm, or a skip that says why there is none."""
    try:
        return tools.helm()
    except EngineUnavailableError as error:
        return tools.unavailable(error)
