"""The documents of the checkout, read once for the tests that hold them."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")


def committed() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


FILES = committed()
DOCUMENTS = [name for name in FILES if name.endswith(".md")]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
