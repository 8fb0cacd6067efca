"""Terms are explained where they arise, and all of them stand on one page in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.portal.outline import Outline

from aiff_portal.ui.domain.glossary import glossary, sections_in, terms_in

TERMS = [term for section in glossary() for term in section.terms]
SHOWN = [term for term in TERMS if term.sens]
EXPLAINED = [term for term in TERMS if term.help]


def test_every_term_that_pages_show_has_a_meaning_of_one_sentence_in_french_and_a_place():
    assert len(SHOWN) > 80
    assert all(term.sens.endswith((".", "?")) for term in SHOWN)
    assert len({term.anchor for term in TERMS}) == len(TERMS)
    assert {term.en for term in EXPLAINED} <= {term.en for term in SHOWN}
    for language in ("fr", "en"):
        listed = [term for _, terms in sections_in(language) for term in terms]
        assert len(listed) == len(SHOWN)


@pytest.mark.parametrize("term", EXPLAINED, ids=lambda term: term.en)
def test_a_term_is_found_where_a_text_says_it(term):
    for language, name in (("fr", term.fr), ("en", term.en)):
        (found,) = terms_in([f"Voici : {name}, dit-il."], language)
        assert found.anchor == term.anchor
        assert terms_in([f"x{name}x"], language) == ()


@pytest.mark.parametrize(
    ("text", "language", "anchors"),
    [
        ("50\u202f000 heures GPU normalisées", "fr", ["normalised-gpu-hour"]),
        ("heures GPU et heures GPU normalisées", "fr", ["normalised-gpu-hour", "gpu-hour"]),
        ("qualified SecNumCloud, de minimis aid", "en", ["secnumcloud", "de-minimis"]),
        ("un petit eti, un trl", "fr", []),
        ("Dates de relève", "fr", ["cut-off"]),
        ("", "fr", []),
    ],
)
def test_the_longest_name_is_meant_and_initials_are_no_words(text, language, anchors):
    assert [found.anchor for found in terms_in([text], language)] == anchors


@given(st.lists(st.text(max_size=40), max_size=5))
def test_no_text_is_too_strange_to_be_read(texts):
    assert len(terms_in(texts, "fr")) <= len(EXPLAINED)


@pytest.mark.parametrize(("language", "word"), [("fr", "Heure GPU normalisée"), ("en", "Cut-off")])
async def test_the_glossary_is_a_page_with_a_place_for_each_term(client, language, word):
    page = await client.get(f"/{language}/glossary")
    outline = Outline(page.text)
    outline.check()
    assert word in outline.text
    assert page.headers["Cache-Control"].startswith("public")
    places = {found.get("id") for found in outline.named("div")}
    assert {term.anchor for term in SHOWN} <= places


async def test_an_offer_explains_its_own_words_and_leads_to_their_place(client):
    page = await client.get("/fr/offers/jean-zay-h100")
    outline = Outline(page.text)
    outline.check()
    explained = [link for link in outline.links() if link.startswith("/fr/glossary#")]
    assert "/fr/glossary#normalised-gpu-hour" in explained
    assert len(explained) == len(set(explained))
    assert "GENCI" in page.text[page.text.index("glossary#normalised-gpu-hour") - 200 :]
