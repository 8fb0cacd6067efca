"""The edge's pure rules: routes, what may be remembered, the headers of answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.edge.domain.answer_headers import answer_headers
from aiff_gateway.edge.domain.freshness import (
    Variation,
    lifetime,
    matches_etag,
    resource_key,
    storable,
    variation,
)
from aiff_gateway.edge.domain.routes import Service, page_of, service_of


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/v1/offers", Service.CATALOG),
        ("/v1/offers/x/revisions", Service.CATALOG),
        ("/v1/compare", Service.CATALOG),
        ("/v1/offers:batch", Service.CATALOG),
        ("/v1/imports/x/apply", Service.CATALOG),
        ("/v1/matches", Service.MATCHING),
        ("/v1/compute/plan", Service.MATCHING),
        ("/v1/me", Service.GATEWAY),
        ("/v1/mexico", None),
        ("/v1/offers/../me", None),
        ("/v1/offers/%2E%2e/me", None),
        ("/v1/offers/..%5Cme", None),
        ("/v1/offers/..%2fme", None),
        ("/v1/offers/jean..zay", Service.CATALOG),
        ("/internal", None),
        ("/fr", Service.PORTAL),
        ("/en/offers/x", Service.PORTAL),
        ("/french", None),
    ],
)
def test_a_prefix_covers_whole_segments_and_no_dot_segments(path, service):
    assert service_of(path) is service


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/v1/offers/jean-zay", "/fr/offers/jean-zay"),
        ("/v1/offers", None),
        ("/v1/offers/suggestions", None),
        ("/v1/offers/jean-zay/schema-org", None),
        ("/v1/offers/by-external-id/genci/1", None),
        ("/v1/offers/%0d%0aSet-Cookie", None),
        ("/v1/offers//evil.example", None),
        ("/v1/organisations/genci", None),
    ],
)
def test_only_an_offer_has_a_page_for_people(path, page):
    assert page_of(path, "fr") == page


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"public, max-age=60, stale-while-revalidate=300", 60),
        (b"public, max-age=60, s-maxage=5", 5),
        (b"PUBLIC, Max-Age=7", 7),
        (b"max-age=60", None),
        (b"public", None),
        (b"public, max-age=-1", None),
        (b"public, max-age=abc", None),
        (b"public, no-store, max-age=60", None),
        (b"private, max-age=60", None),
        (b"", None),
    ],
)
def test_only_what_says_public_and_for_how_long_has_a_lifetime(value, seconds):
    assert lifetime(value) == seconds


def test_an_answer_with_a_cookie_or_without_etag_is_not_storable():
    good = {b"etag": b'"1"', b"cache-control": b"public, max-age=1"}
    assert storable(200, good)
    assert not storable(404, good)
    assert not storable(200, good | {b"set-cookie": b"a=b"})
    assert not storable(200, {b"cache-control": b"public, max-age=1"})


def test_vary_tells_which_headers_select():
    assert variation(b"") == Variation()
    assert variation(b"Accept-Language, accept") == Variation(True, True)
    assert variation(b"Accept-Encoding, Authorization") == Variation()
    assert variation(b"*") is None


@given(st.lists(st.sampled_from([b"a=1", b"b=2", b"a=3", b"c"]), min_size=1), st.randoms())
def test_parameters_in_any_order_are_one_resource(parts, random):
    shuffled = parts.copy()
    random.shuffle(shuffled)
    assert resource_key(b"/x", b"&".join(parts)) == resource_key(b"/x", b"&".join(shuffled))


@pytest.mark.parametrize(
    ("held", "same"),
    [(b'"1"', True), (b'W/"1"', True), (b'"2", "1"', True), (b"*", True), (b'"2"', False)],
)
def test_etags_are_compared_weakly(held, same):
    assert matches_etag(held, b'"1"') is same


def test_a_personal_answer_is_never_kept_whatever_the_service_says():
    named = dict(answer_headers([(b"cache-control", b"public, max-age=60")], personal=True))
    assert named[b"cache-control"] == b"private, no-store"


def test_an_answer_that_says_nothing_about_keeping_is_not_kept():
    assert dict(answer_headers([], personal=False))[b"cache-control"] == b"no-store"
