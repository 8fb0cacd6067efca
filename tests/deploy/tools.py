"""What the tests of the deployment share: a real helm, the chart's cases, rendered objects."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from aiff_local.engines.base import EngineUnavailableError, run
from aiff_local.engines.downloads import kept

ROOT = Path(__file__).resolve().parents[2]
CHART = ROOT / "deploy" / "helm" / "aiff"
DOCKERFILE = ROOT / "deploy" / "images" / "Dockerfile"
SERVICES = ("catalog", "gateway", "matching", "portal")
# Each case is a file of values beside the chart; together they reach every branch of it.
CASES = tuple(sorted(path.stem for path in (CHART / "ci").glob("*.yaml")))
# The oldest that the chart accepts, the one that test-cluster runs, the newest there is.
KUBERNETES = ("1.30", "1.34", "1.37")
HELM = "3.19.0"

Object = dict[str, Any]


def unavailable(error: EngineUnavailableError) -> None:
    """Skip with the reason, or fail where engines are required."""
    if os.environ.get("AIFF_REQUIRE_ENGINES") == "1":
        pytest.fail(f"an engine is required: {error}", pytrace=False)
    pytest.skip(f"no engine: {error}")


def go(what: str, *arguments: str, **settings: str) -> str:
    """Run the Go client; EngineUnavailableError when it is not there or fails."""
    if shutil.which("go") is None:
        raise EngineUnavailableError(f"{what}: Go is not installed")
    environment = {**os.environ, "GOFLAGS": "-mod=mod", "CGO_ENABLED": "0", **settings}
    return run(("go", *arguments), what, environment)


@cache
def helm() -> Path:
    """Return a real helm, built once per machine from its Go module."""

    def build(folder: Path) -> None:
        what = f"helm.sh/helm/v3/cmd/helm@v{HELM}"
        go("helm cannot be had", "install", what, GOBIN=str(folder))

    return kept(f"helm-{HELM}", build) / "helm"


def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run helm and return what it said, success or not."""
    return subprocess.run(
        [str(helm()), *arguments], capture_output=True, text=True, check=False, cwd=CHART
    )


@cache
def rendered_text(case: str, *settings: str, version: str = "1.34") -> str:
    """Return the manifest of a case, with further `name=value` settings."""
    further = [part for setting in settings for part in ("--set", setting)]
    values = str(CHART / "ci" / f"{case}.yaml")
    done = ask(
        *("template", "aiff", str(CHART), "--namespace", "aiff"),
        *("--kube-version", f"{version}.0", "--values", values, *further),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rendered(case: str, *settings: str, version: str = "1.34") -> list[Object]:
    """Return the objects of a case."""
    text = rendered_text(case, *settings, version=version)
    return [found for found in yaml.load_all(text, yaml.CSafeLoader) if found]


def of_kind(kind: str, objects: list[Object]) -> dict[str, Object]:
    """Return the objects of a kind by name."""
    return {entry["metadata"]["name"]: entry for entry in objects if entry["kind"] == kind}


def pods(objects: list[Object]) -> dict[str, Object]:
    """Return the pod templates of all workloads by the workload's name."""
    kinds = ("Deployment", "Job", "StatefulSet", "DaemonSet", "CronJob")
    return {
        entry["metadata"]["name"]: entry["spec"]["template"]
        for entry in objects
        if entry["kind"] in kinds
    }


def selects(selector: Object, labels: dict[str, str]) -> bool:
    """Tell whether a label selector matches labels, as Kubernetes defines it."""
    exact = selector.get("matchLabels", {}).items() <= labels.items()
    return exact and all(
        rule["operator"] == "In" and labels.get(rule["key"]) in rule["values"]
        for rule in selector.get("matchExpressions", ())
    )
