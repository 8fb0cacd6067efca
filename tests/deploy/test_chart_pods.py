"""Every pod is restricted, says what it needs, and answers for its health."""

import re

import pytest
from tests.deploy.tools import CASES, ROOT, SERVICES, of_kind, pods, rendered, rendered_text

from aiff_local.processes import plan

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("helm")]


def containers(case):
    for name, pod in pods(rendered(case)).items():
        for container in pod["spec"].get("initContainers", []) + pod["spec"]["containers"]:
            yield name, container


@pytest.mark.parametrize("case", CASES)
def test_every_pod_meets_the_restricted_level(case):
    for pod in pods(rendered(case)).values():
        spec = pod["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["runAsUser"] == 10001
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert not {"hostNetwork", "hostPID", "hostIPC", "hostUsers"} & set(spec)
        assert all(set(volume) <= {"name", "emptyDir", "secret"} for volume in spec["volumes"])


@pytest.mark.parametrize("case", CASES)
def test_every_container_has_a_read_only_root_and_no_capability(case):
    for _, container in containers(case):
        security = container["securityContext"]
        assert security["readOnlyRootFilesystem"] is True
        assert security["allowPrivilegeEscalation"] is False
        assert security["capabilities"] == {"drop": ["ALL"]}
        written = [mount for mount in container["volumeMounts"] if not mount.get("readOnly")]
        assert [mount["mountPath"] for mount in written] == ["/tmp"]


@pytest.mark.parametrize("case", CASES)
def test_no_pod_has_a_token_of_the_cluster_or_its_service_variables(case):
    objects = rendered(case)
    accounts = of_kind("ServiceAccount", objects)
    for pod in pods(objects).values():
        assert pod["spec"]["automountServiceAccountToken"] is False
        # AIFF_GATEWAY_PORT=tcp://... is what the cluster would set for a Service aiff-gateway.
        assert pod["spec"]["enableServiceLinks"] is False
        assert accounts[pod["spec"]["serviceAccountName"]]["automountServiceAccountToken"] is False


@pytest.mark.parametrize("case", CASES)
def test_every_container_says_what_it_needs_and_where_its_memory_ends(case):
    for _, container in containers(case):
        assert {"cpu", "memory"} <= set(container["resources"]["requests"])
        assert "memory" in container["resources"]["limits"]


@pytest.mark.parametrize("case", CASES)
def test_what_runs_on_has_all_three_probes_and_liveness_asks_nobody_else(case):
    seen = set()
    for name, container in containers(case):
        probes = {key: container[key]["httpGet"] for key in container if key.endswith("Probe")}
        if container["args"] == ["migrate"]:
            # It ends by itself, well or not.
            assert probes == {}
            continue
        seen.add(name.split("-", 1)[-1])
        # A worker's work is not HTTP: it answers on its operations port.
        wanted = "http" if container["args"] == ["serve"] else "metrics"
        assert {probe["port"] for probe in probes.values()} == {wanted}
        paths = {key: probe["path"] for key, probe in probes.items()}
        assert paths == {
            "startupProbe": "/health/live",
            "readinessProbe": "/health/ready",
            "livenessProbe": "/health/live",
        }
    assert seen == {*SERVICES, "catalog-worker", "matching-worker", "gateway-worker"}


@pytest.mark.parametrize("case", CASES)
def test_every_process_that_runs_on_shows_its_metrics_on_one_port(case):
    for _, container in containers(case):
        ports = {port["name"]: port["containerPort"] for port in container.get("ports", [])}
        given = {entry["name"]: entry.get("value") for entry in container["env"]}
        if container["args"] == ["migrate"]:
            assert ports == {}
            continue
        assert given["AIFF_OPERATIONS_PORT"] == str(ports["metrics"])
        assert ports["metrics"] != ports.get("http")


@pytest.mark.parametrize("case", CASES)
def test_a_pod_has_time_to_drain_before_it_is_killed(case):
    for pod in pods(rendered(case)).values():
        for container in pod["spec"]["containers"]:
            pause = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {})
            environment = {entry["name"]: entry.get("value") for entry in container["env"]}
            leave = int(environment["AIFF_DRAIN_SECONDS"])
            # Requests that still run have up to 20 seconds after the pause and the leave.
            assert pod["spec"].get("terminationGracePeriodSeconds", 30) >= (
                pause.get("seconds", 0) + leave + 20
            )


def test_pods_of_a_deployment_spread_over_zones_and_hosts():
    for name, entry in of_kind("Deployment", rendered("full")).items():
        spread = entry["spec"]["template"]["spec"]["topologySpreadConstraints"]
        keys = {rule["topologyKey"]: rule["whenUnsatisfiable"] for rule in spread}
        assert keys == {
            "kubernetes.io/hostname": "ScheduleAnyway",
            "topology.kubernetes.io/zone": "DoNotSchedule",
        }, name
        for rule in spread:
            assert rule["labelSelector"] == entry["spec"]["selector"]


def test_the_chart_runs_the_processes_of_the_local_product(tmp_path):
    local = plan(tmp_path, 8000, tmp_path, {})
    wanted = {process.arguments for process in (*local.processes, *local.migrations)}
    found = {
        (f"aiff_{pod['metadata']['labels']['app.kubernetes.io/component']}", *container["args"])
        for pod in pods(rendered("external")).values()
        for container in pod["spec"]["containers"]
    }
    assert found == wanted


@pytest.mark.parametrize("case", CASES)
def test_every_process_learns_its_settings_under_the_names_that_the_services_read(case):
    known = {"KAFKA_BOOTSTRAP_SERVERS", "OPENSEARCH_URL"} | {
        name
        for path in ROOT.glob("*/*/src/*/**/settings.py")
        for name in re.findall(r'validation_alias="(\w+)"', path.read_text(encoding="utf-8"))
    }
    used = {entry["name"] for _, container in containers(case) for entry in container["env"]}
    assert used - known == set()


def test_all_processes_run_for_production_and_on_real_engines():
    for name, container in containers("external"):
        given = {entry["name"]: entry for entry in container["env"]}
        assert given["AIFF_ENVIRONMENT"]["value"] == "production"
        if container["args"] != ["migrate"] and "portal" not in name:
            assert given["KAFKA_BOOTSTRAP_SERVERS"]["value"] == "kafka.engines.svc:9092"
        if "portal" not in name:
            service = name.removeprefix("aiff-").split("-")[0].upper()
            assert "secretKeyRef" in given[f"{service}_DATABASE_URL"]["valueFrom"]


@pytest.mark.parametrize("case", CASES)
def test_no_secret_is_rendered(case):
    assert "Secret" not in {entry["kind"] for entry in rendered(case)}
    for _, container in containers(case):
        for entry in container["env"]:
            if re.search("SECRET|PASSWORD|USERNAME|TOKEN|DATABASE_URL", entry["name"]):
                assert set(entry["valueFrom"]) == {"secretKeyRef"}
    assert not re.search(r"://[^/\s\"]*:[^/\s\"]*@", rendered_text(case))
