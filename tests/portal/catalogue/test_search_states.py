"""An address is the whole state of a search, and each change of it is a link."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_portal.catalogue.domain.bounds import BOUNDS, read_amount, read_day, read_memory
from aiff_portal.catalogue.domain.results import marked
from aiff_portal.catalogue.domain.search import FACETS, SORTS, Search, search_of

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
VALUES = st.text(min_size=1, max_size=8).map(str.strip).filter(bool)
FILTERS = st.lists(
    st.tuples(st.sampled_from([*FACETS, "provider"]), VALUES), unique=True, max_size=6
)
WRITTEN = st.sampled_from(["80", "80 Go", "10 k€", "2026-12-31", "31/12/2026", "2026-02-30", "x"])


def in_order(found):
    return tuple((name, found[name]) for name in BOUNDS if name in found)


SEARCHES = st.builds(
    Search,
    q=WORDS,
    filters=FILTERS.map(tuple),
    bounds=st.fixed_dictionaries({}, optional=dict.fromkeys(BOUNDS, WRITTEN)).map(in_order),
    unstated=st.booleans(),
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
    known = {*FACETS, *BOUNDS, "provider", "q", "include_unknown", "sort", "cursor"}
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


@pytest.mark.parametrize(
    ("written", "euros"),
    [
        ("50000", "50000"),
        ("10 k€", "10000"),
        ("10k", "10000"),
        ("1,5 M€", "1500000"),
        ("50\u202f000 euros", "50000"),
        ("50.000", "50000"),
        ("50,000", "50000"),
        ("12.50", "12.5"),
        ("0", "0"),
        ("-5", None),
        ("dix mille", None),
        ("1e400", None),
        ("9" * 400, None),
        ("2000 Md", None),
    ],
)
def test_amounts_are_read_as_people_write_them(written, euros):
    assert read_amount(written) == euros


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-12-31", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("1/2/2027", "2027-02-01"),
        ("2026-02-30", None),
        ("31/02/2026", None),
        ("12/31/2026", None),
        ("1969-12-31", None),
        ("2026", None),
        ("demain", None),
    ],
)
def test_only_days_that_exist_are_asked_for(written, day):
    assert read_day(written) == day


@pytest.mark.parametrize(
    ("written", "gigabytes"),
    [("80", "80"), ("80 Go", "80"), ("80GB", "80"), ("0", None), ("H100", None)],
)
def test_memory_is_read_with_or_without_its_unit(written, gigabytes):
    assert read_memory(written) == gigabytes


@given(st.text(max_size=30))
def test_whatever_is_written_into_a_field_is_read_or_said(written):
    for name in BOUNDS:
        search = search_of([(name, written)])
        asked = dict(search.parameters())
        assert (name in asked) != (name in search.faults()) or not written.strip()


@given(SEARCHES)
def test_the_api_is_never_asked_for_days_that_end_before_they_begin(search):
    asked = search.askable()
    first, last = asked.get("deadline_after"), asked.get("deadline_before")
    assert first is None or last is None or first <= last
    assert {name for name, _ in search.bounds} == {*asked, *search.faults()}


@given(SEARCHES, st.sampled_from([*BOUNDS]))
def test_a_bound_that_is_taken_back_is_gone_and_the_rest_stays(search, name):
    left = search.without_bound(name)
    assert name not in dict(left.bounds)
    assert left.filters == search.filters
    assert left.cursor == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("H10O", "H100"),
        ("A1OO 8o Go", "A100 80 Go"),
        ("MI25O", "MI250"),
        ("L40S", None),
        ("l40s", None),
        ("h100", None),
        ("Orano", None),
        ("", None),
    ],
)
def test_letters_after_figures_are_read_as_the_figures_that_they_look_like(written, meant):
    respelt = Search(q=written).respelt()
    assert (respelt and respelt.q) == meant


@given(SEARCHES)
def test_what_is_respelt_once_stays_as_it_is(search):
    respelt = search.respelt()
    assert respelt is None or respelt.respelt() is None
