"""What the chart accepts, what it refuses, and the modes of migrations."""

import json

import pytest
from tests.deploy.tools import CHART, ask, of_kind, rendered, rendered_text

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("helm")]


def refusal(*settings, case="external"):
    further = [part for setting in settings for part in ("--set", setting)]
    values = ("--values", str(CHART / "ci" / f"{case}.yaml")) if case else ()
    version = ("--kube-version", "1.34.0")
    done = ask("template", "aiff", str(CHART), *version, *values, *further)
    assert done.returncode != 0, "the chart accepted it"
    return done.stderr


def test_without_any_setting_it_says_everything_that_is_missing():
    said = refusal(case=None)
    for name in ("identity/existingSecret", "kafka/bootstrapServers", "opensearch/url"):
        assert name in said
    for service in ("catalog", "matching", "gateway"):
        assert f"services/{service}/database/existingSecret" in said


@pytest.mark.parametrize(
    "setting",
    [
        "surprise=1",
        "image.nam=x",
        "identity.secret=hunter2",
        "services.catalog.serve.replica=3",
        "services.billing.env.A=b",
        "services.portal.worker.replicas=1",
        "services.portal.database.existingSecret=x",
        "kafka.strimzi.config.x=1",
        "networkPolicy.database.cidr=10.0.0.0/8",
        "edge.ingress.path=/x",
        "kafka.login.password=hunter2",
        "kafka.ca.pem=x",
        "opensearch.login.username=aiff",
    ],
)
def test_an_unknown_setting_is_refused(setting):
    assert "additional properties" in refusal(setting)


@pytest.mark.parametrize(
    "setting",
    [
        "services.catalog.env.CATALOG_DATABASE_URL=postgresql://a:b@c/d",
        "services.catalog.env.MY_PASSWORD=x",
        "services.gateway.env.AIFF_IDENTITY_SECRET=x",
        "services.gateway.env.AIFF_ENVIRONMENT=development",
        "services.gateway.env.AIFF_GATEWAY_PORT=9",
        "opensearch.url=https://admin:admin@search.example:9200",
        "publicUrl=https://user:word@aif.example",
        "migrations.mode=maybe",
        "logLevel=TRACE",
        "services.gateway.serve.replicas=0",
        "services.catalog.serve.resources.limits.memory=lots",
        "kafka.bootstrapServers=kafka",
        "edge.kind=ingress",
        "edge.kind=httproute",
        "image.digests.catalog=latest",
        "kafka.protocol=TLS",
        "kafka.protocol=SASL_SSL",
        "kafka.mechanism=GSSAPI",
        "kafka.login.existingSecret=a-login-that-nobody-asks-for",
        "kafka.ca.existingSecret=authorities-of-an-open-connection",
        "kafka.certificate.existingSecret=a-certificate-for-an-open-connection",
        "services.catalog.env.KAFKA_SECURITY_PROTOCOL=PLAINTEXT",
        "services.catalog.env.OPENSEARCH_USERNAME=aiff",
    ],
)
def test_a_secret_or_senseless_value_is_refused(setting):
    assert "values don't meet the specifications" in refusal(setting)


@pytest.mark.parametrize(
    "setting",
    ["kafka.protocol=SSL", "opensearch.login.existingSecret=x", "opensearch.ca.existingSecret=x"],
)
def test_clusters_that_the_chart_asks_for_are_spoken_to_as_it_asked_for_them(setting):
    assert "values don't meet the specifications" in refusal(setting, case="operators")


def test_every_object_of_the_schema_is_closed():
    def open_objects(node, path=""):
        if isinstance(node, dict):
            described = "properties" in node and node.get("type") == "object"
            if described and node.get("additionalProperties") is not False:
                yield path
            for key, value in node.items():
                yield from open_objects(value, f"{path}/{key}")

    schema = json.loads((CHART / "values.schema.json").read_text(encoding="utf-8"))
    assert list(open_objects(schema)) == []


def migrations(objects):
    return {
        entry["metadata"]["labels"]["app.kubernetes.io/component"]: entry
        for entry in of_kind("Job", objects).values()
    }


def test_as_hooks_migrations_run_before_the_release_and_its_service_account_before_them():
    objects = rendered("external")
    jobs = migrations(objects)
    assert set(jobs) == {"catalog", "matching", "gateway"}
    account = of_kind("ServiceAccount", objects)["aiff-migrations"]["metadata"]["annotations"]
    for job in jobs.values():
        notes = job["metadata"]["annotations"]
        assert notes["helm.sh/hook"] == account["helm.sh/hook"] == "pre-install,pre-upgrade"
        assert int(account["helm.sh/hook-weight"]) < int(notes["helm.sh/hook-weight"])
        assert job["spec"]["template"]["spec"]["serviceAccountName"] == "aiff-migrations"


def test_as_jobs_migrations_are_plain_and_another_image_makes_another_job():
    first = migrations(rendered("external", "migrations.mode=job"))
    again = migrations(rendered("external", "migrations.mode=job", "logLevel=INFO"))
    other = migrations(rendered("external", "migrations.mode=job", "image.tag=v2"))
    for service in ("catalog", "matching", "gateway"):
        assert "annotations" not in first[service]["metadata"]
        assert first[service]["metadata"]["name"] == again[service]["metadata"]["name"]
        assert first[service]["metadata"]["name"] != other[service]["metadata"]["name"]


def test_with_mode_none_nothing_migrates():
    objects = rendered("external", "migrations.mode=none")
    assert migrations(objects) == {}
    assert "aiff-migrations" not in of_kind("ServiceAccount", objects)


def test_hooks_are_refused_where_the_databases_come_with_the_release():
    said = refusal("migrations.mode=hook", case="operators")
    assert "use job" in said


def test_the_database_addresses_come_from_the_secrets_that_cloudnativepg_makes():
    objects = rendered("operators")
    for service in ("catalog", "matching", "gateway"):
        assert f"aiff-{service}-db" in of_kind("Cluster", objects)
        container = of_kind("Deployment", objects)[f"aiff-{service}"]["spec"]["template"]["spec"][
            "containers"
        ][0]
        address = {e["name"]: e for e in container["env"]}[f"{service.upper()}_DATABASE_URL"]
        reference = {"name": f"aiff-{service}-db-app", "key": "uri"}
        assert address["valueFrom"]["secretKeyRef"] == reference


def test_a_digest_wins_over_the_tag():
    text = rendered_text("full")
    assert 'image: "registry.example:5000/platform/aiff-catalog:1.2.3"' in text
    assert 'image: "registry.example:5000/platform/aiff-gateway@sha256:0123' in text


def test_the_world_reaches_the_gateway_and_nothing_else():
    ingress = of_kind("Ingress", rendered("full"))["aif"]
    assert ingress["spec"]["tls"] == [{"hosts": ["aif.example"], "secretName": "aif-tls"}]
    backend = ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend == {"name": "aif-gateway", "port": {"name": "http"}}
    route = of_kind("HTTPRoute", rendered("route"))["aiff"]
    assert route["spec"]["rules"][0]["backendRefs"] == [{"name": "aiff-gateway", "port": 8000}]
    assert of_kind("Ingress", rendered("external")) == {}
    assert {
        e["spec"].get("type", "ClusterIP") for e in of_kind("Service", rendered("full")).values()
    } == {"ClusterIP"}
