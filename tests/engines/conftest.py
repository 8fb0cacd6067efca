import os
import subprocess
import sys

import pytest

# The Kafka client warns at its first import; the kit imports it with that silenced.
import aiff_kit.bus  # noqa: F401
from aiff_kit.db import upgrade


@pytest.fixture
def refused(tmp_path):
    """Run a real process that must refuse to start, and return the one line that it prints."""

    def run(package, command, code=1, begins="cannot start: ", **settings):
        done = subprocess.run(
            [sys.executable, "-m", package, *command.split()],
            env={**os.environ, "AIFF_DATA_DIR": str(tmp_path / "data"), **settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        told = done.stdout + done.stderr
        assert done.returncode == code, told
        assert told.startswith(begins), told
        assert told.count("\n") == 1, told
        assert "hidden" not in told
        return told

    return run


@pytest.fixture
def migrated(tmp_path):
    """Migrate the embedded database of a service that is to start."""

    def migrate(package):
        name = package.removeprefix("aiff_")
        url = f"sqlite+pysqlite:///{tmp_path / 'data' / name}.db"
        upgrade(url, f"{package}.shared.migrations")

    return migrate
