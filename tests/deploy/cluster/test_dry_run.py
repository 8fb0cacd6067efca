"""Every rendered object passes a real API server, in a namespace of the restricted level.

Custom resources are submitted where their definitions can be had: those that Go modules carry,
and the files of the folder AIFF_CRD_DIR.
"""

import os
import re
import shutil
import tempfile
import time
from pathlib import Path

import pytest
import yaml
from tests.deploy import tools
from tests.deploy.cluster.control_plane import ApiServer, Etcd, crds
from tests.deploy.custom_resources import REQUIRED
from tests.deploy.tools import CASES, pods, rendered

from aiff_local.engines.base import EngineUnavailableError

pytestmark = [pytest.mark.cluster, pytest.mark.usefixtures("helm")]
NAMESPACE = "aiff"
LEVELS = ("enforce", "warn", "audit")
MODULES = (
    ("github.com/cloudnative-pg/cloudnative-pg@v1.27.0", "config/crd/bases"),
    (
        "github.com/prometheus-operator/prometheus-operator@v0.85.0",
        "example/prometheus-operator-crd",
    ),
    ("sigs.k8s.io/gateway-api@v1.4.0", "config/crd/standard"),
)
STRICT = "dryRun=All&fieldValidation=Strict"


@pytest.fixture(scope="module")
def cluster():
    folder = Path(tempfile.mkdtemp(prefix="aiff-cluster-"))
    etcd = Etcd(folder / "etcd")
    server = ApiServer(folder / "server", etcd)
    try:
        etcd.start()
        server.start()
        install_definitions(server)
        prepare(server)
        yield server
    except EngineUnavailableError as error:
        tools.unavailable(error)
    finally:
        server.stop()
        etcd.stop()
        shutil.rmtree(folder, ignore_errors=True)


def prepare(server):
    labels = {f"pod-security.kubernetes.io/{level}": "restricted" for level in LEVELS}
    namespace = {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": NAMESPACE, "labels": labels},
    }
    assert server.ask("POST", "/api/v1/namespaces", namespace).status == 201
    priority = {
        "apiVersion": "scheduling.k8s.io/v1",
        "kind": "PriorityClass",
        "metadata": {"name": "business"},
        "value": 1000,
    }
    path = "/apis/scheduling.k8s.io/v1/priorityclasses"
    assert server.ask("POST", path, priority).status == 201


def install_definitions(server):
    files = [file for module, folder in MODULES for file in crds(module, folder)]
    given = os.environ.get("AIFF_CRD_DIR")
    files += sorted(Path(given).glob("*.yaml")) if given else []
    kinds = "|".join(kind for _, kind in REQUIRED)
    # Read only what is asked for: not every definition is YAML that every reader understands.
    texts = [file.read_text(encoding="utf-8") for file in files]
    asked = [text for text in texts if re.search(rf"^    kind: ({kinds})$", text, re.MULTILINE)]
    wanted = [entry for text in asked for entry in yaml.safe_load_all(text) if entry]
    for entry in wanted:
        path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
        answer = server.ask("POST", path, entry)
        assert answer.status == 201, answer.message
    served = {
        (f"{entry['spec']['group']}/{version['name']}", entry["spec"]["names"]["kind"])
        for entry in wanted
        for version in entry["spec"]["versions"]
        if version["served"]
    }
    deadline = time.monotonic() + 30
    while not served <= set(server.kinds()) and time.monotonic() < deadline:
        time.sleep(0.2)


def submit(server, path, entry):
    return server.ask("POST", f"{path.format(NAMESPACE)}?{STRICT}", entry)


@pytest.mark.parametrize("case", CASES)
def test_the_server_accepts_every_object_without_a_warning(cluster, case):
    kinds = cluster.kinds()
    for entry in rendered(case):
        kind = (entry["apiVersion"], entry["kind"])
        if kind not in kinds and kind in REQUIRED:
            continue
        answer = submit(cluster, kinds[kind], entry)
        assert answer.status == 201, f"{kind} {entry['metadata']['name']}: {answer.message}"
        assert answer.warnings == []


@pytest.mark.parametrize("case", CASES)
def test_the_restricted_level_admits_every_pod(cluster, case):
    for name, template in pods(rendered(case)).items():
        pod = {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": name, **template["metadata"]},
            "spec": template["spec"],
        }
        answer = submit(cluster, "/api/v1/namespaces/{}/pods", pod)
        assert answer.status == 201, answer.message
        assert answer.warnings == []


def test_the_restricted_level_would_refuse_a_pod_that_may_be_root(cluster):
    name, template = next(iter(pods(rendered("external")).items()))
    spec = {**template["spec"], "securityContext": {"runAsUser": 0}}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec}
    answer = submit(cluster, "/api/v1/namespaces/{}/pods", pod)
    assert answer.status == 403
    assert "restricted" in answer.message


def test_custom_resources_were_checked_against_their_real_definitions(cluster):
    missing = sorted(kind for _, kind in set(REQUIRED) - set(cluster.kinds()))
    if missing:
        pytest.skip(f"no definition at hand (AIFF_CRD_DIR) for: {', '.join(missing)}")
