"""What we know of the custom resources of others: their version and the fields they require.

`kubernetes-validate` carries the schemas of Kubernetes itself only. This table is small and ours;
`make test-cluster` submits the same objects to the real definitions where those can be had.
"""

from typing import Any

REQUIRED: dict[tuple[str, str], tuple[str, ...]] = {
    ("kafka.strimzi.io/v1", "Kafka"): (
        "spec.kafka.listeners.0.name",
        "spec.kafka.listeners.0.port",
        "spec.kafka.listeners.0.type",
        "spec.kafka.listeners.0.tls",
    ),
    ("kafka.strimzi.io/v1", "KafkaNodePool"): (
        "metadata.labels.strimzi.io/cluster",
        "spec.replicas",
        "spec.roles",
        "spec.storage.type",
    ),
    ("opensearch.org/v1", "OpenSearchCluster"): (
        "spec.general.serviceName",
        "spec.nodePools.0.component",
        "spec.nodePools.0.replicas",
        "spec.nodePools.0.roles",
    ),
    ("postgresql.cnpg.io/v1", "Cluster"): ("spec.instances", "spec.storage.size"),
    ("gateway.networking.k8s.io/v1", "HTTPRoute"): (
        "spec.parentRefs.0.name",
        "spec.rules.0.backendRefs.0.name",
        "spec.rules.0.backendRefs.0.port",
    ),
    ("monitoring.coreos.com/v1", "ServiceMonitor"): (
        "spec.selector.matchLabels",
        "spec.endpoints.0.port",
    ),
    ("monitoring.coreos.com/v1", "PrometheusRule"): (
        "spec.groups.0.name",
        "spec.groups.0.rules.0.expr",
    ),
}


def missing(entry: dict[str, Any], path: str) -> bool:
    """Tell whether a required field is absent; a label's own dots stay together."""
    found: Any = entry
    prefix = "metadata.labels."
    parts = ["metadata", "labels", path.removeprefix(prefix)] if prefix in path else path.split(".")
    for part in parts:
        try:
            found = found[int(part)] if isinstance(found, list) else found[part]
        except (KeyError, IndexError, TypeError):
            return True
    return found in (None, "", [], {})
