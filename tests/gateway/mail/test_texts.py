"""Every kind of letter has its text in both languages, and no fact can change whose words it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.mail.adapters.texts import JinjaTexts
from aiff_gateway.mail.domain.letters import Kind, Letter

FACTS = {
    "count": 2,
    "days": 3,
    "decision": "approved",
    "hours": 2,
    "items": [
        {"title": "Jean Zay", "about": "ouvre", "path": "/fr/offers/jean-zay"},
        {"title": "EuroHPC"},
    ],
    "more": 4,
    "name": "GPU à Paris",
    "organisation": "GENCI",
    "path": "/fr/compte?jeton=x",
    "prefix": "aiff_x",
    "reason": "gone",
    "state": "expired",
    "title": "Jean Zay",
    "change": "added",
    "url": "https://example.org/hook",
}
TEXTS = JinjaTexts("https://aif.example")


def letter(kind: Kind, language: str, **facts) -> Letter:
    return Letter(kind=kind, to="a@b.example", language=language, key="k", facts={**FACTS, **facts})


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_has_its_text_in_both_forms(kind, language):
    written = TEXTS.write(letter(kind, language), "https://aif.example/u")
    assert written.subject
    for form in (written.text, written.html):
        assert "https://aif.example/fr/compte?jeton=x" in form
        assert "https://aif.example/u" in form
        assert "{{" not in form


def test_the_languages_say_different_things():
    for kind in Kind:
        french, english = (TEXTS.write(letter(kind, lang), None) for lang in ("fr", "en"))
        assert french.text != english.text


@given(st.text(max_size=80))
def test_whatever_a_title_holds_stays_one_line_of_text(title):
    written = TEXTS.write(letter(Kind.REVIEW_DECIDED, "fr", title=title), None)
    plain = TEXTS.write(letter(Kind.REVIEW_DECIDED, "fr", title="x"), None)
    assert len(written.text.splitlines()) == len(plain.text.splitlines())
    assert "\n" not in written.subject


def test_a_title_is_no_markup():
    html = TEXTS.write(letter(Kind.REVIEW_DECIDED, "fr", title="<a href=x>{{ 1 }}"), None).html
    assert "&lt;a href=x&gt;{{ 1 }}" in html


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_no_letter_leads_elsewhere(path):
    with pytest.raises(ValueError, match="path"):
        TEXTS.write(letter(Kind.ACCOUNT_RESET, "fr", path=path), None)
