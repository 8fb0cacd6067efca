"""Every engine behind TLS, with a password: nobody who uses the product notices."""

from uuid import uuid4

import pytest
from tests.engines.certificates import Authority
from tests.engines.guard import guarded
from tests.engines.guarded_kafka import GuardedKafka
from tests.engines.guarded_postgres import GuardedPostgres
from tests.engines.plugin import started
from tests.system.catalogue.test_catalogue import publish
from tests.system.conftest import People, drain, eventually, start

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def authority(engine_folder):
    return Authority(engine_folder / "authority")


@pytest.fixture(scope="module")
def kafka_behind_tls(engine_folder, authority):
    with started(GuardedKafka(engine_folder / "sealed-kafka", authority)) as engine:
        yield engine


@pytest.fixture(scope="module")
def postgres_behind_tls(engine_folder, authority):
    with started(GuardedPostgres(engine_folder / "sealed-postgres", authority)) as engine:
        yield engine


@pytest.fixture
def secured(kafka_behind_tls, postgres_behind_tls, opensearch, authority):
    certificate, key = authority.issue("127.0.0.1")
    password = uuid4().hex
    with guarded(opensearch.port, certificate, key, "aiff", password) as url:
        yield {
            **kafka_behind_tls.ways()["sealed"],
            **postgres_behind_tls.guarded_settings(),
            "OPENSEARCH_URL": url,
            "OPENSEARCH_INDEX": "secured",
            "OPENSEARCH_USERNAME": "aiff",
            "OPENSEARCH_PASSWORD": password,
            "OPENSEARCH_CA_FILE": str(authority.file),
        }


def test_an_offer_that_is_published_is_found_and_matched(secured, few, tmp_path):
    with start(tmp_path, few, **secured) as product, People(product) as people:
        curator = people.sign_in("ada@example.org", "curator", "cap-digital")
        second = people.sign_in("bob@example.org", "curator", "cap-digital")
        publish(curator, second, "atelier-secret")
        drain(product)
        found = people.anonymous.get("/v1/offers?q=atelier-secret").json()
        named = [item["slug"] for item in found["items"] if not item["close"]]
        assert named[0] == "atelier-secret"
        assert found["degraded"] is False
        asked = {"need": {"kinds": ["training"]}, "limit": 100}
        eventually(lambda: "atelier-secret" in matched(people.anonymous, asked))
        logs = "".join(path.read_text() for path in tmp_path.rglob("*.log"))
        assert logs
        assert secured["OPENSEARCH_PASSWORD"] not in logs
        assert "hidden%" not in logs


def matched(client, asked):
    return {
        item["offer"]["slug"] for item in client.post("/v1/matches", json=asked).json()["items"]
    }
