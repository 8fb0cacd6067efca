"""What is remembered, for whom, how much of it, and when it goes."""

from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.edge.application.read_cache import LISTS, ReadCache, StoredAnswer
from aiff_gateway.edge.application.representations import stored_answer

HEADERS = [
    (b"content-type", b"application/json"),
    (b"etag", b'"1"'),
    (b"cache-control", b"public, max-age=60"),
]


def answer(resource: bytes, body: bytes = b"{}") -> StoredAnswer:
    return stored_answer(resource, HEADERS, body, now=0.0)


def cache(entries: int = 10, size: int = 10_000) -> ReadCache:
    return ReadCache(lambda: 0.0, entries, size)


def test_the_least_recently_used_goes_first():
    held = cache(entries=2)
    for name in (b"/a", b"/b"):
        held.store(name, (b"", b""), answer(name), held.generation)
    held.find(b"/a", b"", b"")
    held.store(b"/c", (b"", b""), answer(b"/c"), held.generation)
    assert held.find(b"/b", b"", b"") is None
    assert held.find(b"/a", b"", b"") is not None


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4000), st.booleans())))
def test_the_bytes_stay_within_the_bound_whatever_comes(steps):
    held = cache(entries=4, size=5_000)
    for number, length, purge in steps:
        resource = b"/v1/offers/%d" % number
        if purge:
            held.purge([str(number)])
        held.store(resource, (b"", b""), answer(resource, b"x" * length), held.generation)
        found = [held.find(b"/v1/offers/%d" % n, b"", b"") for n in range(6)]
        sizes = [stored.size for stored in found if stored]
        assert sum(sizes) <= 5_000
        assert len(sizes) <= 4
        assert held._bytes == sum(sizes)


def test_a_purge_outdates_what_was_asked_for_before_it():
    held = cache()
    before = held.generation
    held.purge(["x"])
    held.store(b"/v1/offers/y", (b"", b""), answer(b"/v1/offers/y"), before)
    assert held.find(b"/v1/offers/y", b"", b"") is None


def test_an_offer_is_tagged_with_its_id_and_its_slug_whichever_was_asked_for():
    body = b'{"id": "0189", "slug": "jean-zay"}'
    assert answer(b"/v1/offers/old-name?lang=fr", body).tags == {"old-name", "0189", "jean-zay"}
    assert answer(b"/v1/offers", b"{}").tags == {LISTS}
    assert LISTS in answer(b"/v1/offers/0189", b"<turtle>").tags
