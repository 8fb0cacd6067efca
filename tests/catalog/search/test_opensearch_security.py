"""OpenSearch behind TLS and a password: the whole path of a search, and every refusal."""

from uuid import uuid4

import pytest
from pydantic import ValidationError
from tests.engines.certificates import Authority
from tests.engines.guard import guarded

from aiff_catalog.main.search_check import search_engine
from aiff_catalog.main.settings import SearchSettings
from aiff_catalog.search.adapters.opensearch.client import OpenSearchServer, writing_client
from aiff_kit.startup import UnusableError
from aiff_kit.testing import part_from

PASSWORD = "ein-Paßwort-für-€"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def search_settings(opensearch, authority):
    certificate, key = authority.issue("127.0.0.1")
    name = f"test-{uuid4().hex}"
    with guarded(opensearch.port, certificate, key, "aiff", PASSWORD) as url:
        yield {
            "OPENSEARCH_URL": url,
            "OPENSEARCH_INDEX": name,
            "OPENSEARCH_USERNAME": "aiff",
            "OPENSEARCH_PASSWORD": PASSWORD,
            "OPENSEARCH_CA_FILE": str(authority.file),
        }
    client = writing_client(OpenSearchServer(url=opensearch.url))
    client.indices.delete(index=f"{name}-*", ignore_unavailable=True)
    client.indices.delete_index_template(name=f"{name}-*", ignore=404)
    client.close()


def refusal(settings, **changed):
    with pytest.raises(UnusableError) as caught:
        search_engine(part_from(SearchSettings, {**settings, **changed}))()
    assert settings["OPENSEARCH_URL"] in str(caught.value)
    return str(caught.value)


@pytest.mark.engines
def test_offers_are_indexed_and_found_through_tls_with_a_password(place):
    search_engine(place.settings.search)()
    place.publish("bourse")
    place.drain()
    answer = place.search(q="bourse")
    assert [item["slug"] for item in answer["items"]] == ["bourse"]
    assert answer["degraded"] is False


@pytest.mark.engines
def test_a_wrong_password_names_the_settings_and_is_not_shown(search_settings):
    told = refusal(search_settings, OPENSEARCH_PASSWORD="wrong-one")
    assert "401" in told
    assert "correct OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD" in told
    assert "wrong-one" not in told


@pytest.mark.engines
def test_a_node_that_an_unknown_authority_signed_for_is_not_spoken_to(
    search_settings, tmp_path_factory
):
    other = Authority(tmp_path_factory.mktemp("others"))
    told = refusal(search_settings, OPENSEARCH_CA_FILE=str(other.file))
    assert "certificate verify failed" in told
    assert told.endswith("correct scheme, host, port or OPENSEARCH_CA_FILE")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"OPENSEARCH_USERNAME": "aiff"}, "go together"),
        ({"OPENSEARCH_PASSWORD": "hidden"}, "go together"),
        (
            {
                "OPENSEARCH_URL": "https://other:hidden@search:9200",
                "OPENSEARCH_USERNAME": "aiff",
                "OPENSEARCH_PASSWORD": "hidden",
            },
            "holds a user already",
        ),
        ({"OPENSEARCH_CA_FILE": "/nowhere/ca.pem"}, "OPENSEARCH_CA_FILE"),
    ],
)
def test_settings_that_contradict_each_other_are_refused_without_the_password(given, named):
    with pytest.raises(ValidationError, match=named) as caught:
        SearchSettings.model_validate(given)
    assert "hidden" not in str(caught.value)


def test_certificates_for_an_open_connection_are_refused(authority):
    given = {"OPENSEARCH_URL": "http://search:9200", "OPENSEARCH_CA_FILE": str(authority.file)}
    with pytest.raises(ValidationError, match="goes with https://"):
        SearchSettings.model_validate(given)


def test_no_message_shows_a_password_of_any_node():
    server = OpenSearchServer(url="https://u:hidden@a:9200,https://u:hidden@b:9200")
    assert server.shown == "https://a:9200,https://b:9200"
    assert "hidden" not in repr(server)
    given = {"OPENSEARCH_USERNAME": "aiff", "OPENSEARCH_PASSWORD": "hidden"}
    assert "hidden" not in repr(SearchSettings.model_validate(given))
