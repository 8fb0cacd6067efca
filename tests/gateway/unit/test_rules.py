"""The gateway's pure rules."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.domain.accounts import Role, normalised_email
from aiff_gateway.domain.answer_headers import answer_headers
from aiff_gateway.domain.attempts import AttemptWindow
from aiff_gateway.domain.credentials import CredentialKind, digest_of, is_token, issue
from aiff_gateway.domain.errors import InvalidAccountError, ScopesNotHeldError
from aiff_gateway.domain.freshness import (
    Variation,
    lifetime,
    matches_etag,
    resource_key,
    storable,
    variation,
)
from aiff_gateway.domain.openapi import merged
from aiff_gateway.domain.roles import SCOPES_OF, effective_scopes, key_scopes, session_scopes
from aiff_gateway.domain.routes import Service, service_of
from aiff_kit.auth import Scope


def test_every_scope_of_a_role_is_one_that_services_know():
    assert set(SCOPES_OF) == set(Role)
    for held in SCOPES_OF.values():
        assert session_scopes(held) <= {scope.value for scope in Scope}


@given(st.frozensets(st.sampled_from(Scope)), st.frozensets(st.sampled_from(Scope)))
def test_a_key_never_holds_more_than_its_owner(wanted, held):
    try:
        granted = key_scopes(wanted, frozenset(held))
    except ScopesNotHeldError:
        assert not wanted <= held - {Scope.KEYS_MANAGE, Scope.ACCOUNTS_MANAGE}
    else:
        assert granted <= held
        assert Scope.KEYS_MANAGE not in granted


@given(st.frozensets(st.sampled_from(Scope)), st.frozensets(st.sampled_from(Scope)))
def test_what_an_account_lost_its_credentials_lost_too(granted, held):
    assert effective_scopes(granted, held) - {Scope.KEYS_MANAGE} <= held


@pytest.mark.parametrize("kind", CredentialKind)
def test_tokens_are_different_recognisable_and_kept_as_a_digest(kind):
    one, other = issue(kind), issue(kind)
    assert one.token != other.token
    assert is_token(one.token)
    assert one.token.startswith(one.prefix)
    assert one.digest == digest_of(one.token)
    assert one.token not in one.digest


@given(st.text())
def test_no_other_text_is_taken_for_a_token(text):
    assert not is_token(text)


def test_an_email_is_stored_in_one_form():
    assert normalised_email("  Ren\u0065\u0301@Example.ORG ") == "ren\u00e9@example.org"


@pytest.mark.parametrize("text", ["", "a", "a@b", "a b@c.fr", "a@b..fr", "a@" + "b" * 260])
def test_what_is_no_email_is_refused(text):
    with pytest.raises(InvalidAccountError):
        normalised_email(text)


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/v1/offers", Service.CATALOG),
        ("/v1/offers/x/revisions", Service.CATALOG),
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
    ],
)
def test_a_prefix_covers_whole_segments_and_no_dot_segments(path, service):
    assert service_of(path) is service


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


def test_the_window_of_attempts_slides():
    window = AttemptWindow(limit=2, seconds=10, max_keys=2)
    assert [window.attempt("a", now) for now in (0, 1, 2)] == [0, 0, 8]
    assert window.attempt("a", 10) == 0
    assert window.attempt("a", 10.5) == 1


def test_the_window_forgets_the_least_recent_key_when_it_is_full():
    window = AttemptWindow(limit=1, seconds=10, max_keys=2)
    for key in ("a", "b", "c"):
        assert window.attempt(key, 0) == 0
    assert window.attempt("c", 1) > 0
    assert window.attempt("a", 1) == 0


def _document(path: str, schemas: dict) -> dict:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    answer = {"200": {"description": "d", "content": content}}
    return {
        "paths": {path: {"get": {"responses": answer}}},
        "components": {"schemas": schemas},
    }


def _schema_of(document: dict, path: str) -> str:
    content = document["paths"][path]["get"]["responses"]["200"]["content"]
    return content["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]


def test_equal_components_are_one_and_different_ones_are_named_apart():
    same = {"A": {"type": "string"}}
    one = merged({"x": _document("/x", same), "y": _document("/y", same)})
    assert one["components"]["schemas"] == same
    two = merged({"x": _document("/x", same), "y": _document("/y", {"A": {"type": "null"}})})
    assert two["components"]["schemas"][_schema_of(two, "/x")] == {"type": "string"}
    assert two["components"]["schemas"][_schema_of(two, "/y")] == {"type": "null"}


def test_what_refers_to_a_renamed_component_is_renamed_too():
    outer = {"$ref": "#/components/schemas/B"}
    first = _document("/x", {"A": outer, "B": {"type": "string"}})
    second = _document("/y", {"A": outer, "B": {"type": "null"}})
    before = copy.deepcopy([first, second])
    schemas = merged({"x": first, "y": second})["components"]["schemas"]
    assert schemas["A"] == {"$ref": "#/components/schemas/B"}
    assert schemas["YA"] == {"$ref": "#/components/schemas/YB"}
    assert (schemas["B"], schemas["YB"]) == ({"type": "string"}, {"type": "null"})
    assert [first, second] == before


def test_a_service_that_is_down_is_named():
    assert merged({"x": None, "y": _document("/y", {})})["x-missing"] == ["x"]
    assert "x-missing" not in merged({"y": _document("/y", {})})
