"""The representations of an answer that are remembered: headers in order, bodies compressed."""

import gzip

import orjson

from aiff_gateway.edge.application.read_cache import (
    LISTS,
    LazyRepresentation,
    Representation,
    StoredAnswer,
)
from aiff_gateway.edge.domain.answer_headers import RawHeaders, answer_headers
from aiff_gateway.edge.domain.freshness import Variation, lifetime, merged_vary, variation

GZIP_SUFFIX = b'--gzip"'
_SMALLEST_GZIPPED = 1024
_GZIP_LEVEL = 6
_OFFERS = b"/v1/offers/"
_COMPRESSIBLE = (b"application/", b"text/", b"image/svg")
# Each representation has its own strong ETag (RFC 9110, section 8.8.3.3), so these differ.
_PER_REPRESENTATION = frozenset((b"content-length", b"etag", b"content-encoding", b"vary"))
# What a 304 repeats (RFC 9110, section 15.4.5).
KEPT_UNCHANGED = frozenset((b"cache-control", b"content-location", b"etag", b"vary"))


def stored_answer(resource: bytes, headers: RawHeaders, body: bytes, now: float) -> StoredAnswer:
    """Return the answer as it will be remembered; the headers are those of a storable one."""
    named = dict(headers)
    etag = named[b"etag"]
    public = answer_headers(headers, personal=False)
    vary = merged_vary(dict(public)[b"vary"], (b"Accept-Encoding",))
    common = [(n, v) for n, v in public if n not in _PER_REPRESENTATION]
    plain = _representation(common, body, etag, vary)
    return StoredAnswer(
        etag=etag,
        plain=plain,
        gzipped=_gzipped(common, named, body, vary),
        unchanged=tuple(h for h in plain.headers if h[0] in KEPT_UNCHANGED),
        fetched_at=now,
        lifetime=lifetime(named[b"cache-control"]) or 0,
        tags=tags_of(resource, body),
        variation=variation(named.get(b"vary", b"")) or Variation(),
    )


def tags_of(resource: bytes, body: bytes) -> frozenset[str]:
    """Return what an event must name to outdate an answer: an offer's id and slugs, or lists."""
    path = resource.partition(b"?")[0]
    if not path.startswith(_OFFERS):
        return frozenset((LISTS,))
    named = {path.removeprefix(_OFFERS).partition(b"/")[0].decode("latin-1").lower()}
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        # Another format of the offer: without its id it is outdated with the lists.
        return frozenset((*named, LISTS))
    if isinstance(document, dict):
        named |= {str(document[name]) for name in ("id", "slug") if name in document}
    return frozenset(named)


def _representation(common: RawHeaders, body: bytes, etag: bytes, vary: bytes) -> Representation:
    own = ((b"content-length", b"%d" % len(body)), (b"etag", etag), (b"vary", vary))
    return Representation((*common, *own), body)


def _gzipped(
    common: RawHeaders, named: dict[bytes, bytes], body: bytes, vary: bytes
) -> LazyRepresentation | None:
    compressible = named.get(b"content-type", b"").startswith(_COMPRESSIBLE)
    if len(body) < _SMALLEST_GZIPPED or not compressible or b"content-encoding" in named:
        return None
    return LazyRepresentation(lambda: _compressed(common, named[b"etag"], body, vary))


def _compressed(common: RawHeaders, etag: bytes, body: bytes, vary: bytes) -> Representation:
    etag = etag[:-1] + GZIP_SUFFIX if etag.endswith(b'"') else etag
    smaller = gzip.compress(body, _GZIP_LEVEL, mtime=0)
    encoded = [*common, (b"content-encoding", b"gzip")]
    return _representation(encoded, smaller, etag, vary)
