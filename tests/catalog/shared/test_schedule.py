from datetime import UTC, date, datetime, time, timedelta

import orjson
from hypothesis import given
from hypothesis import strategies as st
from tests.catalog.support import NOW

from aiff_catalog.shared.schedule import (
    dump_schedule,
    etag_of,
    holds_until,
    load_schedule,
    period_at,
    schedule_of,
    with_status,
)
from aiff_contracts.codec import dump
from aiff_contracts.offer.intake import (
    ClosedForGood,
    CutOffs,
    DatedWindow,
    Moment,
    Permanent,
    RecommendationOnly,
    Waves,
    Window,
    next_deadline,
    status_at,
)

days = st.dates(date(2025, 1, 1), date(2028, 1, 1))
moments = st.builds(Moment, on=days, at=st.none() | st.sampled_from([time(10), time(17, 30)]))


@st.composite
def windows(draw):
    opens, length = draw(days), draw(st.integers(1, 200))
    closes = Moment(on=opens + timedelta(days=length))
    return Window(opens=Moment(on=opens), closes=draw(st.none() | st.just(closes)))


@st.composite
def cut_offs(draw):
    dates = draw(st.lists(moments, min_size=1, max_size=4).map(tuple))
    before = Moment(on=min(moment.on for moment in dates) - timedelta(days=1))
    opens = draw(st.none() | st.just(before))
    return CutOffs(opens=opens, cut_offs=dates, recurring=draw(st.booleans()))


intakes = st.one_of(
    st.just(Permanent()),
    st.just(RecommendationOnly()),
    st.just(ClosedForGood()),
    st.builds(DatedWindow, window=windows()),
    st.builds(Waves, waves=st.lists(windows(), min_size=1, max_size=4).map(tuple)),
    cut_offs(),
)
instants = st.datetimes(datetime(2024, 6, 1), datetime(2028, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(intakes, instants)
def test_a_stored_calendar_says_at_any_time_what_the_intake_says(intake, now):
    period = period_at(load_schedule(dump_schedule(schedule_of(intake))), now)
    deadline = next_deadline(intake, now)
    assert period.status == status_at(intake, now)
    assert period.deadline == (None if deadline is None else dump(deadline))


@given(intakes, instants)
def test_nothing_changes_before_the_end_of_a_period(intake, now):
    schedule = schedule_of(intake)
    end = holds_until(schedule, now)
    if end is None:
        assert period_at(schedule, now) is schedule[-1]
        return
    assert end > now
    assert period_at(schedule, end - timedelta(seconds=1)) is period_at(schedule, now)
    assert period_at(schedule, end) is not period_at(schedule, now)


def test_the_status_is_added_to_the_end_of_the_stored_bytes():
    period = period_at(schedule_of(Permanent()), NOW)
    document = orjson.loads(with_status(b'{"slug":"bourse"}', period))
    assert document == {"slug": "bourse", "intake_status": "open", "next_deadline": None}


def test_the_entity_tag_changes_with_the_version_and_with_what_the_clock_derives():
    window = Window(opens=Moment(on=date(2026, 12, 1)), closes=Moment(on=date(2026, 12, 31)))
    schedule = schedule_of(DatedWindow(window=window))
    before, during, after = (
        period_at(schedule, datetime(2026 + extra, month, 15, tzinfo=UTC))
        for extra, month in ((0, 11), (0, 12), (1, 1))
    )
    assert etag_of(7, before) == '"7-opens_soon-2026-12-31"'
    assert etag_of(7, during) == '"7-open-2026-12-31"'
    assert etag_of(7, after) == '"7-closed"'
