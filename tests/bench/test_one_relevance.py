"""Search and matching rank by one relevance: the same text finds the same offer first in both."""

import pytest
from bench.search_quality import MATCHING, SEARCH, all_orders, judged

# Every fifth is enough to see two formulas drift apart; the benchmark compares all of them.
SEARCHES = judged()[::5]


@pytest.fixture(scope="module")
def orders():
    return all_orders(SEARCHES)


def test_the_first_offer_of_a_search_is_the_first_by_matching(orders):
    differences = [
        f"{search.q}: {one[:1]} and {other[:1]}"
        for search, one, other in zip(SEARCHES, orders[SEARCH], orders[MATCHING], strict=True)
        if one[:1] != other[:1]
    ]
    assert differences == []


@pytest.mark.no_cover
def test_nothing_that_people_ask_for_finds_an_empty_page(orders):
    assert [
        search.q for search, found in zip(SEARCHES, orders[SEARCH], strict=True) if not found
    ] == []
