from datetime import UTC, datetime, timedelta

from aiff_kit.throttle import Throttle

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_first_time_is_at_once():
    assert not Throttle(HOUR).is_early(NOW)


def test_after_the_work_an_interval_passes():
    throttle = Throttle(HOUR)
    throttle.done(NOW)
    assert throttle.is_early(NOW + HOUR - timedelta(seconds=1))
    assert not throttle.is_early(NOW + HOUR)


def test_work_that_failed_is_tried_again_at_once():
    throttle = Throttle(HOUR)
    throttle.done(NOW)
    # Asking is not the work: only done() begins the next interval.
    assert [throttle.is_early(NOW + HOUR) for _ in range(2)] == [False, False]
