"""How a run is spread over processes: what shares something costly stays together.

A file is run by one process, so that its fixtures are made once. Tests that share more carry
`pytest.mark.xdist_group`: the user stories of one family share one running product. What takes
longest begins first, so that no process is left alone with it at the end.
"""

import pytest
from xdist.scheduler import LoadGroupScheduling

# The folders below `tests` whose tests take longest, the longest first.
LONG = ("system", "faults", "engines", "deploy")


class GroupsAndFiles(LoadGroupScheduling):
    """Gives a process a whole group at once, or a whole file."""

    def _split_scope(self, nodeid: str) -> str:
        return super()._split_scope(nodeid).partition("::")[0]


class Spread:
    """The hooks that say so to pytest-xdist."""

    @pytest.hookimpl
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log) -> GroupsAndFiles:
        config.option.loadscopereorder = False
        return GroupsAndFiles(config, log)

    @pytest.hookimpl
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    folders = item.path.parts
    return next((rank for rank, name in enumerate(LONG) if name in folders), len(LONG))
