"""How the pods get passwords and certificates: from Secrets that exist, as little as each needs."""

import pytest
from tests.deploy.tools import CASES, pods, rendered

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("helm")]

FILE_OF = {
    "KAFKA_SSL_CA_FILE": "/etc/aiff/kafka-ca/ca.crt",
    "KAFKA_SSL_CERTIFICATE_FILE": "/etc/aiff/kafka-certificate/tls.crt",
    "KAFKA_SSL_KEY_FILE": "/etc/aiff/kafka-certificate/tls.key",
    "OPENSEARCH_CA_FILE": "/etc/aiff/opensearch-ca/ca.crt",
}


def environment(pod):
    return {entry["name"]: entry for entry in pod["spec"]["containers"][0]["env"]}


def mounted(pod):
    """Return the Secret and its key behind each file that a pod sees."""
    folders = {m["name"]: m["mountPath"] for m in pod["spec"]["containers"][0]["volumeMounts"]}
    return {
        f"{folders[volume['name']]}/{item['path']}": (volume["secret"]["secretName"], item["key"])
        for volume in pod["spec"]["volumes"]
        if "secret" in volume
        for item in volume["secret"]["items"]
    }


def process(name):
    return pods(rendered("secured"))[f"aiff-{name}"]


@pytest.mark.parametrize("case", CASES)
def test_a_process_sees_the_files_that_its_settings_name_and_no_other(case):
    for pod in pods(rendered(case)).values():
        named = {entry["value"] for name, entry in environment(pod).items() if name in FILE_OF}
        address = {path for path in mounted(pod) if path == "/etc/aiff/database-ca/ca.crt"}
        assert set(mounted(pod)) == named | address


@pytest.mark.parametrize("case", CASES)
def test_mounted_secrets_are_read_by_the_group_of_the_pod_only(case):
    for pod in pods(rendered(case)).values():
        for volume in pod["spec"]["volumes"]:
            assert volume.get("secret", {}).get("defaultMode", 0o440) == 0o440
        for mount in pod["spec"]["containers"][0]["volumeMounts"]:
            assert mount["name"] == "tmp" or mount["readOnly"] is True


def test_the_keys_of_a_secret_are_what_the_values_say():
    seen = mounted(process("catalog-worker"))
    assert seen == {
        "/etc/aiff/database-ca/ca.crt": ("databases-ca", "ca.crt"),
        "/etc/aiff/kafka-ca/ca.crt": ("brokers-ca", "ca.crt"),
        "/etc/aiff/kafka-certificate/tls.crt": ("aiff-kafka-client", "user.crt"),
        "/etc/aiff/kafka-certificate/tls.key": ("aiff-kafka-client", "user.key"),
        "/etc/aiff/opensearch-ca/ca.crt": ("search-ca", "root-ca.pem"),
    }


@pytest.mark.parametrize(
    ("name", "secret", "key"),
    [
        ("KAFKA_SASL_USERNAME", "aiff-kafka", "username"),
        ("KAFKA_SASL_PASSWORD", "aiff-kafka", "sasl.password"),
        ("OPENSEARCH_USERNAME", "aiff-search", "username"),
        ("OPENSEARCH_PASSWORD", "aiff-search", "password"),
    ],
)
def test_who_signs_in_comes_from_a_secret(name, secret, key):
    given = environment(process("catalog"))[name]
    assert given["valueFrom"] == {"secretKeyRef": {"name": secret, "key": key}}


def test_the_protocol_and_its_mechanism_are_those_of_the_values():
    given = environment(process("gateway"))
    assert given["KAFKA_SECURITY_PROTOCOL"]["value"] == "SASL_SSL"
    assert given["KAFKA_SASL_MECHANISM"]["value"] == "SCRAM-SHA-256"


def test_only_the_catalogue_knows_the_search_engine_and_the_portal_knows_no_engine():
    for name, pod in pods(rendered("secured")).items():
        about_search = [one for one in environment(pod) if one.startswith("OPENSEARCH")]
        assert bool(about_search) == (name in {"aiff-catalog", "aiff-catalog-worker"})
    assert mounted(process("portal")) == {}


def test_a_migration_sees_its_database_and_nothing_else():
    for name in ("catalog", "matching", "gateway"):
        pod = process(f"{name}-migrate")
        assert set(mounted(pod)) == {"/etc/aiff/database-ca/ca.crt"}
        assert not [one for one in environment(pod) if one.startswith(("KAFKA", "OPENSEARCH"))]
