"""Days and instants lie in years around which zones and periods can be computed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AwareDatetime

from aiff_contracts.codec import Faults, parse
from aiff_contracts.language import FIRST_YEAR, LAST_YEAR, Strict


@dataclass(frozen=True, slots=True, kw_only=True)
class Times(Strict):
    """Every kind of day and instant that the published language uses."""

    day: date | None = None
    at: datetime | None = None
    aware: AwareDatetime | None = None
    days: tuple[date, ...] = ()


@pytest.mark.parametrize(
    "stated",
    [
        {"aware": "9999-12-31T23:59:59-23:59"},
        {"aware": "9999-12-31T23:59:59Z"},
        {"aware": "0001-01-01T00:00:00+14:00"},
        {"at": "9999-12-31T23:59:59.999999Z"},
        {"at": "0001-01-01T00:00:00Z"},
        {"at": "2201-01-01T00:00:00Z"},
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"day": "0999-12-31"},
        {"days": ["2026-12-15", "2201-01-01"]},
    ],
)
def test_a_year_around_which_nothing_can_be_computed_is_refused(stated: dict[str, Any]) -> None:
    with pytest.raises(Faults, match=f"a year from {FIRST_YEAR} to {LAST_YEAR}"):
        parse(Times, stated)


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), st.timezone_keys())
def test_with_every_other_day_people_can_calculate(day: date, zone: str) -> None:
    assert parse(Times, {"day": str(day)}).day == day
    found = parse(Times, {"aware": f"{day}T23:59:59+14:00"}).aware
    assert found is not None
    assert found.astimezone(ZoneInfo(zone)).astimezone(UTC) == found
    assert found + timedelta(days=366 * 40) > found
