"""Offers as CPSV-AP, held against the official shapes (tests/catalog/standards)."""

from pathlib import Path

import orjson
import pytest
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, RDF, SKOS
from tests.catalog.real_documents import real_documents, stored_documents

from aiff_catalog.exchange.adapters.formats.linked_data import (
    JsonLdWriter,
    TurtleWriter,
    json_ld,
    public_services,
    turtle,
)
from aiff_catalog.exchange.adapters.formats.naming import CPSV, CV, Addresses

# The validator and the library's own parser use names that the library is about to drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),
]
SHAPES = Path(__file__).parents[2] / "standards/cpsv-ap/cpsv-ap-3.2.0-SHACL.ttl"
ROOT = "https://example.org"
describe = public_services(Addresses(ROOT))


def results(graph):
    conforms, _, text = validate(graph, shacl_graph=str(SHAPES))
    return None if conforms else text


def dumped(writer, batch=50):
    documents = stored_documents()
    pieces = [writer.begin()]
    pieces += [writer.add(documents[at : at + batch]) for at in range(0, len(documents), batch)]
    return b"".join((*pieces, *writer.end()))


@pytest.fixture(scope="module")
def graph():
    return Graph().parse(data=dumped(TurtleWriter(describe)), format="turtle")


def test_all_offers_of_the_real_catalogue_have_no_result_under_the_official_shapes(graph):
    services = set(graph.subjects(RDF.type, CPSV.PublicService))
    assert len(services) == len(real_documents()) > 180
    assert results(graph) is None


def test_the_shapes_see_what_is_missing(graph):
    broken = Graph() + graph
    service = next(iter(broken.subjects(RDF.type, CPSV.PublicService)))
    broken.remove((service, CV.hasCompetentAuthority, None))
    assert "hasCompetentAuthority" in results(broken)


def test_turtle_and_json_ld_say_the_same(graph):
    again = Graph().parse(data=dumped(JsonLdWriter(describe)), format="json-ld")
    assert isomorphic(again, graph)


def test_one_offer_alone_says_what_the_dump_says_of_it(graph):
    one = real_documents()[0]
    alone = describe([one])
    assert set(alone) <= set(graph)
    assert isomorphic(Graph().parse(data=turtle(alone)), alone)
    assert isomorphic(Graph().parse(data=json_ld(alone), format="json-ld"), alone)
    assert orjson.loads(json_ld(alone))["@context"]["cpsv"] == str(CPSV)


def test_an_offer_says_its_facts_in_both_languages(graph):
    (fidle,) = (one for one in real_documents() if one.slug == "fidle")
    service = URIRef(f"{ROOT}/v1/offers/{fidle.id}")
    assert set(graph.objects(service, DCTERMS.title)) == {
        Literal(fidle.title.fr, lang="fr"),
        Literal(fidle.title.en, lang="en"),
    }
    (cost,) = graph.objects(service, CV.hasCost)
    assert graph.value(cost, CV.hasValue).toPython() == 0.0
    assert Literal("MOOC", lang="und") in set(graph.objects(service, DCAT.keyword))
    kind = graph.value(service, DCTERMS.type)
    assert graph.value(kind, SKOS.notation) == Literal("training")


def test_a_public_organisation_is_competent_and_else_who_lists_the_offer(graph):
    publisher = URIRef(f"{ROOT}/#publisher")
    for document in real_documents():
        service = URIRef(f"{ROOT}/v1/offers/{document.id}")
        named = {
            URIRef(f"{ROOT}/v1/organisations/{o.organisation}") for o in document.organisations
        }
        competent = set(graph.objects(service, CV.hasCompetentAuthority))
        assert competent == {publisher} or competent <= named
