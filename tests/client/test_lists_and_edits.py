"""Lists are read to their end, and changes are made on what was read."""

import pytest
from tests.client.answering import Server, answer
from tests.client.test_sending import PROBLEM

from aiff_client import ProblemError, UnexpectedAnswerError, each, edit

PEOPLE = [f"lab-{number}" for number in range(5)]


def page(slugs, cursor):
    shown = {"name": "A", "type": "lab", "country": "FR", "url": None, "description": None}
    items = [
        {"slug": slug, "updated_at": "2026-11-23T11:00:00Z", "version": 1, **shown}
        for slug in slugs
    ]
    return answer(body={"items": items, "next": cursor, "prev": None})


def test_a_list_is_read_page_after_page_with_the_same_filters():
    server = Server(page(PEOPLE[:2], "c1"), page([], "c2"), page(PEOPLE[2:], None))
    with server.client() as client:
        found = [one.slug for one in each(client.list_organisations, limit=2)]
    assert found == PEOPLE
    cursors = [one.url.params.get("cursor") for one in server.asked]
    assert cursors == [None, "c1", "c2"]
    assert {one.url.params["limit"] for one in server.asked} == {"2"}


def test_a_page_is_asked_for_when_it_is_wanted():
    server = Server(page(PEOPLE[:2], "c1"))
    with server.client() as client:
        assert next(each(client.list_organisations, cursor="c0")).slug == PEOPLE[0]
    assert [one.url.params["cursor"] for one in server.asked] == ["c0"]


def stored(tag):
    return answer(body={"name": "x"}, ETag=tag)


def test_a_change_begins_again_where_another_was_quicker():
    server = Server(stored('"1"'), answer(412, PROBLEM), stored('"2"'), answer(204))
    written = []
    with server.client() as client:
        edit(
            client.list_vocabularies,
            lambda body, etag: (
                written.append((dict(body), etag)),
                client.delete_startup("s", if_match=etag),
            )[1],
        )
    assert written == [({"name": "x"}, '"1"'), ({"name": "x"}, '"2"')]
    assert [one.headers.get("if-match") for one in server.asked] == [None, '"1"', None, '"2"']


@pytest.mark.parametrize(("refusal", "tries"), [(412, 2), (403, 1)])
def test_a_change_that_is_refused_is_told(refusal, tries):
    given = [stored('"1"'), answer(refusal, PROBLEM)] * 3
    server = Server(*given)
    with server.client() as client, pytest.raises(ProblemError) as caught:
        edit(
            client.list_vocabularies,
            lambda _, etag: client.delete_startup("s", if_match=etag),
            attempts=2,
        )
    assert caught.value.status == refusal
    assert len(server.asked) == 2 * tries


def test_what_has_no_etag_is_not_changed():
    server = Server(answer(body={"name": "x"}))
    with server.client() as client, pytest.raises(UnexpectedAnswerError, match="ETag"):
        edit(client.list_vocabularies, lambda _, etag: client.delete_startup("s", if_match=etag))
    assert len(server.asked) == 1
