"""How a run is spread over processes: what shares something costly stays together.

A file is run by one process, so that its fixtures are made once. The user stories of one family of
engines share one running product, so one process tells them all; so do those that are told in a
browser. What takes longest begins first, so that no process is left alone with it at the end.
"""

import re

import pytest
from xdist.scheduler import LoadScopeScheduling

# The folders below `tests` whose tests take longest, the longest first.
LONG = ("system", "browser", "faults", "engines", "deploy")
BROWSER = "tests/browser"
STORY = re.compile(r"^(tests/system)/.*\[(?:.*-)?(embedded|real)(?:-.*)?\]$", re.DOTALL)


def together(nodeid: str) -> str:
    """Name what a test shares with those that the same process is to run."""
    if nodeid.startswith(f"{BROWSER}/"):
        return BROWSER
    story = STORY.match(nodeid)
    return "-".join(story.groups()) if story else nodeid.partition("::")[0]


class Sharing(LoadScopeScheduling):
    """Gives a process at once all that belongs together."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


class Spread:
    """The hooks that say so to pytest-xdist."""

    @pytest.hookimpl
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log) -> Sharing:
        config.option.loadscopereorder = False
        return Sharing(config, log)

    @pytest.hookimpl
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    folders = item.path.parts
    return next((rank for rank, name in enumerate(LONG) if name in folders), len(LONG))
