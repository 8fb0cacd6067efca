"""What a repository needs beside its code: licences, changelog, and the same checks everywhere."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECTS = [ROOT / "pyproject.toml", *sorted(ROOT.glob("*/*/pyproject.toml"))]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def project(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))["project"]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def recipe(target):
    """Return the commands of a target of the Makefile, as they run."""
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    lines = [line.strip().removeprefix("@") for line in found.group(1).splitlines()]
    return [line.replace("$(VENV)", ".venv") for line in lines]


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.parent.name)
def test_every_package_names_the_licence_of_the_code(path):
    assert project(path)["license"] == "Apache-2.0"


def test_all_packages_and_the_chart_have_one_version():
    chart = yaml.safe_load(text("deploy/helm/aiff/Chart.yaml"))
    versions = {project(path)["version"] for path in PROJECTS}
    assert versions == {chart["version"]} == {chart["appVersion"]}


def test_both_licences_are_there_and_named_where_a_reader_begins():
    assert "Version 2.0, January 2004" in text("LICENSE")
    assert "END OF TERMS AND CONDITIONS" in text("LICENSE")
    assert "etalab-2.0" in text("data/catalogue/LICENCE.md")
    for link in ("(LICENSE)", "(data/catalogue/LICENCE.md)", "(SECURITY.md)"):
        assert link in text("README.md")


def test_the_workflow_decides_nothing_but_runs_what_every_machine_can_run():
    workflow = yaml.safe_load(text(".github/workflows/ci.yml"))
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert [set(step) for step in job["steps"]] == [{"uses"}, {"run"}]
    assert job["steps"][0]["uses"].startswith("actions/checkout@")
    assert job["steps"][1]["run"] == ".ci/run"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_a_commit_is_checked_by_what_make_check_runs():
    (own,) = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    assert own["repo"] == "local"
    assert [hook["entry"] for hook in own["hooks"]] == recipe("check")
    for hook in own["hooks"]:
        assert hook["language"] == "system"
        assert (hook["pass_filenames"], hook["always_run"]) == (False, True)


def test_a_container_for_development_is_set_up_as_every_machine_is():
    container = json.loads(text(".devcontainer/devcontainer.json"))
    assert container["postCreateCommand"].startswith("make setup")
    base = re.findall(r"^FROM (\S+)", text(".devcontainer/Dockerfile"), re.MULTILINE)
    assert len(base) == 1
    assert "/" not in base[0]


def test_every_change_that_waits_has_a_known_type_and_says_something():
    types = {entry["directory"] for entry in SETTINGS["tool"]["towncrier"]["type"]}
    listed = set(re.findall(r"^\| `(\w+)` \|", text("changes/README.md"), re.MULTILINE))
    assert listed == types
    for path in sorted((ROOT / "changes").iterdir()):
        if path.name == "README.md":
            continue
        assert re.fullmatch(rf"(\+[a-z0-9-]+|\d+)\.({'|'.join(types)})\.md", path.name), path.name
        said = path.read_text(encoding="utf-8").strip()
        assert re.search(r"\.$", said), path.name
        assert "\n\n" not in said, path.name


def test_owners_are_named_for_places_that_exist():
    lines = [line.split() for line in text(".github/CODEOWNERS").splitlines()]
    owned = [line for line in lines if line and not line[0].startswith("#")]
    assert owned[0][0] == "*"
    for place, *owners in owned[1:]:
        assert (ROOT / place.lstrip("/")).exists(), place
        assert owners
        assert all(owner.startswith("@") for owner in owners)
