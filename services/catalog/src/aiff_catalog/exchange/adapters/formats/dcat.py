"""The catalogue as a catalogue of data: DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/)."""

from collections.abc import AsyncIterator, Callable, Sequence

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from aiff_catalog.exchange.adapters.formats.cpsv import PublicServices
from aiff_catalog.exchange.adapters.formats.naming import (
    Addresses,
    language,
    new_graph,
    words,
)
from aiff_catalog.exchange.application.change_feed import FeedHead
from aiff_catalog.exchange.application.exports import Export, Stream
from aiff_catalog.exchange.application.ports import ExchangeReads

_TITLE = "Catalogue d'AI Factory France", "Catalogue of AI Factory France"
_DESCRIPTION = (
    "Services, formations, financements et moyens de calcul ouverts aux start-up et aux autres.",
    "Services, training, funding and computing open to start-ups and others.",
)
_API_TITLE = "API du catalogue", "API of the catalogue"
_PUBLIC = URIRef("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
_CONTINUOUS = URIRef("http://publications.europa.eu/resource/authority/frequency/CONT")
_LABELS = ((_PUBLIC, ("public", "public")), (_CONTINUOUS, ("continu", "continuous")))
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


class DataCatalogue:
    """Describes the catalogue with its dumps and its API."""

    def __init__(self, addresses: Addresses, exports: Sequence[Export]) -> None:
        """Keep what is described."""
        self._addresses = addresses
        self._exports = exports

    def stream(self, write: Callable[[Graph], bytes]) -> Stream:
        """Return the stream of the description as it stands."""

        async def stream(reads: ExchangeReads) -> AsyncIterator[bytes]:
            yield write(self.graph(await reads.head()))

        return stream

    def graph(self, head: FeedHead) -> Graph:
        """Return the description."""
        graph = new_graph()
        publisher = PublicServices(graph, self._addresses).publisher()
        _described(graph, self._catalogue, DCAT.Catalog, _TITLE, _DESCRIPTION)
        _described(graph, self._dataset, DCAT.Dataset, _TITLE, _DESCRIPTION)
        _described(graph, self._service, DCAT.DataService, _API_TITLE, _DESCRIPTION)
        for node in (self._catalogue, self._dataset, self._service):
            graph.add((node, DCTERMS.publisher, publisher))
        self._link(graph)
        self._tell_when(graph, head)
        for export in self._exports:
            self._distribution(graph, export)
        return graph

    @property
    def _catalogue(self) -> URIRef:
        return self._addresses.of("/v1/exports#catalogue")

    @property
    def _dataset(self) -> URIRef:
        return self._addresses.of("/v1/exports#offers")

    @property
    def _service(self) -> URIRef:
        return self._addresses.of("/#api")

    def _link(self, graph: Graph) -> None:
        home, root = self._addresses.of("/"), self._addresses.of("/v1")
        api = self._addresses.of("/openapi.json")
        graph.add((self._catalogue, DCAT.dataset, self._dataset))
        graph.add((self._catalogue, DCAT.service, self._service))
        graph.add((self._catalogue, FOAF.homepage, home))
        graph.add((self._service, DCAT.endpointURL, root))
        graph.add((self._service, DCAT.endpointDescription, api))
        graph.add((self._service, DCAT.servesDataset, self._dataset))
        graph.add((self._dataset, DCAT.landingPage, home))
        graph.add((self._dataset, DCTERMS.accessRights, _PUBLIC))
        graph.add((self._dataset, DCTERMS.accrualPeriodicity, _CONTINUOUS))
        _typed(graph, home, FOAF.Document)
        # The shapes ask that even this be said.
        _typed(graph, root, RDFS.Resource)
        _typed(graph, api, RDFS.Resource)
        _typed(graph, _PUBLIC, DCTERMS.RightsStatement, SKOS.Concept)
        _typed(graph, _CONTINUOUS, DCTERMS.Frequency, SKOS.Concept)
        for concept, label in _LABELS:
            for said in words(label):
                graph.add((concept, SKOS.prefLabel, said))
        for code in ("fr", "en"):
            _typed(graph, language(code), DCTERMS.LinguisticSystem)
            for node in (self._catalogue, self._dataset):
                graph.add((node, DCTERMS.language, language(code)))

    def _tell_when(self, graph: Graph, head: FeedHead) -> None:
        if head.changed_at is not None:
            changed = Literal(head.changed_at.isoformat(), datatype=XSD.dateTime)
            for node in (self._catalogue, self._dataset):
                graph.add((node, DCTERMS.modified, changed))

    def _distribution(self, graph: Graph, export: Export) -> None:
        node = self._addresses.of(f"/v1/exports/{export.name}")
        media_type = URIRef(f"{_MEDIA_TYPES}{export.media_type}")
        graph.add((self._dataset, DCAT.distribution, node))
        _typed(graph, node, DCAT.Distribution, RDFS.Resource)
        for title in words((export.title_fr, export.title_en)):
            graph.add((node, DCTERMS.title, title))
        graph.add((node, DCAT.accessURL, node))
        graph.add((node, DCAT.downloadURL, node))
        graph.add((node, DCAT.accessService, self._service))
        graph.add((node, DCAT.mediaType, media_type))
        _typed(graph, media_type, DCTERMS.MediaType)
        if export.conforms_to is not None:
            standard = URIRef(export.conforms_to)
            graph.add((node, DCTERMS.conformsTo, standard))
            _typed(graph, standard, DCTERMS.Standard)


def _described(
    graph: Graph, node: URIRef, kind: URIRef, title: tuple[str, str], said: tuple[str, str]
) -> None:
    _typed(graph, node, kind)
    graph.add((node, DCTERMS.identifier, Literal(str(node))))
    for text in words(title):
        graph.add((node, DCTERMS.title, text))
    for text in words(said):
        graph.add((node, DCTERMS.description, text))


def _typed(graph: Graph, node: URIRef, *kinds: URIRef) -> None:
    for kind in kinds:
        graph.add((node, RDF.type, kind))
