"""Every part of the benchmark can be loaded, although it is measured seldom."""

from importlib import import_module
from pathlib import Path

import bench
import pytest

FOLDER = Path(bench.__file__).parent
# The program itself, which would begin to measure.
PROGRAM = "__main__"


@pytest.mark.parametrize("name", sorted({path.stem for path in FOLDER.glob("*.py")} - {PROGRAM}))
def test_a_part_loads(name):
    assert import_module(f"bench.{name}").__doc__
