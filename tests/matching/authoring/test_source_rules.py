"""The authors' test bench: every real rule is linted, every case beside an offer is run."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aiff_matching.authoring.adapters import read_sources
from aiff_matching.authoring.application import review
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.main.cli import cli

FOLDER = Path(__file__).parents[3] / "data" / "catalogue"


def test_every_real_rule_and_case_is_acceptable() -> None:
    sources = read_sources(FOLDER)
    reviews = list(review([(one.document, one.cases) for one in sources], packaged_gpu_table()))
    findings = {one.offer.slug: one.findings for one in reviews if one.findings}
    failing = {
        one.offer.slug: [(r.case.name, r.found) for r in one.results if not r.holds]
        for one in reviews
        if not one.acceptable
    }
    assert (findings, failing) == ({}, {})
    assert sum(len(one.results) for one in reviews) >= 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for kind in ("organisations", "funding"):
        shutil.copytree(FOLDER / kind, tmp_path / kind)
    return tmp_path


def edited(folder: Path, old: str, new: str, slug: str = "bourse-french-tech") -> str:
    path = folder / "funding" / f"{slug}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    result = CliRunner().invoke(cli, ["rules", "check", str(folder)])
    assert result.exit_code == 1
    return result.output


def test_a_case_that_no_longer_holds_is_named(folder: Path) -> None:
    output = edited(folder, "value: [micro, small]\n", "value: [large]\n")
    named = "bourse-french-tech.yaml: case “Start-up de neuf mois, quatre salariés”: expected"
    assert named in output


def test_a_rule_that_can_never_be_met_is_named_with_its_pointer(folder: Path) -> None:
    output = edited(folder, "value: 96\n", "value: 0\n", "jei")
    assert "jei.yaml: /eligibility/rule: error: No answers can meet" in output


def test_a_profile_that_nobody_could_send_is_named(folder: Path) -> None:
    output = edited(folder, "headcount: {min: 20, max: 60}", "headcount: many")
    assert "not a profile and need: /headcount" in output


def test_a_file_that_cannot_be_read_ends_the_check_with_its_fault(folder: Path) -> None:
    assert "slug" in edited(folder, "slug: bourse-french-tech\n", "slug: Bourse\n")
