from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.offer.intake import (
    ClosedForGood,
    ClosesAtCount,
    CutOffs,
    DatedWindow,
    Moment,
    Permanent,
    PhaseGated,
    RecommendationOnly,
    RollingThenDated,
    UnknownIntake,
    Waves,
    Window,
    next_deadline,
    next_opening,
    status_at,
    status_in,
    timeline,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def day(text: str) -> Moment:
    return Moment(on=date.fromisoformat(text))


@pytest.mark.parametrize(
    ("intake", "status"),
    [
        (Permanent(), "open"),
        (UnknownIntake(), "unknown"),
        (ClosedForGood(), "closed"),
        (RecommendationOnly(), "by_recommendation"),
        (DatedWindow(window=Window(opens=day("2026-11-01"), closes=day("2026-11-30"))), "open"),
        (DatedWindow(window=Window(closes=day("2026-02-03"))), "closed"),
        (DatedWindow(window=Window(opens=day("2026-12-15"))), "opens_soon"),
        (DatedWindow(window=Window(opens=day("2027-06-01"))), "closed"),
        (DatedWindow(window=Window()), "unknown"),
        (CutOffs(cut_offs=(day("2026-02-11"), day("2026-11-25"))), "open"),
        (CutOffs(cut_offs=(day("2026-11-04"),)), "closed"),
        (CutOffs(cut_offs=(day("2026-11-04"),), recurring=True), "open"),
        (CutOffs(cut_offs=()), "unknown"),
        (RollingThenDated(full_cut_offs=(day("2026-11-04"),)), "open"),
        (PhaseGated(after="phase-1"), "unknown"),
        (
            Waves(waves=(Window(opens=day("2026-01-05"), closes=day("2026-02-27")),)),
            "closed",
        ),
        (ClosesAtCount(window=Window(closes=day("2027-01-01")), limit=250), "open"),
        (
            ClosesAtCount(window=Window(closes=day("2027-01-01")), limit=250, remaining=0),
            "closed",
        ),
    ],
)
def test_the_status_follows_from_the_intake_and_the_clock(intake, status):
    assert status_at(intake, NOW) == status


def test_a_day_without_a_time_lasts_until_its_end_in_paris():
    intake = CutOffs(cut_offs=(day("2026-11-25"),))
    assert status_at(intake, datetime(2026, 11, 25, 22, 59, tzinfo=UTC)) == "open"
    assert status_at(intake, datetime(2026, 11, 25, 23, 0, tzinfo=UTC)) == "closed"


def test_a_cut_off_at_ten_in_brussels_is_over_at_ten():
    moment = Moment(on=date(2026, 11, 30), at=time(10), timezone="Europe/Brussels")
    intake = CutOffs(cut_offs=(moment,))
    assert status_at(intake, datetime(2026, 11, 30, 8, 59, tzinfo=UTC)) == "open"
    assert status_at(intake, datetime(2026, 11, 30, 9, 0, tzinfo=UTC)) == "closed"


def test_an_opening_is_soon_from_ninety_days_before():
    intake = DatedWindow(window=Window(opens=day("2027-03-01"), closes=day("2027-04-01")))
    found = [status for _, status in timeline(intake)]
    assert found == ["closed", "opens_soon", "open", "closed"]


def test_deadlines_and_openings_ahead_are_named():
    intake = RollingThenDated(full_cut_offs=(day("2026-11-04"), day("2027-01-13")))
    assert next_deadline(intake, NOW) == day("2027-01-13")
    waves = Waves(waves=(Window(opens=day("2027-01-05"), closes=day("2027-02-27")),))
    assert next_opening(waves, NOW) == day("2027-01-05")
    assert next_opening(Permanent(), NOW) is None


def test_a_window_that_closes_before_it_opens_is_refused():
    with pytest.raises(ValueError, match="closes before it opens"):
        Window(opens=day("2026-12-01"), closes=day("2026-11-01"))


def test_an_unknown_time_zone_is_refused():
    with pytest.raises(ValueError, match="not a time zone"):
        Moment(on=date(2026, 1, 1), timezone="Europe/Atlantis")


days = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31))


@given(st.lists(st.tuples(days, days), min_size=1, max_size=5), days)
def test_a_stored_timeline_gives_the_status_at_any_instant(pairs, when):
    windows = tuple(
        Window(opens=Moment(on=min(pair)), closes=Moment(on=max(pair))) for pair in pairs
    )
    now = datetime.combine(when, time(12), UTC)
    inside = any(w.opens.start() <= now < w.closes.end() for w in windows)
    status = status_in(timeline(Waves(waves=windows)), now)
    assert (status == "open") == inside
