"""The browser, and what judges pages and the API document.

Chromium of the system; axe-core, html-validate and Redocly's linter from npm.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright._impl._driver import compute_driver_executable

from aiff_local.engines.base import EngineUnavailableError, run
from aiff_local.engines.downloads import npm_packages

_HERE = Path(__file__).parent
# The linter looks for news of itself where it is not told otherwise.
_ALONE = {"REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "REDOCLY_TELEMETRY": "off"}
_CONFIGURATION = _HERE / "htmlvalidate.json"


@cache
def chromium() -> str:
    """Return the browser's program; root installs the system's package where it is missing."""
    if shutil.which("chromium") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        what = "chromium cannot be installed"
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(("apt-get", "update", "-qq"), what, quiet)
        run(("apt-get", "install", "-y", "-qq", "chromium"), what, quiet)
    found = shutil.which("chromium")
    if found is None:
        raise EngineUnavailableError("no browser is installed: install chromium")
    return found


@cache
def axe() -> str:
    """Return the script of axe-core, which a page runs to judge itself."""
    return (npm_packages(_HERE) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def validated(pages: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what html-validate finds in each page, by address; the pages are HTML as it is sent.

    All are read by one process, since starting it takes longer than reading many pages.
    """
    numbered = dict(enumerate(pages))
    with TemporaryDirectory(prefix="aiff-html-") as folder:
        for number, address in numbered.items():
            Path(folder, f"{number}.html").write_text(pages[address], encoding="utf-8")
        reports = _reports(folder)
    found = {int(Path(report["filePath"]).stem): report["messages"] for report in reports}
    return {address: list(_told(found.get(n, ()))) for n, address in numbered.items()}


def linted(document: Path) -> list[str]:
    """Return the errors and warnings that the linter finds in an OpenAPI document."""
    node, _ = compute_driver_executable()
    program = npm_packages(_HERE) / "@redocly" / "cli" / "bin" / "cli.js"
    rules = f"--config={_HERE / 'redocly.yaml'}"
    with TemporaryDirectory(prefix="aiff-lint-") as folder:
        done = subprocess.run(
            [node, str(program), "lint", "--format=json", rules, str(document.resolve())],
            env={**os.environ, **_ALONE},
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    if not done.stdout.startswith("{"):
        raise EngineUnavailableError(f"the linter of API documents does not run: {done.stderr}")
    problems = json.loads(done.stdout)["problems"]
    places = [one["location"][0].get("pointer", "") for one in problems]
    return [
        f"{one['ruleId']}: {one['message']} ({at})"
        for one, at in zip(problems, places, strict=True)
    ]


def _reports(folder: str) -> list[dict[str, Any]]:
    """Return the reports on a folder; the driver's own Node runs the validator.

    It ends before a pipe has taken a long report, so the report goes into a file.
    """
    node, _ = compute_driver_executable()
    program = npm_packages(_HERE) / "html-validate" / "bin" / "html-validate.mjs"
    report = Path(folder, "report.json")
    options = ("--config", str(_CONFIGURATION), "--formatter", f"json={report}", folder)
    command = [node, str(program), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not report.exists():
        raise EngineUnavailableError(f"html-validate does not run: {done.stderr}")
    found: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))
    return found


def _told(messages: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for one in messages:
        yield f"{one['ruleId']}: {one['message']} ({one['selector']}, line {one['line']})"
