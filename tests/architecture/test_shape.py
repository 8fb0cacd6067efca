"""The shape of the tree and the size of its parts: what no other tool watches."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FUNCTION_LINES = 40
FILE_LINES = 400
SERVICES = ("catalog", "matching", "gateway", "portal")
CODE = ("libs", "services", "deploy/local", "clients", "scripts", "bench")
# Not written by people: a sequence, a copy, and what is made from the API document.
ASIDE = {"versions", "build", "generated"}


def sources() -> list[Path]:
    found = [path for folder in CODE for path in (ROOT / folder).rglob("*.py")]
    return [path for path in found if ASIDE.isdisjoint(path.parts)]


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def functions(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_there_is_code_to_look_at():
    assert len(sources()) > 50


def test_no_function_is_longer_than_forty_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources()
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def test_no_file_is_longer_than_four_hundred_lines():
    long = [
        str(path.relative_to(ROOT))
        for path in sources()
        if len(path.read_text(encoding="utf-8").splitlines()) > FILE_LINES
    ]
    assert long == []


@pytest.mark.parametrize("service", SERVICES)
def test_only_main_reads_the_environment(service):
    package = ROOT / "services" / service / "src" / f"aiff_{service}"
    reading = [
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if "main" not in path.relative_to(package).parts
        and re.search(r"os\.environ|getenv|BaseSettings", path.read_text(encoding="utf-8"))
    ]
    assert reading == []


def test_commits_belong_to_use_cases_and_never_to_routes():
    committing = [
        str(path.relative_to(ROOT))
        for path in sources()
        if "entrypoints" in (*path.parts, path.stem)
        and ".commit()" in path.read_text(encoding="utf-8")
    ]
    assert committing == []


def test_no_committed_file_names_a_registry_a_machine_or_a_secret():
    patterns = re.compile(
        r"https?://(?:[\w.-]*\.)?(?:pypi\.org|pythonhosted\.org|npmjs\.org|maven\.org)"
        r"|/(?:work|root|home/\w+)/"
        r"|-----BEGIN (?:RSA |EC )?PRIVATE KEY",
    )
    here = Path(__file__)
    naming = []
    for path in committed():
        if path == here:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if patterns.search(text):
            naming.append(str(path.relative_to(ROOT)))
    assert naming == []


def test_decisions_are_numbered_without_gaps():
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("*.md"))
    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
