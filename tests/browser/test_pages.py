"""Every page, found by following the links, and every state that no link leads to."""

from datetime import UTC, datetime

import pytest
from bench.pages import tools
from bench.pages.crawling import STARTS, telling, visits
from bench.pages.judging import LARGEST_PAGE
from fastapi.routing import iter_route_contexts
from starlette.routing import compile_path
from tests.browser.conftest import LANGUAGES

from aiff_kit.testing import SettableClock
from aiff_portal.api.adapters import open_client
from aiff_portal.main.service import application

# What a form or a mistake leads to, with its status.
STATES = {
    "offers?q=xyzzyplugh": 200,
    "offers?q=H10O": 200,
    "offers?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E": 200,
    "offers?amount_min=beaucoup&deadline_after=32%2F13%2F2026": 200,
    "offers?cursor=forged": 400,
    "compare": 200,
    "compare?offers=fidle": 200,
    "compare?offers=jean-zay-h100&offers=scaleway-h100-sxm-8&offers=hostile": 200,
    "compare?offers=fidle&offers=nowhere": 200,
    "offers/hostile": 200,
    "offers/nowhere": 404,
    "nowhere": 404,
    "refused/429": 200,
    "api/nothing": 404,
    "problems/nothing": 404,
}
# Of one shape, so many are looked at here; `make pages` looks at all.
MOST = 12
_SECRET = "a secret of this test alone, long enough"


@pytest.fixture(scope="module")
def found(product):
    """The pages that links lead to; it takes its time, so it is done once."""
    states = [f"/{language}/{state}" for language in LANGUAGES for state in STATES]
    return visits(product.url, [*states, *STARTS], most=MOST)


def expected_status(address: str) -> int:
    return STATES.get(address[4:], 200)


def is_page(route) -> bool:
    """Tell whether people read it: not what completes an address, nor a part of a page."""
    whole = route.path.startswith(("/fr/", "/en/")) and not route.path.endswith("/suggestions")
    return whole and "GET" in route.methods


def test_every_page_answers_as_it_should_and_none_is_large(found):
    wrong = {one.address: one.status for one in found if one.status != expected_status(one.address)}
    assert wrong == {}
    assert {one.address for one in found if len(one.html) > LARGEST_PAGE} == set()


def test_no_page_of_the_portal_is_forgotten(found):
    app = application(open_client("http://gateway"), _SECRET, SettableClock(datetime.now(UTC)))
    routes = [*iter_route_contexts(app.routes)]
    # What answers a form is judged by the stories; asked for by its address it leads elsewhere.
    posted = {route.path for route in routes if "POST" in (route.methods or ())}
    read = [route.path for route in routes if is_page(route)]
    assert len(read) > 10
    paths = {one.address.partition("?")[0] for one in found}
    unseen = [path for path in read if not any(map(compile_path(path)[0].match, paths))]
    assert set(unseen) <= posted


def test_every_page_is_valid_html(found):
    told = tools.validated({one.address: one.html for one in found if one.is_page})
    assert {address: messages for address, messages in told.items() if messages} == {}


def test_every_kind_of_page_holds_what_is_promised(found, tab):
    pages = telling(one for one in found if one.is_page)
    for page in pages:
        tab.open(page.address, expected_status(page.address))
