"""The catalogue as DCAT-AP 3: the mandatory properties of each class, checked here one by one.

The classes and properties are those of https://semiceu.github.io/DCAT-AP/releases/3.0.0/.
"""

from datetime import UTC, datetime

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, XSD

from aiff_catalog.exchange.adapters.formats.dcat import DataCatalogue
from aiff_catalog.exchange.adapters.formats.linked_data import json_ld, turtle
from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.application.change_feed import FeedHead
from aiff_catalog.main.wiring.formats import exports

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
ROOT = Addresses("https://example.org")
DUMPS = exports(ROOT)
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
# Class: its mandatory properties.
MANDATORY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL),
    DCAT.Distribution: (DCAT.accessURL,),
    FOAF.Agent: (FOAF.name,),
}
# Property: the class of what it leads to.
RANGES = {
    DCTERMS.publisher: FOAF.Agent,
    DCAT.dataset: DCAT.Dataset,
    DCAT.service: DCAT.DataService,
    DCAT.distribution: DCAT.Distribution,
    DCAT.accessService: DCAT.DataService,
    DCAT.servesDataset: DCAT.Dataset,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS.accessRights: DCTERMS.RightsStatement,
    DCTERMS.accrualPeriodicity: DCTERMS.Frequency,
    DCAT.landingPage: FOAF.Document,
    FOAF.homepage: FOAF.Document,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.accessURL: RDFS.Resource,
    DCAT.endpointURL: RDFS.Resource,
    DCAT.endpointDescription: RDFS.Resource,
}


@pytest.fixture
def graph():
    shown = [one for name, one in DUMPS.items() if not name.startswith("dcat")]
    return DataCatalogue(ROOT, shown).graph(FeedHead(newest=4, forgotten=0, changed_at=AT))


def test_each_class_has_its_mandatory_properties(graph):
    for kind, properties in MANDATORY.items():
        nodes = set(graph.subjects(RDF.type, kind))
        assert nodes, kind
        missing = [(n, p) for n in nodes for p in properties if graph.value(n, p) is None]
        assert missing == []


def test_each_property_leads_to_its_class(graph):
    for predicate, kind in RANGES.items():
        found = set(graph.objects(None, predicate))
        assert found, predicate
        assert [one for one in found if (one, RDF.type, kind) not in graph] == []


def test_texts_have_a_language_once_each(graph):
    for predicate in (DCTERMS.title, DCTERMS.description):
        for node in set(graph.subjects(predicate)):
            languages = [one.language for one in graph.objects(node, predicate)]
            assert sorted(languages) == ["en", "fr"]


def test_every_dump_is_a_distribution_with_its_address_type_and_standard(graph):
    told = {str(one) for one in graph.objects(None, DCAT.distribution)}
    assert told == {
        f"https://example.org/v1/exports/{name}" for name in DUMPS if not name.startswith("dcat")
    }
    node = URIRef("https://example.org/v1/exports/public-services.ttl")
    media_type = URIRef("https://www.iana.org/assignments/media-types/text/turtle")
    assert graph.value(node, DCAT.mediaType) == media_type
    assert graph.value(node, DCTERMS.conformsTo) is not None


def test_it_says_when_the_catalogue_changed_last(graph):
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    said = Literal("2026-11-24T12:00:00+00:00", datatype=XSD.dateTime)
    assert graph.value(catalogue, DCTERMS.modified) == said


def test_both_formats_say_the_same(graph):
    assert isomorphic(Graph().parse(data=turtle(graph)), graph)
    assert isomorphic(Graph().parse(data=json_ld(graph), format="json-ld"), graph)
