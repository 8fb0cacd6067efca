"""Nothing enters or leaves a pod but what a policy names; scaling and disruption fit together."""

import re

import pytest
from tests.deploy.tools import CASES, of_kind, pods, rendered, selects

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("helm")]
FENCED = tuple(case for case in CASES if case != "route")


def labels_of(objects):
    return {name: pod["metadata"]["labels"] for name, pod in pods(objects).items()}


def policies(objects, direction, labels):
    """The rules of a direction for a pod, by the policy's name."""
    return {
        name: entry["spec"].get(direction, [])
        for name, entry in of_kind("NetworkPolicy", objects).items()
        if direction.capitalize() in entry["spec"]["policyTypes"]
        and selects(entry["spec"]["podSelector"], labels)
    }


def ports(rules):
    return {port["port"] for found in rules.values() for rule in found for port in rule["ports"]}


@pytest.mark.parametrize("case", FENCED)
def test_every_pod_is_closed_in_both_directions_by_default(case):
    objects = rendered(case)
    for labels in labels_of(objects).values():
        for direction in ("ingress", "egress"):
            closed = policies(objects, direction, labels)
            assert [] in closed.values()


@pytest.mark.parametrize("case", FENCED)
def test_every_rule_names_its_ports(case):
    objects = rendered(case)
    for labels in labels_of(objects).values():
        for direction in ("ingress", "egress"):
            for rules in policies(objects, direction, labels).values():
                assert all(rule["ports"] for rule in rules)


def test_each_process_reaches_exactly_what_it_needs():
    objects = rendered("external")
    found = {
        name: ports(policies(objects, "egress", labels))
        for name, labels in labels_of(objects).items()
    }
    dns, database, kafka, search = 53, 5432, 9092, 9200
    assert found == {
        "aiff-catalog": {dns, database, kafka, search},
        "aiff-catalog-worker": {dns, database, kafka, search},
        "aiff-catalog-migrate": {dns, database, kafka, search},
        "aiff-matching": {dns, database, kafka},
        "aiff-matching-worker": {dns, database, kafka},
        "aiff-matching-migrate": {dns, database, kafka},
        "aiff-gateway": {dns, database, kafka, 8001, 8002, 8003},
        "aiff-gateway-worker": {dns, database, kafka},
        "aiff-gateway-migrate": {dns, database, kafka},
        "aiff-portal": {dns, 8000},
    }


def test_only_the_gateway_calls_the_services_and_nobody_calls_workers():
    objects = rendered("external")
    labels = labels_of(objects)
    for name in ("aiff-catalog", "aiff-matching", "aiff-portal"):
        rules = [
            rule for found in policies(objects, "ingress", labels[name]).values() for rule in found
        ]
        (rule,) = rules
        (peer,) = rule["from"]
        callers = {other for other in labels if selects(peer["podSelector"], labels[other])}
        assert callers == {"aiff-gateway"}
    workers = ("aiff-catalog-worker", "aiff-matching-worker", "aiff-gateway-worker")
    for name in (*workers, "aiff-catalog-migrate"):
        assert list(policies(objects, "ingress", labels[name]).values()) == [[]]


def test_named_peers_narrow_each_way():
    objects = rendered("full")
    found = of_kind("NetworkPolicy", objects)
    database = found["aif-to-database"]["spec"]["egress"][0]
    assert database["ports"] == [{"port": 6432}]
    assert database["to"] == [{"ipBlock": {"cidr": "10.20.0.0/16", "except": ["10.20.30.0/24"]}}]
    assert "to" in found["aif-to-kafka"]["spec"]["egress"][0]
    gateway = found["aif-to-gateway"]["spec"]["ingress"]
    assert all("from" in rule for rule in gateway)
    assert len(gateway) == 2


def test_only_whoever_reads_metrics_reaches_the_operations_port_and_nothing_else():
    objects = rendered("full")
    labels = labels_of(objects)
    running = [name for name in labels if not name.endswith("-migrate")]
    (rule,) = of_kind("NetworkPolicy", objects)["aif-to-metrics"]["spec"]["ingress"]
    assert rule["ports"] == [{"port": 9090}]
    assert "monitoring" in str(rule["from"])
    for name in labels:
        entered = ports(policies(objects, "ingress", labels[name]))
        assert (9090 in entered) == (name in running)
    assert "aiff-to-metrics" not in of_kind("NetworkPolicy", rendered("external"))


def test_traces_leave_only_where_a_receiver_is_named():
    found = of_kind("NetworkPolicy", rendered("full"))["aif-to-otlp"]["spec"]["egress"]
    assert [rule["ports"] for rule in found] == [[{"port": 4318}]]
    assert "observability" in str(found)
    assert "aiff-to-otlp" not in of_kind("NetworkPolicy", rendered("external"))


def test_only_the_worker_that_asks_addresses_reaches_the_internet_and_nothing_private():
    objects = rendered("full")
    (rule,) = of_kind("NetworkPolicy", objects)["aif-to-internet"]["spec"]["egress"]
    assert [port["port"] for port in rule["ports"]] == [80, 443]
    inner = [network for one in rule["to"] for network in one["ipBlock"]["except"]]
    assert {"10.0.0.0/8", "169.254.0.0/16", "fc00::/7"} <= set(inner)
    for name, labels in labels_of(objects).items():
        reached = "aif-to-internet" in policies(objects, "egress", labels)
        assert reached is (name == "aif-catalog-worker")
    assert "aiff-to-internet" not in of_kind("NetworkPolicy", rendered("external"))


def test_the_metrics_of_servers_and_workers_are_found_by_one_monitor():
    objects = rendered("full")
    labels = labels_of(objects)
    service = of_kind("Service", objects)["aif-metrics"]
    chosen = {
        name
        for name in labels
        if selects({"matchLabels": service["spec"]["selector"]}, labels[name])
    }
    assert chosen == {name for name in labels if not name.endswith("-migrate")}
    monitor = of_kind("ServiceMonitor", objects)["aif"]["spec"]
    monitored = [
        name
        for name, entry in of_kind("Service", objects).items()
        if selects(monitor["selector"], entry["metadata"]["labels"])
    ]
    assert monitored == ["aif-metrics"]
    assert monitor["endpoints"][0]["port"] == service["spec"]["ports"][0]["name"]


def test_the_rules_speak_of_this_release_only():
    (group,) = of_kind("PrometheusRule", rendered("full"))["aif"]["spec"]["groups"]
    assert len(group["rules"]) >= 10
    for rule in group["rules"]:
        assert 'namespace="aiff"' in rule["expr"]
        assert not re.search("NAMESPACE|RELEASE", rule["expr"])


def test_the_clusters_of_the_operators_are_reached_by_their_labels():
    objects = rendered("operators")
    found = of_kind("NetworkPolicy", objects)
    kafka = found["aiff-to-kafka"]["spec"]["egress"][0]["to"][0]["podSelector"]["matchLabels"]
    assert kafka == {"strimzi.io/cluster": of_kind("Kafka", objects)["aiff"]["metadata"]["name"]}
    search = found["aiff-search-cluster"]["spec"]["podSelector"]["matchLabels"]
    assert search["opensearch.org/opensearch-cluster"] in of_kind("OpenSearchCluster", objects)
    entering = [rule for rule in found["aiff-search-cluster"]["spec"]["ingress"] if "ports" in rule]
    labels = labels_of(objects)
    (rule,) = entering
    (peer,) = rule["from"]
    callers = {name for name in labels if selects(peer["podSelector"], labels[name])}
    assert all(name.startswith("aiff-catalog") for name in callers)


@pytest.mark.parametrize("case", CASES)
def test_a_service_selects_the_pods_that_serve_it_and_no_others(case):
    objects = rendered(case)
    labels = labels_of(objects)
    for name, entry in of_kind("Service", objects).items():
        if name.endswith("-metrics"):
            continue
        selector = {"matchLabels": entry["spec"]["selector"]}
        assert [other for other in labels if selects(selector, labels[other])] == [name]


@pytest.mark.parametrize("case", CASES)
def test_scaling_is_decided_in_one_place(case):
    objects = rendered(case)
    scaled = {
        entry["spec"]["scaleTargetRef"]["name"]: entry["spec"]
        for entry in of_kind("HorizontalPodAutoscaler", objects).values()
    }
    deployments = of_kind("Deployment", objects)
    assert set(scaled) <= set(deployments)
    for name, entry in deployments.items():
        assert ("replicas" in entry["spec"]) != (name in scaled)
    assert all(spec["minReplicas"] <= spec["maxReplicas"] for spec in scaled.values())


@pytest.mark.parametrize("case", CASES)
def test_a_disruption_budget_guards_what_has_a_second_pod_and_never_blocks_a_drain(case):
    objects = rendered(case)
    budgets = of_kind("PodDisruptionBudget", objects)
    scaled = of_kind("HorizontalPodAutoscaler", objects)
    for name, entry in of_kind("Deployment", objects).items():
        least = scaled[name]["spec"]["minReplicas"] if name in scaled else entry["spec"]["replicas"]
        assert (name in budgets) == (least > 1)
        if name in budgets:
            assert budgets[name]["spec"]["maxUnavailable"] == 1
            assert budgets[name]["spec"]["selector"] == entry["spec"]["selector"]


def test_the_case_of_everything_has_all_three_answers_about_disruption():
    objects = rendered("full")
    budgets = set(of_kind("PodDisruptionBudget", objects))
    assert {"aif-catalog", "aif-catalog-worker", "aif-matching"} == budgets
    assert set(of_kind("HorizontalPodAutoscaler", objects)) == {
        "aif-catalog",
        "aif-gateway",
        "aif-matching",
    }
