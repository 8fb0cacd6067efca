"""How often something may be tried."""

from aiff_gateway.limits.domain.attempts import AttemptWindow


def test_the_window_of_attempts_slides():
    window = AttemptWindow(limit=2, seconds=10, max_keys=2)
    assert [window.attempt("a", now) for now in (0, 1, 2)] == [0, 0, 8]
    assert window.attempt("a", 10) == 0
    assert window.attempt("a", 10.5) == 1


def test_the_window_forgets_the_least_recent_key_when_it_is_full():
    window = AttemptWindow(limit=1, seconds=10, max_keys=2)
    for key in ("a", "b", "c"):
        assert window.attempt(key, 0) == 0
    assert window.attempt("c", 1) > 0
    assert window.attempt("a", 1) == 0
