import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_kit.gathering import Gathering


def halves(numbers):
    """Return the half of each; an odd one fails, and with it all that were given beside it."""
    if any(number % 2 for number in numbers):
        message = f"odd among {numbers}"
        raise ValueError(message)
    return [number // 2 for number in numbers]


@given(st.lists(st.integers()), st.integers(1, 5))
def test_each_thing_gets_its_own_result_in_order(numbers, most):
    assert Gathering(halves, most).do([2 * number for number in numbers]) == numbers


def test_no_more_than_the_most_are_done_together():
    sizes = []
    gathering = Gathering(lambda things: sizes.append(len(things)) or things, 3)
    assert gathering.do(list("abcdefgh")) == list("abcdefgh")
    assert sizes == [3, 3, 2]


def test_a_failure_reaches_its_own_caller_alone():
    gathering = Gathering(halves, 8)

    def asked(number):
        try:
            return gathering.do([number])[0]
        except ValueError as failure:
            return str(failure)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(asked, range(64)))
    assert found == [f"odd among [{n}]" if n % 2 else n // 2 for n in range(64)]


def test_who_waits_is_served_together_with_the_others_that_wait():
    begun, going_on, groups = Event(), Event(), []

    def work(things):
        groups.append(list(things))
        begun.set()
        assert going_on.wait(10)
        return things

    gathering = Gathering(work, 8)
    first = Thread(target=gathering.do, args=(["first"],))
    first.start()
    assert begun.wait(10)
    others = [Thread(target=gathering.do, args=([name],)) for name in "abc"]
    for thread in others:
        thread.start()
    while len(gathering._waiting) < 3:
        time.sleep(0.001)
    going_on.set()
    for thread in [first, *others]:
        thread.join(10)
    assert [len(group) for group in groups] == [1, 3]
    assert {*groups[1]} == {"a", "b", "c"}


def test_the_next_call_works_after_a_failure():
    gathering = Gathering(halves, 8)
    with pytest.raises(ValueError, match="odd"):
        gathering.do([1])
    assert gathering.do([4]) == [2]
