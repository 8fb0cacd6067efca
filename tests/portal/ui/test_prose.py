"""Texts of offers become HTML in which nothing acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.portal.outline import Outline

from aiff_portal.ui.entrypoints.prose import prose

ALLOWED = {"p", "ul", "ol", "li", "strong", "em", "a", "code", "pre", "blockquote", "br"}


def tags(text):
    outline = Outline(f"<!doctype html>\n{prose(text)}")
    assert outline.faults == []
    return outline.tags


@given(st.text(alphabet="<>&\"'[]()!#*_`:/ abjscript\n\t-=", max_size=80))
def test_no_text_makes_a_tag_or_an_attribute_that_is_not_allowed(text):
    for tag, attributes in tags(text):
        assert tag in ALLOWED
        assert set(attributes) <= {"href", "title", "start", "class"}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil",
        "/x",
    ],
)
def test_links_lead_to_the_web_or_to_mail_and_nowhere_else(address):
    assert "a" not in {tag for tag, _ in tags(f"[ici]({address})")}


def test_paragraphs_lists_and_links_are_kept():
    made = tags("Un.\n\n- deux\n- [trois](https://example.org)")
    assert [tag for tag, _ in made] == ["p", "ul", "li", "li", "a"]
