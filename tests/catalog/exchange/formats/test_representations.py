"""One address, several formats: what Accept prefers."""

import pytest
from rdflib import Graph

TURTLE, JSON_LD = "text/turtle", "application/ld+json"
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")


def ask(place, accept, status=200, **headers):
    answer = place.client.get("/v1/offers/bourse", headers={"Accept": accept, **headers})
    assert answer.status_code == status, answer.text
    return answer


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/turtle", TURTLE),
        ("application/ld+json", JSON_LD),
        ("application/ld+json;q=0.9, text/turtle;q=0.8", JSON_LD),
        ("application/json;q=0.1, text/turtle;q=0.2, */*;q=0.05", TURTLE),
        ("text/turtle;q=0, */*;q=0.1", "application/json"),
        ("text/*", TURTLE),
    ],
)
def test_the_preferred_format_is_answered(place, accept, media_type):
    place.publish("bourse")
    answer = ask(place, accept)
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert "accept" in answer.headers["vary"].lower()


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "text/turtle;q=0"])
def test_what_there_is_not_is_406_with_the_formats(place, accept):
    place.publish("bourse")
    problem = ask(place, accept, 406).json()
    assert (problem["type"], TURTLE in problem["detail"]) == ("/problems/not-acceptable", True)


@pytest.mark.parametrize(("media_type", "parser"), [(TURTLE, "turtle"), (JSON_LD, "json-ld")])
def test_each_format_has_its_own_tag_and_is_304_where_it_is_held(place, media_type, parser):
    place.publish("bourse")
    answer = ask(place, media_type)
    assert len(Graph().parse(data=answer.content, format=parser)) > 10
    assert answer.headers["etag"] != ask(place, "*/*").headers["etag"]
    held = {"If-None-Match": answer.headers["etag"]}
    assert ask(place, media_type, 304, **held).content == b""


def test_an_archived_offer_is_gone_in_every_format(place):
    place.archive(place.publish("bourse"))
    for accept in ("*/*", TURTLE, JSON_LD):
        assert ask(place, accept, 410).json()["type"] == "/problems/gone"
