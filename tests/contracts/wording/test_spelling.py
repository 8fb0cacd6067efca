"""One spelling for texts and codes: cleaned where they come in, refused where they mean nothing."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.catalog.support import offer_json

from aiff_contracts.codec import Faults, dump, parse, parse_json
from aiff_contracts.offer import OfferContent
from aiff_contracts.offer.common import Money
from aiff_contracts.spelling.codes import currency_code, language_code
from aiff_contracts.spelling.stored import respelt
from aiff_contracts.spelling.texts import cleaned, cleaned_tree

SOME = st.text(
    st.sampled_from("a é\u0301\u200b\ufeff\u00a0\u3164\n\u2060\u00ad\ufe0f1"), max_size=8
)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Été ", "Été"),
        ("E\u0301te\u0301", "Été"),
        ("\ufeffEU-1\u200b", "EU-1"),
        ("\u00a0\u202fTitre\u2003\n", "Titre"),
        ("\u200b\u200d\u2060", ""),
        ("\u3164", ""),
        ("\u2800\u2800", ""),
        ("\u00ad", ""),
        ("\ufe0f", ""),
        ("\u0007", ""),
        ("क्‍ष", "क्‍ष"),
        ("👩‍💻", "👩‍💻"),
    ],
)
def test_a_text_is_composed_and_trimmed_and_empty_where_nothing_is_seen(given_text, kept):
    assert cleaned(given_text) == kept


@given(SOME)
def test_cleaning_is_done_once_and_takes_nothing_that_is_seen(text):
    once = cleaned(text)
    assert cleaned(once) == once == unicodedata.normalize("NFC", once)
    assert [c for c in once if c.isalnum()] == [
        c for c in unicodedata.normalize("NFC", text) if c.isalnum()
    ] or "\u3164" in text


def test_every_text_of_a_tree_is_cleaned_but_for_what_is_kept():
    sent = {"a": [" x ", {"b": "e\u0301"}], "password": " e\u0301 ", "n": 1}
    assert cleaned_tree(sent, frozenset({"password"})) == {
        "a": ["x", {"b": "é"}],
        "password": " e\u0301 ",
        "n": 1,
    }


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("En", "en"),
        (" fr ", "fr"),
        ("ENG", "en"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("Fra", "fr"),
        ("fr-FR", "fr"),
        ("fr_CA", "fr"),
        ("zh-Hant-TW", "zh"),
        ("iw", "he"),
        ("deu", "de"),
        ("ger", "de"),
        ("es-419", "es"),
    ],
)
def test_a_language_is_stored_by_its_shortest_code(sent, stored):
    assert language_code(sent) == stored


@pytest.mark.parametrize(
    "sent", ["12", "xx", "français", "", "f", "fr,en", "fr-", "qaa", "x-klingon"]
)
def test_what_is_no_language_is_refused_with_what_to_write(sent):
    with pytest.raises(ValueError, match="such as fr or en"):
        language_code(sent)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [("EUR", "EUR"), ("eur", "EUR"), (" Usd", "USD"), ("€", "EUR"), ("xpf", "XPF"), ("chf", "CHF")],
)
def test_a_currency_is_stored_in_capitals(sent, stored):
    assert currency_code(sent) == stored


@pytest.mark.parametrize("sent", ["€€€", "EURO", "$", "FRF", "XYZ", "12€", "", "BTC"])
def test_what_is_no_currency_is_refused_with_what_to_write(sent):
    with pytest.raises(ValueError, match="such as EUR or USD"):
        currency_code(sent)


def test_languages_and_keywords_of_an_offer_are_told_by_their_place():
    sent = offer_json(languages=["FR", "En", "12"], keywords=["gpu ", "\u200b"])
    with pytest.raises(Faults) as refused:
        parse(OfferContent, sent)
    places = [fault.pointer for fault in refused.value.faults]
    assert places == ["/languages/2", "/keywords/1"]
    read = parse(OfferContent, offer_json(languages=["FR", "En"], keywords=[" gpu "]))
    assert (read.languages, read.keywords) == (("fr", "en"), ("gpu",))


@given(st.sampled_from([" Été\u200b", "E\u0301te\u0301 "]), st.sampled_from(["fr", "FRA", "En"]))
def test_what_was_accepted_is_stored_and_read_unchanged(title, language):
    sent = offer_json(title={"fr": title, "en": title}, languages=[language])
    read = parse(OfferContent, sent)
    assert read.title.fr == "Été"
    assert parse(OfferContent, dump(read)) == read


def test_codes_of_before_are_respelt_and_what_means_nothing_is_named():
    stored = {
        "languages": ["FR", "12", "en"],
        "keywords": ["gpu", " "],
        "sectors": ["health", "6201Z", "62.99Z"],
        "support": {"languages": ["??"]},
        "pricing": {"rows": [{"amount": "1", "currency": "eur"}, {"currency": "€€€"}]},
        "details": {"sessions": [{"language": "ENG"}, {"language": "--"}]},
    }
    made, unread = respelt(stored)
    assert made == {
        "languages": ["fr", "en"],
        "keywords": ["gpu"],
        "sectors": ["health", "62.01Z"],
        "support": {"languages": None},
        "pricing": {"rows": [{"amount": "1", "currency": "EUR"}, {"currency": "XXX"}]},
        "details": {"sessions": [{"language": "en"}, {"language": None}]},
    }
    assert [(one.pointer, one.value) for one in unread] == [
        ("/languages", "12"),
        ("/keywords", " "),
        ("/sectors", "62.99Z"),
        ("/support/languages", "??"),
        ("/pricing/rows/1/currency", "€€€"),
        ("/details/sessions/1/language", "--"),
    ]
    assert respelt(made) == (made, [])


def test_an_amount_of_before_is_read_in_its_currency():
    assert parse_json(Money, b'{"amount": "1", "currency": "eur"}').currency == "EUR"


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0323\u0301"])
def test_a_text_that_is_heaped_with_marks_takes_no_time_and_is_refused(marks):
    heaped = "a" + marks * 16_000
    begun = time.process_time()
    assert cleaned(heaped) == heaped
    with pytest.raises(Faults, match="more than 30 marks"):
        parse(OfferContent, offer_json(keywords=[heaped]))
    assert time.process_time() - begun < 0.3
    assert cleaned("a" + "\u0323\u0301" * 15) != ""
