"""Lock every dependency with its hashes, without naming where it comes from.

Writes requirements.lock (all) and requirements-uv.lock (the installer alone, which the virtual
environment gets first). The project's own packages are installed from the checkout.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = "# Locked by `make lock` from the pyproject.toml files.\n"


def wanted() -> Iterator[str]:
    """Yield the requirements of all packages and of the development group."""
    for path in sorted(ROOT.glob("*/*/pyproject.toml")):
        project = tomllib.loads(path.read_text())["project"]
        extras = project.get("optional-dependencies", {}).values()
        for requirement in chain(project["dependencies"], *extras):
            if not requirement.startswith("aiff-"):
                yield requirement
    yield from tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["dev"]


def compiled(requirements: list[str]) -> str:
    """Return the resolution for all supported Pythons, hashes included."""
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "-", "--universal"),
        *("--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
        "--no-emit-index-url",
    ]
    given = "\n".join(sorted(set(requirements)))
    done = subprocess.run(
        command, cwd=ROOT, input=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"cannot lock: {done.stderr.strip()}")
    return done.stdout


def only(name: str, locked: str) -> str:
    """Return the lines of one package."""
    locked_entry = re.search(rf"^{name}==.*?(?=^\S|\Z)", locked, re.MULTILINE | re.DOTALL)
    if locked_entry is None:
        sys.exit(f"cannot lock: {name} is not among the dependencies")
    return locked_entry.group()


def main() -> None:
    """Write both files."""
    locked = compiled(list(wanted()))
    (ROOT / "requirements.lock").write_text(HEADER + locked, encoding="utf-8")
    installer = HEADER + only("uv", locked)
    (ROOT / "requirements-uv.lock").write_text(installer, encoding="utf-8")


if __name__ == "__main__":
    main()
