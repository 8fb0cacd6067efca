"""Which of the two languages a reader gets, and how an address says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_portal.ui.domain.language import language_of_path, negotiated_language


@given(st.text())
def test_any_accept_language_gives_one_of_the_two_languages(header):
    assert negotiated_language(header) in {"fr", "en"}


@pytest.mark.parametrize(
    ("header", "language"),
    [(None, "fr"), ("de", "fr"), ("en", "en"), ("en;q=0.3, fr;q=0.8", "fr"), ("fr;q=0, en", "en")],
)
def test_the_weights_of_accept_language_count(header, language):
    assert negotiated_language(header) == language


@pytest.mark.parametrize(
    ("path", "language"),
    [("/fr/", "fr"), ("/en/offers/x", "en"), ("/", None), ("/french", None), ("/de/", None)],
)
def test_the_first_part_of_an_address_is_its_language(path, language):
    assert language_of_path(path) == language


async def test_the_address_without_a_language_leads_to_the_readers(client):
    answer = await client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9,fr;q=0.5"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/")
    assert answer.headers["Vary"] == "Accept, Accept-Language"
    assert (await client.get("/")).headers["Location"] == "/fr/"
    assert (await client.get("/en")).headers["Location"] == "/en/"
