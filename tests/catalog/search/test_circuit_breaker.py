from aiff_catalog.search.adapters.opensearch.circuit_breaker import CircuitBreaker


class Seconds:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def opened(seconds):
    breaker = CircuitBreaker(failures=3, rest_seconds=5, monotonic=seconds)
    for _ in range(3):
        assert breaker.admits()
        breaker.failed()
    return breaker


def test_calls_go_through_until_several_in_a_row_have_failed():
    breaker = CircuitBreaker(failures=3, rest_seconds=5, monotonic=Seconds())
    for outcome in (breaker.failed, breaker.failed, breaker.succeeded) * 3:
        assert breaker.admits()
        outcome()
    assert breaker.admits()


def test_then_none_goes_through_for_a_while():
    seconds = Seconds()
    breaker = opened(seconds)
    seconds.now += 4.9
    assert not breaker.admits()


def test_then_one_alone_tries_and_when_it_fails_the_rest_begins_again():
    seconds = Seconds()
    breaker = opened(seconds)
    seconds.now += 5
    assert [breaker.admits(), breaker.admits()] == [True, False]
    breaker.failed()
    seconds.now += 4.9
    assert not breaker.admits()


def test_when_it_succeeds_all_go_through_again():
    seconds = Seconds()
    breaker = opened(seconds)
    seconds.now += 5
    assert breaker.admits()
    breaker.succeeded()
    assert [breaker.admits(), breaker.admits()] == [True, True]


def test_a_probe_that_never_comes_back_does_not_close_the_way_for_ever():
    seconds = Seconds()
    breaker = opened(seconds)
    seconds.now += 5
    assert breaker.admits()
    seconds.now += 5
    assert breaker.admits()
