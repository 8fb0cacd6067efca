"""Which of the two languages a reader gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_portal.ui.domain.language import negotiated_language


@given(st.text())
def test_any_accept_language_gives_one_of_the_two_languages(header):
    assert negotiated_language(None, header) in {"fr", "en"}


@pytest.mark.parametrize(
    ("header", "language"),
    [(None, "fr"), ("de", "fr"), ("en", "en"), ("en;q=0.3, fr;q=0.8", "fr"), ("fr;q=0, en", "en")],
)
def test_the_weights_of_accept_language_count(header, language):
    assert negotiated_language(None, header) == language
