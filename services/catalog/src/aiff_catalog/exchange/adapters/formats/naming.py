"""What things are called in linked data: one address for each offer, organisation and code.

An address never changes with a name: offers are addressed by their id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, RDF, RDFS, SKOS, XSD

from aiff_contracts.offer import OfferDocument, Text

CV = Namespace("http://data.europa.eu/m8g/")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
PREFIXES: dict[str, str] = {
    "cpsv": str(CPSV),
    "cv": str(CV),
    "dcat": str(DCAT),
    "dct": str(DCTERMS),
    "foaf": str(FOAF),
    "org": str(ORG),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "xsd": str(XSD),
}
_LANGUAGES = Namespace("http://id.loc.gov/vocabulary/iso639-1/")
_CURRENCIES = Namespace("http://publications.europa.eu/resource/authority/currency/")
# Characters that an address may hold as they are; `%` begins what is encoded already.
_SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses that begin with the product's public one."""

    root: str

    def offer(self, document: OfferDocument, part: str = "") -> URIRef:
        """Return the address of an offer, or of a part of it."""
        return URIRef(f"{self.root}/v1/offers/{document.id}{part and '#'}{part}")

    def organisation(self, slug: str) -> URIRef:
        """Return the address of an organisation."""
        return URIRef(f"{self.root}/v1/organisations/{slug}")

    def code(self, vocabulary: str, code: str) -> URIRef:
        """Return the address of a code; the vocabularies are one document."""
        return URIRef(f"{self.root}/v1/vocabularies#{vocabulary}-{quote(code, safe='')}")

    def of(self, path: str) -> URIRef:
        """Return the address of a path."""
        return URIRef(f"{self.root}{path}")


def new_graph() -> Graph:
    """Return an empty graph that knows the prefixes."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def language(code: str) -> URIRef:
    """Return the address of a language (ISO 639-1)."""
    return _LANGUAGES[quote(code, safe="")]


def currency(code: str) -> URIRef:
    """Return the address of a currency (ISO 4217)."""
    return _CURRENCIES[quote(code, safe="")]


def page(url: str) -> URIRef:
    """Return an address as linked data can hold it: what no address may hold is encoded."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.encode("idna").decode()
    except (UnicodeError, ValueError):
        return URIRef(quote(url, safe=_SAFE))
    return URIRef(quote(urlunsplit(parts._replace(netloc=host)), safe=_SAFE))


def texts(text: Text) -> Iterator[Literal]:
    """Yield a text in both languages."""
    return words((text.fr, text.en))


def words(both: tuple[str, str]) -> Iterator[Literal]:
    """Yield what is said in French and in English."""
    yield Literal(both[0], lang="fr")
    yield Literal(both[1], lang="en")
