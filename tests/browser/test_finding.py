"""Readers who look for an offer: in both languages, wide and narrow, without scripts."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.browser.walking import follow, search, slugs, tab_to, unfold

from aiff_portal.catalogue.domain.words import SEARCH
from aiff_portal.ui.domain.language import in_language

WISH = {"fr": "H100 recherche ouverte", "en": "H100 open research"}
MISSPELT = {"fr": "subvension", "en": "acelerator"}


@pytest.fixture
def say(language):
    return in_language(SEARCH, language)


def asked(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def counted(page) -> int:
    """Return how many offers the page says that it found."""
    return int(re.findall(r"\d+", page.locator("#found").inner_text())[0])


def test_a_founder_finds_narrows_takes_back_shares_and_compares(plain_tab, language):
    page = plain_tab.page
    plain_tab.open(f"/{language}/")
    search(page, WISH[language])
    assert "jean-zay-h100" in slugs(page)

    follow(page, '.facets a[href*="region=FR"]')
    follow(page, '.facets a[href*="status=open"]')
    plain_tab.judge()
    assert asked(page) == {"q": [WISH[language]], "region": ["FR"], "status": ["open"]}
    narrowed = counted(page)

    follow(page, ".chips a.on")
    assert len(asked(page)) == 2
    assert 0 < narrowed <= counted(page)

    shared, seen = page.url, slugs(page)
    another = page.context.browser.new_page()
    another.goto(shared)
    assert slugs(another) == seen
    another.close()

    for slug in seen[:3]:
        page.locator(f"#compare-{slug}").check()
    page.locator('form[action$="/compare"] button').click()
    plain_tab.judge()
    assert asked(page)["offers"] == seen[:3]
    columns = page.locator("thead th a:not(.small)").all()
    assert [str(one.get_attribute("href")).rsplit("/", 1)[1] for one in columns] == seen[:3]
    columns[0].click()
    assert urlsplit(page.url).path == f"/{language}/offers/{seen[0]}"
    plain_tab.judge()


def test_a_founder_who_misspells_is_helped(plain_tab, language, say):
    page = plain_tab.page
    plain_tab.open(f"/{language}/offers")
    search(page, MISSPELT[language])
    plain_tab.judge()
    assert slugs(page)
    assert page.get_by_text(say["approximate"]).is_visible()


def test_a_founder_who_finds_nothing_is_helped_on(plain_tab, language, say):
    page = plain_tab.page
    plain_tab.open(f"/{language}/offers?kind=training&q=xyzzyplugh")
    assert slugs(page) == []
    assert page.get_by_role("heading", name=say["help_title"]).is_visible()
    page.get_by_role("link", name=say["help_all"]).click()
    plain_tab.judge()
    assert asked(page) == {"kind": ["training"]}
    assert slugs(page)


def test_a_programmer_finds_the_api_from_the_page_and_the_page_from_the_api(tab, language, product):
    page = tab.page
    tab.open(f"/{language}/offers/fidle")
    data = page.locator('link[rel="alternate"][type="application/json"]').get_attribute("href")
    assert page.get_by_text(f"GET {data}").is_visible()
    answer = page.request.get(f"{product.url}{data}", headers={"Accept": "application/json"})
    assert answer.json()["slug"] == "fidle"
    # A browser that follows the same address reads the page, in its own language.
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto(f"{product.url}{data}")
    assert urlsplit(page.url).path == f"/{language}/offers/fidle"

    page.goto(f"{product.url}/{language}/offers?q=gpu&kind=compute")
    unfold(page.locator('main a[type="application/json"]'))
    data = page.locator('main a[type="application/json"]').get_attribute("href")
    found = page.request.get(f"{product.url}{data}").json()["items"]
    assert [one["slug"] for one in found] == slugs(page)


def test_a_founder_who_has_only_a_keyboard_finds_an_offer(tab, language):
    page = tab.page
    tab.open(f"/{language}/")
    tab_to(page, ".skip", 1)
    page.keyboard.press("Enter")
    tab_to(page, "#q")
    page.keyboard.type(WISH[language])
    page.keyboard.press("Enter")
    page.wait_for_url("**/offers?**")
    if not page.locator(".narrowing h2").is_visible():
        tab_to(page, ".narrowing > summary")
        page.keyboard.press("Enter")
    fold = '.narrowing details:has(a[href*="status=open"])'
    tab_to(page, f"{fold} > summary, {fold} a")
    if not page.locator(f"{fold} a").first.is_visible():
        page.keyboard.press("Enter")
    tab_to(page, 'a[href*="status=open"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**status=open**")
    tab_to(page, ".results .hit h3 a")
    focused = page.locator(":focus")
    assert re.search("solid", str(focused.evaluate("(one) => getComputedStyle(one).outline")))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/offers/**")
    tab.judge()
