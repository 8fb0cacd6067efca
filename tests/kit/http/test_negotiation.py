"""Accept headers: the most precise range decides, weights order, nothing that fits is 406."""

import pytest

from aiff_kit.http import negotiated
from aiff_kit.problems import NOT_ACCEPTABLE, Problem

OFFERED = ("application/json", "text/calendar", "text/html")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "text/html"),
        ("TEXT/Calendar; charset=UTF-8", "text/calendar"),
        ("text/*", "text/calendar"),
        ("text/html;q=0.4, text/calendar;q=0.5", "text/calendar"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/*;q=0.9, text/calendar;q=0, */*;q=0.1", "text/html"),
        ("application/json;q=0, */*", "text/calendar"),
        ("image/png, */*;q=0.001", "application/json"),
        ("nonsense, text/html;q=high, text/calendar", "text/calendar"),
    ],
)
def test_the_preferred_type_is_chosen(accept: str | None, expected: str) -> None:
    assert negotiated(accept, OFFERED) == expected


@pytest.mark.parametrize(
    "accept", ["image/png", "text/html;q=0", "*/*;q=0", "text/html;level=1", "text/html;q=2"]
)
def test_nothing_acceptable_is_refused_with_what_is_offered(accept: str) -> None:
    with pytest.raises(Problem) as refused:
        negotiated(accept, OFFERED)
    assert refused.value.kind is NOT_ACCEPTABLE
    assert "text/calendar" in refused.value.detail
