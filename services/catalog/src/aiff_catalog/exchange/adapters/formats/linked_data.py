"""Writing graphs as Turtle and as JSON-LD: one offer, or all of them a batch at a time."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson
from rdflib import Graph
from rdflib.plugins.serializers.jsonld import from_rdf

from aiff_catalog.exchange.adapters.formats.cpsv import PublicServices
from aiff_catalog.exchange.adapters.formats.naming import PREFIXES, Addresses, new_graph
from aiff_catalog.exchange.adapters.formats.rendering import rendered_together
from aiff_contracts.offer import OfferDocument

TURTLE = "text/turtle"
JSON_LD = "application/ld+json"
Describe = Callable[[Sequence[OfferDocument]], Graph]


def public_services(addresses: Addresses) -> Describe:
    """Return what describes offers by CPSV-AP."""

    def describe(documents: Sequence[OfferDocument]) -> Graph:
        graph = new_graph()
        services = PublicServices(graph, addresses)
        for document in documents:
            services.add(document)
        return graph

    return describe


def turtle(graph: Graph) -> bytes:
    """Return a graph as Turtle."""
    return graph.serialize(format="turtle", encoding="utf-8")


def json_ld(graph: Graph) -> bytes:
    """Return a graph as JSON-LD with the prefixes as its context."""
    return embeddable({"@context": PREFIXES, "@graph": _nodes(graph)})


def embeddable(node: object) -> bytes:
    """Return a node as JSON that can stand in a page's script element as it is.

    There `</script>` ends the script and `<!--` opens a comment, whatever the JSON says (HTML,
    "Restrictions for contents of script elements"); the two characters stand in texts only.
    """
    return orjson.dumps(node).replace(b"<", b"\\u003c").replace(b">", b"\\u003e")


class TurtleWriter:
    """Writes batches one after the other: Turtle may say the same twice."""

    def __init__(self, describe: Describe) -> None:
        """Keep what describes offers."""
        self._describe = describe

    def begin(self) -> bytes:
        """Return nothing: each batch names its prefixes."""
        return b""

    def add(self, documents: Sequence[bytes]) -> bytes:
        """Return the triples of some offers."""
        return turtle(rendered_together(documents, self._describe))

    def end(self) -> Iterable[bytes]:
        """Yield nothing."""
        return ()


class JsonLdWriter:
    """Writes one JSON-LD document whose nodes come batch by batch."""

    def __init__(self, describe: Describe) -> None:
        """Keep what describes offers."""
        self._describe = describe
        self._comma = b""

    def begin(self) -> bytes:
        """Return the context."""
        return b'{"@context":%b,"@graph":[' % orjson.dumps(PREFIXES)

    def add(self, documents: Sequence[bytes]) -> bytes:
        """Return the nodes of some offers."""
        nodes = _nodes(rendered_together(documents, self._describe))
        written = self._comma + b",".join(map(embeddable, nodes))
        self._comma = b","
        return written

    def end(self) -> Iterable[bytes]:
        """Yield the end of the document."""
        return (b"]}",)


def _nodes(graph: Graph) -> Sequence[Any]:
    made = from_rdf(graph, context_data=PREFIXES)  # type: ignore[no-untyped-call]
    nodes: Sequence[Any] = made["@graph"]
    return nodes
