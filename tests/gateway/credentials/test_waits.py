"""Who guesses waits longer and longer; nobody else does."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.credentials.domain.devices import SignInSecrets
from aiff_gateway.credentials.domain.waits import (
    FORGOTTEN_AFTER,
    FREE_TRIES,
    Counted,
    Tries,
)
from aiff_gateway.shared.networks import subscriber_of

NOW = datetime(2026, 12, 1, tzinfo=UTC)
ADA, BOB = UUID(int=1), UUID(int=2)


def tries(counted: Counted, failures: int) -> Tries:
    return Tries(counted=counted, failures=failures, last_at=NOW)


@given(st.sampled_from(Counted), st.integers(0, 1000), st.integers(0, 2 * 86_400))
def test_a_wait_never_shrinks_with_failures_nor_outlasts_a_quarter_of_an_hour(
    counted, failures, passed
):
    now = NOW + timedelta(seconds=passed)
    wait = tries(counted, failures).wait(now)
    assert timedelta(0) <= wait <= timedelta(minutes=15)
    assert wait <= tries(counted, failures + 1).wait(now)
    if failures < FREE_TRIES[counted] or now - NOW >= timedelta(minutes=15):
        assert wait == timedelta(0)


@pytest.mark.parametrize(("beyond", "seconds"), [(-1, 0), (0, 15), (1, 30), (5, 480), (6, 900)])
def test_waits_double_once_the_free_tries_are_used_up(beyond, seconds):
    failures = FREE_TRIES[Counted.ACCOUNT_HERE] + beyond
    assert tries(Counted.ACCOUNT_HERE, failures).wait(NOW) == timedelta(seconds=seconds)


def test_failures_are_forgotten_after_a_day_without_any():
    old = tries(Counted.ACCOUNT, 400)
    assert old.failed(NOW + timedelta(hours=1)).failures == 401
    assert old.failed(NOW + FORGOTTEN_AFTER).failures == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("somewhere", "somewhere"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_a_subscriber_is_one_network(address, network):
    assert subscriber_of(address) == network


@given(st.binary(max_size=60))
def test_a_mark_is_good_for_its_person_alone_and_cannot_be_made_elsewhere(noise):
    ours, theirs = SignInSecrets("ours"), SignInSecrets("theirs")
    mark = ours.mark(ADA)
    assert ours.is_of(mark, ADA)
    assert not ours.is_of(mark, BOB)
    assert not theirs.is_of(mark, ADA)
    assert not ours.is_of(noise.hex(), ADA)
    assert ours.mark(ADA) != mark


@pytest.mark.parametrize("mark", [None, "", "é", "a", "====", "A" * 80])
def test_what_is_no_mark_is_nobodys(mark):
    assert not SignInSecrets("ours").is_of(mark, ADA)
