"""An address is the whole state of a search, and each change of it is a link."""

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from aiff_portal.catalogue.domain.results import marked
from aiff_portal.catalogue.domain.search import FACETS, SORTS, Search, search_of

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
VALUES = st.text(min_size=1, max_size=8).map(str.strip).filter(bool)
FILTERS = st.lists(
    st.tuples(st.sampled_from([*FACETS, "provider"]), VALUES), unique=True, max_size=6
)
SEARCHES = st.builds(
    Search,
    q=WORDS,
    filters=FILTERS.map(tuple),
    memory=st.sampled_from(["", "80"]),
    sort=st.sampled_from(SORTS),
    cursor=st.sampled_from(["", "abc"]),
)


def read(search):
    return search_of(parse_qsl(search.address().removeprefix("?")))


@given(SEARCHES)
def test_an_address_read_again_is_the_same_search(search):
    assert read(search) == search


@given(SEARCHES, st.sampled_from(FACETS), VALUES)
def test_a_filter_set_and_taken_back_leaves_the_search_on_its_first_page(search, name, value):
    there = search.toggled(name, value)
    assert there.cursor == ""
    assert there.holds(name, value) is not search.holds(name, value)
    back = there.toggled(name, value)
    assert set(back.filters) == set(search.filters)


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=8))
def test_what_a_page_does_not_know_is_not_asked_of_the_api(pairs):
    known = {*FACETS, "provider", "q", "gpu_memory_min", "sort", "cursor"}
    asked = {name for name, _ in search_of(pairs).parameters()}
    assert asked <= {*known, "facets", "count", "limit", "highlight"}


def test_facets_of_one_kind_are_shown_while_it_is_looked_for():
    assert "gpu_model" in Search().facets()
    assert "gpu_model" in Search().toggled("kind", "compute").facets()
    funding = Search().toggled("kind", "funding").facets()
    assert "gpu_model" not in funding
    assert "instrument" in funding


@given(st.text(max_size=60))
def test_only_the_marks_of_a_highlight_are_believed(html):
    parts = marked(html, None)
    assert all("<mark>" not in part for part, _ in parts) or "&lt;mark&gt;" in html


def test_a_highlight_is_text_with_marked_parts():
    assert marked("le <mark>H100</mark> &lt;b&gt;", None) == (
        ("le ", False),
        ("H100", True),
        (" <b>", False),
    )
    assert marked(None, "rien") == (("rien", False),)
