"""Every object that the chart renders is valid, strictly, for three Kubernetes minors."""

import kubernetes_validate
import pytest
from tests.deploy.custom_resources import REQUIRED, missing
from tests.deploy.tools import CASES, CHART, KUBERNETES, ask, rendered, rendered_text

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("helm")]


@pytest.mark.parametrize("case", CASES)
def test_helm_lint_finds_nothing(case):
    values = str(CHART / "ci" / f"{case}.yaml")
    version = ("--kube-version", "1.34.0")
    done = ask("lint", str(CHART), "--strict", *version, "--values", values)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[WARNING]" not in done.stdout


@pytest.mark.parametrize("version", KUBERNETES)
@pytest.mark.parametrize("case", CASES)
def test_every_object_is_strictly_valid(case, version):
    objects = rendered(case, version=version)
    assert len(objects) > 10
    for entry in objects:
        if (entry["apiVersion"], entry["kind"]) not in REQUIRED:
            kubernetes_validate.validate(entry, version, strict=True)


def test_the_validation_would_notice_an_unknown_field():
    entry = next(entry for entry in rendered("external") if entry["kind"] == "Deployment")
    entry["spec"]["replicaz"] = 2
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(entry, "1.34", strict=True)


def test_custom_resources_have_the_version_and_the_fields_that_their_owners_require():
    seen = set()
    for case in CASES:
        for entry in rendered(case):
            kind = (entry["apiVersion"], entry["kind"])
            seen.add(kind)
            assert [path for path in REQUIRED.get(kind, ()) if missing(entry, path)] == []
    assert set(REQUIRED) <= seen


@pytest.mark.parametrize("case", CASES)
def test_no_name_appears_twice(case):
    names = [(entry["kind"], entry["metadata"]["name"]) for entry in rendered(case)]
    assert len(names) == len(set(names))


def test_the_longest_names_still_fit():
    objects = rendered("full", f"fullnameOverride={'a' * 60}")
    assert max(len(entry["metadata"]["name"]) for entry in objects) <= 63


@pytest.mark.parametrize("case", CASES)
def test_rendering_twice_gives_the_same_bytes(case):
    first = rendered_text(case)
    rendered_text.cache_clear()
    assert rendered_text(case) == first
