"""The field of the search while somebody types: a combobox by keyboard, and never needed."""

from urllib.parse import urlsplit

import pytest
from bench.pages.judging import WIDE
from playwright.sync_api import expect
from tests.browser.walking import search, slugs

TYPED = "jean z"
# Nothing that is asked here depends on the window.
in_one_window = pytest.mark.parametrize("width", [WIDE])


@pytest.mark.parametrize(("path", "name"), [("", "q"), ("offers/fidle", "seek")])
def test_a_name_that_is_being_typed_is_completed_by_keyboard(tab, language, path, name):
    tab.open(f"/{language}/{path}")
    page, field = tab.page, tab.page.get_by_role("combobox").and_(tab.page.locator(f"#{name}"))
    field.press_sequentially(TYPED)
    options = page.locator(f"#{name}-list").get_by_role("option")
    expect(options.first).to_be_visible()
    assert field.get_attribute("aria-expanded") == "true"
    assert str(options.count()) in page.locator(f"#{name}-list-said").inner_text()
    field.press("ArrowDown")
    tab.judge()

    chosen = page.locator('[role="option"][aria-selected="true"]')
    assert chosen.get_attribute("id") == field.get_attribute("aria-activedescendant")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    assert field.input_value() == TYPED

    field.press("ArrowDown")
    field.press("ArrowUp")
    address = chosen.get_attribute("data-address")
    assert address == options.last.get_attribute("data-address")
    field.press("Enter")
    page.wait_for_url(f"**{address}")


@in_one_window
def test_what_is_typed_is_searched_for_where_nothing_was_chosen(tab, language):
    page = tab.page
    tab.open(f"/{language}/")
    page.locator("#q").press_sequentially(TYPED)
    expect(page.get_by_role("option").first).to_be_visible()
    page.locator("#q").press("Enter")
    page.wait_for_url("**/offers?q=jean+z")
    assert page.locator("#q").input_value() == TYPED


@in_one_window
def test_a_suggestion_is_followed_by_a_click(tab, language):
    page = tab.page
    tab.open(f"/{language}/")
    page.locator("#q").press_sequentially("genci")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/organisations/genci")


@in_one_window
def test_the_field_works_without_scripts(plain_tab, language):
    page = plain_tab.page
    plain_tab.open(f"/{language}/")
    assert page.get_by_role("combobox").count() == 0
    search(page, TYPED)
    assert urlsplit(page.url).path == f"/{language}/offers"
    assert slugs(page)
