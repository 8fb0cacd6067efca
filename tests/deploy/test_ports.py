"""Ports are reserved until a process ends, and nothing is left to be said at its end."""

import subprocess
import sys

RESERVING = "from aiff_local.processes import free_port; print(free_port(), free_port())"


def test_a_process_that_reserved_ports_ends_without_a_word() -> None:
    ended = subprocess.run(
        [sys.executable, "-X", "dev", "-c", RESERVING], capture_output=True, text=True, check=True
    )
    one, other = map(int, ended.stdout.split())
    assert one != other
    assert ended.stderr == ""
