"""compose.yaml runs the product's processes on the three engines and holds no secret."""

import re

import pytest
import yaml
from tests.deploy.tools import CHART, DOCKERFILE, ROOT, SERVICES

from aiff_local.processes import plan

ENGINES = {"kafka", "opensearch", "postgres"}
TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SHOWS = "showsPublicAddress"
OURS = {name: found for name, found in COMPOSE["services"].items() if name not in ENGINES}
TOPOLOGY = yaml.safe_load((CHART / "files" / "topology.yaml").read_text(encoding="utf-8"))[
    "services"
]


def service_of(found):
    return found["image"].removeprefix("aiff-")


def test_it_runs_the_processes_of_the_local_product(tmp_path):
    local = plan(tmp_path, 8000, tmp_path, {})
    wanted = {
        process.arguments[:2] for process in (*local.processes, *local.migrations, local.load)
    }
    found = {
        (f"aiff_{service_of(entry)}", entry.get("command", ["serve"])[0]) for entry in OURS.values()
    }
    assert found == wanted
    assert set(COMPOSE["services"]) >= ENGINES


def test_each_image_is_built_of_the_one_dockerfile_for_the_service_that_it_is_named_after():
    built = {name: found for name, found in OURS.items() if "build" in found}
    assert {service_of(found) for found in built.values()} == set(SERVICES)
    for name, found in built.items():
        assert ROOT / found["build"]["dockerfile"] == DOCKERFILE
        assert found["build"]["args"]["SERVICE"] == service_of(found), name
        assert set(found["build"]["args"]) == {"SERVICE", "BASE_IMAGE"}


def test_no_secret_is_written_in_it_and_a_forgotten_one_stops_the_start():
    assert not re.search(r"(?m)^\s+\w*(PASSWORD|SECRET|TOKEN): (?!\$\{\w+:\?)", TEXT)
    assert not re.search(r"://[^/\s:]+:(?!\$\{\w+:\?)[^/\s]*@", TEXT)


def test_the_example_names_what_must_be_set_and_sets_nothing():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(given) == set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert set(given.values()) == {""}


@pytest.mark.parametrize("name", sorted(OURS))
def test_each_of_our_processes_is_confined(name):
    found = OURS[name]
    assert found["read_only"] is True
    assert found["tmpfs"] == ["/tmp"]
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_asked_for_its_readiness_and_knows_its_engines(name):
    found = OURS[name]
    port = TOPOLOGY[name]["port"]
    assert f"127.0.0.1:{port}/health/ready" in found["healthcheck"]["test"][-1]
    given = found["environment"]
    assert ("KAFKA_BOOTSTRAP_SERVERS" in given) == ("kafka" in TOPOLOGY[name]["engines"])
    assert ("OPENSEARCH_URL" in given) == ("opensearch" in TOPOLOGY[name]["engines"])
    assert (f"{name.upper()}_DATABASE_URL" in given) == ("database" in TOPOLOGY[name]["engines"])
    for other in TOPOLOGY[name]["calls"]:
        assert given[f"{other.upper()}_URL"] == f"http://{other}:{TOPOLOGY[other]['port']}"


@pytest.mark.parametrize("name", ["catalog-worker", "matching-worker"])
def test_each_worker_is_asked_whether_its_steps_succeed(name):
    found = OURS[name]
    port = found["environment"]["AIFF_OPERATIONS_PORT"]
    assert f"127.0.0.1:{port}/health/ready" in found["healthcheck"]["test"][-1]


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_each_engine_is_asked_for_its_health_and_keeps_its_data(name):
    found = COMPOSE["services"][name]
    assert found["healthcheck"]["test"]
    assert found["volumes"][0].split(":")[0] in COMPOSE["volumes"]
    assert "ports" not in found


def test_a_service_starts_after_its_migration():
    for name, found in OURS.items():
        service = service_of(found)
        command = found.get("command", ["serve"])[0]
        if "database" in TOPOLOGY[service]["engines"] and command != "migrate":
            awaited = found["depends_on"][f"{service}-migrate"]
            assert awaited == {"condition": "service_completed_successfully"}, name


def test_only_the_gateway_is_published_and_only_on_this_machine():
    published = {
        name: found["ports"] for name, found in COMPOSE["services"].items() if "ports" in found
    }
    assert published == {"gateway": ["127.0.0.1:8000:8000"]}
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_behind_a_proxy_the_example_names_both_settings_that_it_needs():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(r"(?m)^#AIFF_PUBLIC_URL=https://", example)
    assert re.search(r"(?m)^#GATEWAY_TRUSTED_PROXIES=", example)
    assert OURS["gateway"]["environment"]["GATEWAY_TRUSTED_PROXIES"] == (
        "${GATEWAY_TRUSTED_PROXIES:-}"
    )
    readers = {name for name, found in OURS.items() if TOPOLOGY[service_of(found)].get(SHOWS)}
    assert readers >= {"catalog", "catalog-worker"}
    for name in readers:
        address = OURS[name]["environment"]["AIFF_PUBLIC_URL"]
        assert address == "${AIFF_PUBLIC_URL:-http://127.0.0.1:8000}", name
