"""The picture of the capabilities in ARCHITECTURE.md is the one that the import contracts hold."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAD = re.compile(r"services/\w+/src/(aiff_\w+)/")


def held() -> dict[str, list[str]]:
    """Return the capabilities of each service, from the top, as the contracts order them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        contract["containers"][0]: contract["layers"]
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["name"].endswith(": capabilities in order")
    }


def drawn() -> dict[str, list[str]]:
    """Return them as the picture draws them: in columns, each below the folder of its service."""
    lines = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()
    heads = [(number, head) for number, line in enumerate(lines) for head in HEAD.finditer(line)]
    return {head[1]: column(lines[number + 1 :], head.start()) for number, head in heads}


def column(lines: list[str], start: int) -> list[str]:
    names: list[str] = []
    for line in lines:
        entry = line[start:]
        if not re.match(r"  \w", entry):
            break
        names.append(entry.split()[0])
    return names


def test_there_is_a_picture_of_every_service():
    assert drawn().keys() == held().keys() == {f"aiff_{name}" for name in services()}


def services() -> list[str]:
    return [path.name for path in (ROOT / "services").iterdir() if (path / "src").is_dir()]


@pytest.mark.parametrize("package", sorted(held()))
def test_the_picture_shows_the_order_of_the_contracts(package):
    assert drawn()[package] == held()[package]
