"""Calls are sent again where that is harmless, and answers are read as the document types them."""

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.client.answering import Server, answer

from aiff_client import (
    Client,
    NotModifiedError,
    ProblemError,
    Retries,
    UnexpectedAnswerError,
    UnreachableError,
    models,
)
from aiff_client.retries import seconds_asked

ORGANISATION = {
    "slug": "a-lab",
    "name": "A lab",
    "type": "lab",
    "country": "FR",
    "url": None,
    "description": {"fr": "Un labo", "en": "A lab"},
    "updated_at": "2026-11-23T11:00:00Z",
    "version": 3,
}
PROBLEM = {
    "type": "https://api.example/problems/validation-failed",
    "title": "Not valid",
    "status": 422,
    "detail": "2 faults",
    "instance": "/v1/offers",
    "request_id": "r-1",
    "errors": [
        {"pointer": "/kind", "code": "missing", "detail": "say which kind"},
        {"pointer": "/title/fr", "code": "too_short", "detail": "write something"},
    ],
}
BUSY = answer(503, PROBLEM, Retry_After="7")
LOST = httpx2.ReadTimeout("gone")
FOUND = answer(body=ORGANISATION, ETag='"7"', X_Request_Id="r-9")


def test_an_answer_is_typed_and_has_what_the_next_call_needs():
    with Server(FOUND).client() as client:
        found = client.read_organisation("a-lab")
    assert isinstance(found.body, models.PublicOrganisation)
    assert (found.body.name, found.body.url, found.body.version) == ("A lab", None, 3)
    assert (found.etag, found.request_id, found.status) == ('"7"', "r-9", 200)


def test_a_call_says_what_is_given_and_nothing_else():
    server = Server(answer(body={}))
    with server.client(language="fr") as client, pytest.raises(UnexpectedAnswerError):
        client.search_offers(
            q="h100 & plus",
            kind=["compute", "funding"],
            count=True,
            published_since=date(2026, 1, 2),
        )
    [asked] = server.asked
    assert asked.headers["authorization"] == "Bearer aiff_k_test"
    assert asked.headers["accept-language"].startswith("fr")
    assert "content-type" not in asked.headers
    assert asked.url.params.multi_items() == [
        ("q", "h100 & plus"),
        ("kind", "compute"),
        ("kind", "funding"),
        ("published_since", "2026-01-02"),
        ("count", "true"),
    ]


def test_an_identifier_cannot_leave_its_place_in_the_path():
    server = Server(FOUND)
    with server.client() as client:
        client.read_organisation("../offers?x=1#y")
    assert server.asked[0].url.raw_path == b"/v1/organisations/..%2Foffers%3Fx%3D1%23y"


def test_what_a_later_server_tells_besides_is_left_out():
    later = {**ORGANISATION, "mascot": "owl", "description": {"fr": "x", "en": "y", "de": "z"}}
    with Server(answer(body=later)).client() as client:
        found = client.read_organisation("a-lab").body
    assert found.description == models.Text(fr="x", en="y")


@pytest.mark.parametrize(
    "given", [b"<html>", b"{", b'{"slug": 1}', b"[]"], ids=["page", "cut", "wrong", "list"]
)
def test_an_answer_of_another_form_is_told_with_its_place(given):
    server = Server(answer(200, given, Content_Type="application/json"))
    with server.client() as client, pytest.raises(UnexpectedAnswerError, match="isations/a-lab"):
        client.read_organisation("a-lab")


def test_a_problem_has_its_kind_all_its_faults_and_what_to_name():
    with Server(answer(422, PROBLEM)).client() as client, pytest.raises(ProblemError) as caught:
        client.create_offer({"kind": "compute"})
    error = caught.value
    assert (error.status, error.kind, error.request_id) == (422, "validation-failed", "r-1")
    assert [(one.pointer, one.code) for one in error.faults] == [
        ("/kind", "missing"),
        ("/title/fr", "too_short"),
    ]
    assert str(error) == "422 Not valid: 2 faults"


@pytest.mark.parametrize("body", [b"", b"<h1>Bad gateway</h1>", b"[1]", b'{"errors": 3}'])
def test_an_error_that_is_no_problem_still_has_its_status(body):
    server = Server(answer(500, body, X_Request_Id="r-2"))
    with server.client() as client, pytest.raises(ProblemError) as caught:
        client.read_me()
    assert (caught.value.status, caught.value.faults) == (500, ())
    assert caught.value.request_id == "r-2"
    assert len(server.asked) == 1


def test_what_has_not_changed_is_said_so():
    with Server(answer(304)).client() as client, pytest.raises(NotModifiedError):
        client.read_organisation("a-lab", if_none_match='"7"')


def test_a_refusal_for_now_waits_as_long_as_the_server_asks():
    server = Server(BUSY, answer(429, PROBLEM, Retry_After="2"), FOUND)
    with server.client() as client:
        assert client.read_organisation("a-lab").status == 200
    first, second = server.waits
    assert 7 <= first <= 8
    assert 2 <= second <= 3


def test_who_is_asked_to_wait_for_too_long_is_told_at_once():
    server = Server(answer(429, PROBLEM, Retry_After="3600"))
    with server.client() as client, pytest.raises(ProblemError) as caught:
        client.read_me()
    assert caught.value.status == 429
    assert server.waits == []


def test_a_creation_that_was_lost_is_sent_again_with_the_same_key():
    server = Server(LOST, answer(502), answer(409, PROBLEM, Retry_After="1"), answer(422, PROBLEM))
    with server.client() as client, pytest.raises(ProblemError):
        client.create_offer({"kind": "compute"})
    assert len(server.asked) == 4
    assert len({one.headers["idempotency-key"] for one in server.asked}) == 1
    assert {one.content for one in server.asked} == {b'{"kind": "compute"}'}


def test_two_creations_have_two_keys_and_ones_own_is_kept():
    server = Server(answer(422, PROBLEM))
    with server.client() as client:
        for key in (None, None, "mine"):
            with pytest.raises(ProblemError):
                client.create_offer({}, idempotency_key=key)
    keys = [one.headers["idempotency-key"] for one in server.asked]
    assert len(set(keys)) == 3
    assert keys[-1] == "mine"


@pytest.mark.parametrize(
    ("call", "asked"),
    [
        (lambda client: client.match_offers({}), 1),
        (lambda client: client.submit_offer("x", if_match='"1"'), 5),
        (lambda client: client.read_me(), 5),
        (lambda client: client.delete_startup("s", if_match='"1"'), 5),
    ],
    ids=["without a key", "with If-Match", "a read", "a removal"],
)
def test_a_lost_call_is_repeated_only_where_that_is_harmless(call, asked):
    server = Server(LOST)
    with server.client() as client, pytest.raises(UnreachableError, match="no answer"):
        call(client)
    assert len(server.asked) == asked


def test_what_was_never_sent_is_always_tried_again():
    server = Server(httpx2.ConnectError("refused"), answer(422, PROBLEM))
    with server.client() as client, pytest.raises(ProblemError):
        client.match_offers({})
    assert len(server.asked) == 2


def test_a_conflict_that_names_no_time_is_not_repeated():
    server = Server(answer(409, PROBLEM))
    with server.client() as client, pytest.raises(ProblemError):
        client.submit_offer("x", if_match='"1"')
    assert len(server.asked) == 1


@given(attempt=st.integers(1, 60), asked=st.none() | st.floats(0, 30))
def test_waits_grow_and_have_a_bound(attempt, asked):
    wait = Retries(attempts=100).wait(attempt, asked)
    assert (asked or 0) <= wait <= 30
    if asked is None:
        assert wait >= min(30, 0.5 * 2.0 ** (attempt - 1)) / 2


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("12", 12), ("0", 0), (None, None), ("soon", None), ("-3", None)],
)
def test_a_time_to_wait_is_read_as_seconds(said, seconds):
    assert seconds_asked(said) == seconds


def test_a_time_to_wait_is_read_as_a_date():
    later = datetime.now(UTC) + timedelta(seconds=90)
    assert 85 < seconds_asked(format_datetime(later, usegmt=True)) <= 90
    assert seconds_asked(format_datetime(later - timedelta(days=1), usegmt=True)) == 0


@pytest.mark.parametrize("address", ["api.example", "ftp://api.example", "http://", "http://[::"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValueError, match="address"):
        Client(address)


def test_a_key_is_never_sent_in_the_clear_over_a_network():
    with pytest.raises(ValueError, match="https"):
        Client("http://api.example", "aiff_k_secret")
    for address in ("http://127.0.0.1:8000", "http://[::1]:8000", "http://localhost"):
        Client(address, "aiff_k_secret").close()
    Client("http://api.example").close()


def test_a_key_does_not_follow_to_another_host():
    moved = answer(301, None, Location="https://elsewhere.example/v1/me")
    server = Server(moved, answer(401, PROBLEM))
    with server.client() as client, pytest.raises(ProblemError):
        client.read_me()
    assert server.asked[1].url.host == "elsewhere.example"
    assert "authorization" not in server.asked[1].headers
