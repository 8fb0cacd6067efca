from datetime import UTC, datetime, timedelta

from aiff_kit.pace import Pace

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_first_time_is_at_once():
    assert not Pace(HOUR).is_early(NOW)


def test_after_the_work_an_interval_passes():
    pace = Pace(HOUR)
    pace.done(NOW)
    assert pace.is_early(NOW + HOUR - timedelta(seconds=1))
    assert not pace.is_early(NOW + HOUR)
    # Work that failed did not call done().
    assert not pace.is_early(NOW + HOUR)
