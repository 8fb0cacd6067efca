"""What the Dockerfiles promise; `make test-images` builds them and sees whether they keep it."""

import re

import pytest
import yaml
from tests.deploy.tools import CHART, ROOT, SERVICES

TOPOLOGY = yaml.safe_load((CHART / "files" / "topology.yaml").read_text(encoding="utf-8"))[
    "services"
]


def dockerfile(service):
    return (ROOT / "services" / service / "Dockerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("service", SERVICES)
def test_the_base_is_an_argument_with_a_default_that_names_no_registry(service):
    text = dockerfile(service)
    (default,) = re.findall(r"^ARG BASE_IMAGE=(\S+)$", text, re.MULTILINE)
    assert "/" not in default
    assert set(re.findall(r"^FROM (\S+)", text, re.MULTILINE)) == {"${BASE_IMAGE}"}
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("service", SERVICES)
def test_the_last_stage_runs_nothing_as_root_and_starts_the_service_by_number(service):
    last = dockerfile(service).split("\nFROM ")[-1]
    assert "RUN " not in last
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert f'ENTRYPOINT ["python", "-m", "aiff_{service}"]' in last
    assert f"EXPOSE {TOPOLOGY[service]['port']}" in last
    assert f"{TOPOLOGY[service]['prefix']}_HOST=0.0.0.0" in last


@pytest.mark.parametrize("service", SERVICES)
def test_everything_from_outside_is_checked_against_the_lock(service):
    text = dockerfile(service)
    assert text.count("pip download") == 1
    assert "--require-hashes --only-binary :all: --requirement requirements.lock" in text
    downloads, rest = text.split("ENV PIP_NO_INDEX=1", 1)
    assert "pip install" not in downloads
    assert "pip download" not in rest


def test_the_four_differ_only_in_the_service():
    plain = {
        dockerfile(name)
        .replace(name, "NAME")
        .replace(f"{TOPOLOGY[name]['prefix']}_HOST", "HOST")
        .replace(str(TOPOLOGY[name]["port"]), "PORT")
        for name in SERVICES
    }
    assert len(plain) == 1


def test_the_build_context_is_closed_but_for_what_the_images_are_made_of():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert [rule for rule in rules if rule.startswith("!")] == [
        "!requirements.lock",
        "!libs",
        "!services",
    ]
