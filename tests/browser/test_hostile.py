"""What others wrote is text on every page: nothing of it runs, opens, loads or leads away."""

import pytest
from tests.portal.backend import ATTACK

# Search terms as attackers type them; each is shown again in the field that it came from.
TERMS = (
    ATTACK,
    "javascript:alert(1)",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "' OR 1=1 --",
    "</title><svg onload=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
)
# A script that is not one of the portal's own.
FOREIGN = 'script:not([src^="/static/"])'
PLACES = (
    "offers/hostile",
    "organisations/hostile",
    "offers?q=titre&provider=hostile",
    "compare?offers=hostile&offers=fidle",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_listing_is_text(tab, language, place):
    tab.open(f"/{language}/{place}")
    assert tab.page.get_by_text("<script>alert(1)</script>").filter(visible=True).count() > 0
    assert tab.page.locator(f"{FOREIGN}, main img, iframe, object").count() == 0
    assert tab.page.locator('[href^="javascript:" i]').count() == 0


def test_hostile_words_are_searched_for_as_they_are(tab, language):
    tab.open(f"/{language}/offers")
    for term in TERMS:
        tab.page.locator("#q").fill(term)
        tab.page.locator("#q").press("Enter")
        tab.page.wait_for_load_state()
        assert tab.page.locator("#q").input_value() == term
        assert tab.page.locator(f"{FOREIGN}, main img, main svg, iframe").count() == 0
    tab.judge()
