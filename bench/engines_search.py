"""Search on tantivy and on OpenSearch: what a reader waits, beside the engine's own query time.

Each question goes through the service over HTTP on one connection, and then as the same query
straight to the engine: what lies between is the service's share.
`python -m bench.engines_search 20000` measures another size than 100,000 offers.
"""

import http.client
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import SearchSettings
from aiff_catalog.search.adapters.language.nearness import nearness, without_each
from aiff_catalog.search.adapters.opensearch.index import alias_of
from aiff_catalog.search.adapters.opensearch.query import (
    WantedHits,
    best_body,
    close_ids,
    cosine_of,
    nearest_body,
    search_body,
    spellings_body,
)
from aiff_catalog.search.adapters.opensearch.schema import spelling_of
from aiff_catalog.search.adapters.tantivy.folder import IndexFolder
from aiff_catalog.search.adapters.tantivy.index import TantivySearchIndex
from aiff_catalog.search.domain.queries import SearchQuery
from aiff_catalog.search.entrypoints.http.schemas import SearchParameters
from aiff_kit.auth import ANONYMOUS, IDENTITY_HEADER, IdentitySigner
from aiff_kit.clock import utc_now
from aiff_kit.encoder import SentenceEncoder
from aiff_kit.text import Lexicon, QuestionReader, has_meaning
from aiff_local.engines import EngineUnavailableError
from aiff_local.processes import LOOPBACK, free_port
from bench.harness.large import OFFERS, filled, opensearch, settings_of
from bench.harness.load import percentile
from bench.harness.product import server
from bench.harness.questions import questions

Row = tuple[str, str, str]
Ask = Callable[[SearchParameters], None]
RawAsk = Callable[[SearchQuery], None]

ROUNDS = 30
WARMING = 15
SECRET = "a secret for one run on one machine only"


def _words() -> dict[str, Any]:
    return {"q": questions().text()}


def _misspelt_words() -> dict[str, Any]:
    return {"q": questions().misspelt()}


def _filters() -> dict[str, Any]:
    return questions().filters()


# What is drawn anew each time, and what stays.
_FACETS = ["kind", "sector", "stage", "status"]
QUESTIONS: tuple[tuple[Callable[[], dict[str, Any]], dict[str, Any]], ...] = (
    (dict, {}),
    (_words, {}),
    (_words, {}),
    (_words, {"kind": ["compute"]}),
    (_words, {"facets": _FACETS, "kind": ["funding"]}),
    (_filters, {"sort": "deadline"}),
    (_filters, {"facets": ["kind", "region", "price_basis"]}),
    (_filters, {"gpu_model": ["H100"], "gpu_memory_min": 80}),
    (_misspelt_words, {}),
    (_filters, {"status": ["open"], "audience": ["startup"], "limit": 50, "count": True}),
)


def rows() -> list[Row]:
    """Return the figures beside their goals."""
    found = measure()
    shown = []
    for engine in ("tantivy", "opensearch"):
        name = f"search.{engine}"
        if f"{name}.overhead_ms" not in found:
            continue
        for part, title in (("service", "search over HTTP"), ("raw", "the engine's own query")):
            p50, p99 = found[f"{name}.{part}_p50_ms"], found[f"{name}.{part}_p99_ms"]
            shown.append((f"{title}, {engine}, p50 / p99", f"{p50:.1f} / {p99:.1f} ms", "-"))
        overhead = found[f"{name}.overhead_ms"]
        shown.append((f"the service's share, {engine}, p50", f"{overhead:.1f} ms", "<= 5 ms"))
    return shown


def measure(offers: int = OFFERS) -> dict[str, float]:
    """Return milliseconds and offers a second; an engine not to be had is left out."""
    environment = filled(offers)
    figures = _measured("tantivy", environment, _raw_tantivy)
    try:
        with opensearch() as url:
            real = {**environment, "OPENSEARCH_URL": url}
            figures |= _measured("opensearch", real, _raw_opensearch)
    except EngineUnavailableError as error:
        print(f"not measured: {error}")
    return figures


def _measured(
    engine: str, environment: Mapping[str, str], raw: Callable[[SearchSettings], RawAsk]
) -> dict[str, float]:
    settings = settings_of(environment)
    catalog = Catalog(settings)
    catalog.indexing.maintenance.rebuild()
    catalog.close()
    with _service(environment) as through_service:
        pairs = _timed(through_service, raw(settings.search))
    service, direct = (sorted(side) for side in zip(*pairs, strict=True))
    shares = sorted(one - other for one, other in pairs)
    name = f"search.{engine}"
    return {
        f"{name}.service_p50_ms": percentile(service, 0.5),
        f"{name}.service_p99_ms": percentile(service, 0.99),
        f"{name}.raw_p50_ms": percentile(direct, 0.5),
        f"{name}.raw_p99_ms": percentile(direct, 0.99),
        f"{name}.overhead_ms": percentile(shares, 0.5),
    }


@contextmanager
def _service(environment: Mapping[str, str]) -> Iterator[Ask]:
    port = free_port()
    signer = IdentitySigner(SECRET)
    started = {**environment, "AIFF_IDENTITY_SECRET": SECRET, "CATALOG_PORT": str(port)}
    with server(["aiff_catalog", "serve"], port, started):
        connection = http.client.HTTPConnection(LOOPBACK, port)

        def ask(parameters: SearchParameters) -> None:
            asked = parameters.model_dump(mode="json", exclude_defaults=True)
            address = f"/v1/offers?{urlencode(asked, doseq=True)}"
            # An identity holds for seconds, a run on a busy machine may take minutes.
            headers = {IDENTITY_HEADER: signer.sign(ANONYMOUS, "catalog")}
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200 or b'"degraded":true' in body:
                raise RuntimeError(f"the service answered {answer.status}: {body!r}")

        yield ask
        connection.close()


def _timed(service: Ask, raw: RawAsk) -> list[tuple[float, float]]:
    """Return the milliseconds of each question both ways, one after the other, when warm.

    No text and no filters come twice; of all offers a page of another size is asked for each time.
    """
    taken, encoder = [], SentenceEncoder()
    for turn in range(WARMING + ROUNDS):
        for draw, fixed in QUESTIONS:
            asked = SearchParameters.model_validate((draw() or {"limit": 20 + turn}) | fixed)
            query = asked.query(0)
            if has_meaning(query.text):
                query = replace(query, vector=encoder.encode([query.text])[0])
            pair = (_milliseconds(service, asked), _milliseconds(raw, query))
            if turn >= WARMING:
                taken.append(pair)
    return taken


def _milliseconds(ask: Callable[[Any], None], question: object) -> float:
    began = time.perf_counter()
    ask(question)
    return (time.perf_counter() - began) * 1000


def _raw_tantivy(settings: SearchSettings) -> RawAsk:
    """Return what compares vectors and runs the engine's queries and counts, without documents."""
    index = TantivySearchIndex(IndexFolder(settings.index_dir), utc_now)

    def ask(query: SearchQuery) -> None:
        opened = index._fresh()  # noqa: SLF001
        opened.found(opened.put(query))

    return ask


def _raw_opensearch(settings: SearchSettings) -> RawAsk:
    """Return what posts the engine's queries on a bare connection."""
    connection = http.client.HTTPConnection(urlsplit(settings.opensearch_url or "").netloc)
    path = f"/{alias_of(settings.opensearch_index)}/_search"

    def post(body: Mapping[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        connection.request("POST", path, orjson.dumps(body), headers)
        return orjson.loads(connection.getresponse().read())

    def compared(wanted: WantedHits) -> WantedHits:
        query, hits = wanted.query, post(best_body(wanted))["hits"]["hits"]
        cosines: dict[str, float] = {}
        for one in without_each(query):
            if query.vector is None:
                break
            near = post(nearest_body(query, query.vector, one))["hits"]["hits"]
            cosines |= {hit["_id"]: cosine_of(hit["_score"]) for hit in near}
        added = nearness(cosines, hits[0]["_score"] if hits else None)
        close = close_ids([hit["_id"] for hit in hits], added)
        return replace(wanted, nearness=added, close=close)

    buckets = post(spellings_body())["aggregations"]["spellings"]["buckets"]
    known = [(*spelling_of(bucket["key"]), bucket["doc_count"]) for bucket in buckets]
    reader = QuestionReader(Lexicon(known))

    def ask(query: SearchQuery) -> None:
        wanted = WantedHits(query, reader.read(query.text))
        post(search_body(compared(wanted) if query.text.strip() else wanted))

    return ask


if __name__ == "__main__":
    for figure, value in measure(int(sys.argv[1]) if sys.argv[1:] else OFFERS).items():
        print(f"{figure}: {value:,.2f}")
