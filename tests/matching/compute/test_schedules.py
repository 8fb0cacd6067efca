"""When an option gives access, over the intake calendars and the delays of programmes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matching.documents import mode

from aiff_contracts.codec import parse
from aiff_contracts.offer import AccessMode, ComputeDetails
from aiff_contracts.offer.intake import status_at
from aiff_matching.compute.domain.schedules import (
    Days,
    Unit,
    access,
    after,
    cut_offs,
    days_of_work,
)
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.intervals import Between

NOON = datetime(2026, 12, 22, 11, tzinfo=UTC)
TODAY = NOON.date()
FAST = {"maximum": 4, "unit": "working_days"}
COLLECTED = {"minimum": 10, "maximum": 10, "unit": "working_days", "after": "cut_off"}


def details(**fields: Any) -> ComputeDetails:
    body = {"nature": "machine", "sector": "public", "status": "operational"}
    return parse(ComputeDetails, body | fields)


def way(intake: dict[str, Any], delay: dict[str, Any] | None) -> AccessMode:
    return parse(AccessMode, mode("mode", "gpu_hour", intake=intake, delay=delay))


def begins(
    intake: dict[str, Any], delay: dict[str, Any] | None = None, **fields: Any
) -> tuple[date, date | None]:
    one = way(intake, delay)
    status = status_at(one.intake, NOON)
    found = access(details(**fields), one, one.intake, status, NOON, TODAY)
    return found.first, found.last


@pytest.mark.parametrize(
    ("count", "unit", "expected"),
    [
        (3, "weeks", date(2027, 2, 21)),
        (1, "months", date(2027, 3, 1)),
        (13, "months", date(2028, 3, 1)),
        (0, "working_days", date(2027, 1, 31)),
    ],
)
def test_a_week_is_seven_days_and_a_month_one_of_the_calendar(
    count: int, unit: Unit, expected: date
) -> None:
    assert after(date(2027, 1, 31), count, unit) == expected


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 12, 22), 4, date(2026, 12, 29)),
        (date(2027, 3, 26), 1, date(2027, 3, 30)),
        (date(2027, 5, 5), 1, date(2027, 5, 7)),
        (date(2027, 7, 13), 1, date(2027, 7, 15)),
        (date(2026, 11, 24), 4, date(2026, 11, 30)),
    ],
    ids=["Christmas", "Easter Monday", "Ascension", "14 July", "weekend"],
)
def test_public_holidays_are_no_working_days(start: date, count: int, expected: date) -> None:
    assert after(start, count, "working_days") == expected
    assert after(start, count, "calendar_days") < expected


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(0, 300), st.integers(0, 300))
def test_working_days_add_up(day: date, first: int, then: int) -> None:
    if first == 0:
        return
    once = after(day, first + then, "working_days")
    assert after(after(day, first, "working_days"), then, "working_days") == once


def test_a_delay_counts_from_the_application_and_may_be_shorter() -> None:
    assert begins({"shape": "permanent"}, FAST) == (TODAY, date(2026, 12, 29))


def test_a_delay_after_a_cut_off_counts_from_the_next_one() -> None:
    calendar = {
        "shape": "cut_offs",
        "cut_offs": [{"on": "2026-12-15"}, {"on": "2027-01-04"}, {"on": "2027-01-15"}],
    }
    assert begins(calendar, COLLECTED) == (date(2027, 1, 18), date(2027, 1, 18))
    one = way(calendar, COLLECTED)
    found = [(ahead.moment.on, ahead.access.last) for ahead in cut_offs(one, one.intake, NOON)]
    assert found == [
        (date(2027, 1, 4), date(2027, 1, 18)),
        (date(2027, 1, 15), date(2027, 1, 29)),
    ]


def test_recurring_cut_offs_whose_dates_are_not_published_leave_the_start_open() -> None:
    calendar = {"shape": "cut_offs", "cut_offs": [{"on": "2026-12-11"}], "recurring": True}
    first, last = begins(calendar, COLLECTED)
    assert first >= TODAY
    assert last is None


def test_what_opens_later_begins_after_its_opening() -> None:
    window = {"shape": "window", "window": {"opens": {"on": "2027-02-01"}}}
    assert begins(window, FAST) == (date(2027, 2, 1), date(2027, 2, 5))


def test_without_a_published_delay_only_the_best_case_is_known() -> None:
    assert begins({"shape": "permanent"}) == (TODAY, None)
    assert begins({"shape": "unknown"}, FAST) == (TODAY, None)


def test_a_machine_that_does_not_run_yet_begins_at_the_earliest_when_it_is_expected() -> None:
    expected = {"earliest": "2027-06-01", "text": {"fr": "2027", "en": "2027"}, "source": "presse"}
    found = begins({"shape": "permanent"}, FAST, status="planned", expected=expected)
    assert found == (date(2027, 6, 1), None)


@pytest.mark.parametrize(
    ("state", "expires", "last"),
    [
        ("open", "2027-01-01T00:00:00Z", TODAY),
        ("open", "2026-12-01T00:00:00Z", None),
        ("scarce", "2027-01-01T00:00:00Z", None),
    ],
)
def test_a_cloud_begins_today_only_where_stock_was_seen(
    state: str, expires: str, last: date | None
) -> None:
    seen = {"state": state, "observed_at": "2026-11-30T00:00:00Z", "source": "api"}
    stock = [seen | {"expires_at": expires}]
    cloud = {"nature": "cloud", "sector": "private", "status": "on_sale", "availability": stock}
    assert begins({"shape": "permanent"}, None, **cloud) == (TODAY, last)


def test_a_day_is_met_missed_or_open() -> None:
    span = Days(date(2027, 1, 10), date(2027, 1, 20))
    assert span.by(date(2027, 1, 20)) is Truth.TRUE
    assert span.by(date(2027, 1, 9)) is Truth.FALSE
    assert span.by(date(2027, 1, 15)) is Truth.UNKNOWN
    assert Days(span.first, None).by(date(2027, 1, 20)) is Truth.UNKNOWN


def test_an_end_without_a_bound_is_unknown_and_never_an_error() -> None:
    span = Days(TODAY, TODAY)
    assert span.later(Between(1e12, float("inf"))).last is None
    assert span.later(days_of_work(Between(480, 960), 4)) == Days(
        date(2026, 12, 27), date(2027, 1, 1)
    )
