"""What a reader cannot see or would not think of changes nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_kit.text import asked_words, folded, readable, words_in

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
french = st.text("abcdefgéèêàùçœÉÀŒ'\u2019- ABCXYZ019+#&.", max_size=60)


@given(texts)
def test_what_is_folded_stays_as_it_is(text):
    assert folded(folded(text)) == folded(text)
    assert readable(readable(text)) == readable(text)


@given(french)
def test_composed_and_decomposed_unicode_are_one(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert folded(composed) == folded(decomposed)
    assert words_in(composed) == words_in(decomposed)
    assert [word.whole for word in asked_words(composed)] == [
        word.whole for word in asked_words(decomposed)
    ]


@given(french, st.integers(0, 60), st.sampled_from("\u00ad\u200b\u200d\u2060\ufeff"))
def test_what_cannot_be_seen_is_not_there(text, place, unseen):
    inside = text[:place] + unseen + text[place:]
    assert folded(inside) == folded(text)
    assert words_in(inside) == words_in(text)


@given(french)
def test_case_never_matters_for_comparing(text):
    assert folded(text.upper()) == folded(text.lower()) == folded(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Entraînement", "entrainement"),
        ("Cœur", "coeur"),
        ("\uff27\uff30\uff35", "gpu"),
        ("of\ufb01ce", "office"),
        ("\u2019", "'"),
        ("Stra\u00dfe", "strasse"),
        ("s\u00ado\u200bft", "soft"),
    ],
)
def test_letters_are_read_as_they_are_meant(text, plain):
    assert folded(text) == plain
