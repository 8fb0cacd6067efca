"""Every part of the benchmark can be loaded, although it is measured seldom."""

from importlib import import_module
from pathlib import Path

import bench
import pytest

FOLDER = Path(bench.__file__).parent
# The program itself would begin to measure.
FILES = [path for path in FOLDER.rglob("*.py") if path.stem != "__main__"]
PARTS = [".".join(path.relative_to(FOLDER.parent).with_suffix("").parts) for path in FILES]


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_part_loads(part):
    assert import_module(part).__doc__
