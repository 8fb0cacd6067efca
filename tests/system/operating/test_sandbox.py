"""The sandbox gives what partners are told, and the examples they read run on it as they stand."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aiff_local.processes import free_port

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = ("docs/guide/partner.md", "clients/python/README.md")
MARKED = re.compile(r"<!-- sandbox -->\n```(bash|python)\n(.*?)```", re.DOTALL)
EXAMPLES = [
    example
    for name in DOCUMENTS
    for example in MARKED.findall((ROOT / name).read_text(encoding="utf-8"))
]
COMMAND = [sys.executable, "-m", "aiff_local", "sandbox"]
PROGRAMS = {"bash": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    """Run the sandbox and give the environment that it prints."""
    home = tmp_path_factory.mktemp("sandbox")
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "TMPDIR": str(home), "PATH": programs}
    with subprocess.Popen(
        COMMAND,
        cwd=ROOT,
        env={**environment, "AIFF_GATEWAY_PORT": str(free_port())},
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        said = []
        for line in running.stdout:
            said.append(line)
            if line.startswith("ready"):
                break
        exported = [shlex.split(line)[1] for line in said if line.startswith("export ")]
        yield {**environment, **dict(one.split("=", 1) for one in exported)}
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 0, said
    assert list(home.glob("aiff-sandbox-*")) == []


def test_there_are_examples_of_both_kinds():
    assert {kind for kind, _ in EXAMPLES} == set(PROGRAMS)


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_an_example_of_the_guide_runs_as_it_stands(sandbox, kind, example):
    done = subprocess.run(
        [*PROGRAMS[kind], example], env=sandbox, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout


def test_a_sandbox_is_refused_outside_development():
    done = subprocess.run(
        COMMAND,
        cwd=ROOT,
        env={**os.environ, "AIFF_ENVIRONMENT": "production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "AIFF_ENVIRONMENT is production" in done.stderr
