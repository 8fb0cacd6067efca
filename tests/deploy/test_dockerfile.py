"""What the Dockerfile promises; `make test-images` builds it and sees whether it is kept."""

import re

import pytest
import yaml
from tests.deploy.tools import CHART, DOCKERFILE, ROOT, SERVICES

TEXT = DOCKERFILE.read_text(encoding="utf-8")
FIRST, LAST = re.split(r"\n(?=FROM )", TEXT)[1:]
TOPOLOGY = yaml.safe_load((CHART / "files" / "topology.yaml").read_text(encoding="utf-8"))[
    "services"
]


def test_the_base_is_an_argument_with_a_default_that_names_no_registry():
    (default,) = re.findall(r"^ARG BASE_IMAGE=(\S+)$", TEXT, re.MULTILINE)
    assert "/" not in default
    assert set(re.findall(r"^FROM (\S+)", TEXT, re.MULTILINE)) == {"${BASE_IMAGE}"}
    assert not re.search(r"https?://", TEXT)


def test_the_last_stage_runs_nothing_as_root_and_starts_the_service_by_number():
    assert "RUN " not in LAST
    assert re.search(r"^USER 10001:10001$", LAST, re.MULTILINE)
    assert 'ENTRYPOINT ["service"]' in LAST
    assert 'run_module("aiff_%s", run_name="__main__", alter_sys=True)' in FIRST
    assert '"${SERVICE}" > /app/bin/service' in FIRST


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_listens_where_others_can_reach_it(service):
    assert f"{TOPOLOGY[service]['prefix']}_HOST=0.0.0.0" in LAST


def test_everything_from_outside_is_checked_against_the_lock():
    assert TEXT.count("pip download") == 1
    assert "--require-hashes --only-binary :all: --requirement requirements.lock" in TEXT
    downloads, rest = TEXT.split("ENV PIP_NO_INDEX=1", 1)
    assert "pip install" not in downloads
    assert "pip download" not in rest


def test_the_service_is_an_argument_that_must_be_given_and_is_named_after_what_all_share():
    shared, own = FIRST.split("\nARG SERVICE\n")
    assert "SERVICE" not in re.sub(r"(?m)^#.*$", "", shared)
    assert own.startswith('RUN : "${SERVICE:?')
    for name in SERVICES:
        assert name not in re.sub(r"(?m)^#.*$|SERVICE=\w+", "", FIRST)
    assert list(ROOT.glob("services/*/Dockerfile")) == []


def test_the_build_context_is_closed_but_for_what_the_images_are_made_of():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert [rule for rule in rules if rule.startswith("!")] == [
        "!requirements.lock",
        "!libs",
        "!services",
    ]
