"""What is admitted, what callers are told of it, and what operators may change."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_gateway.edge.domain.routes import ROUTES, cost_of
from aiff_gateway.limits.domain import windows
from aiff_gateway.limits.domain.policies import (
    DEFAULTS,
    Cost,
    Holder,
    Policy,
    Standing,
    changed,
    multiplied,
)
from aiff_gateway.limits.domain.telling import limit_headers

COUNTS = st.integers(0, 50)


@given(amount=st.integers(1, 50), seconds=st.sampled_from([60, 3600]), data=st.data())
def test_the_wait_that_is_told_is_enough_and_not_much_too_long(amount, seconds, data):
    policy = Policy("search", amount, seconds)
    previous, current = data.draw(st.integers(0, amount)), data.draw(st.integers(0, amount))
    elapsed = data.draw(st.floats(0, seconds - 0.001))
    if windows.admits(policy, previous, current, elapsed):
        return
    told = windows.standing(policy, previous, current, elapsed, admitted=False)

    def admitted_at(instant: float) -> bool:
        if instant >= 2 * seconds:
            return windows.admits(policy, 0, 0, instant - 2 * seconds)
        if instant >= seconds:
            return windows.admits(policy, current, 0, instant - seconds)
        return windows.admits(policy, previous, current, instant)

    assert admitted_at(elapsed + told.wait + 1e-6)
    assert not admitted_at(max(elapsed, elapsed + told.wait - 1.001))


@given(amount=st.integers(1, 50), previous=COUNTS, current=COUNTS, elapsed=st.floats(0, 59.9))
def test_what_remains_is_what_is_still_admitted(amount, previous, current, elapsed):
    policy = Policy("search", amount, 60)
    admitted = windows.admits(policy, previous, current, elapsed)
    told = windows.standing(policy, previous, current, elapsed, admitted=admitted)
    assert (told.remaining > 0) == admitted
    assert told.remaining >= 0


@given(st.integers(1, 50), st.floats(0, 3599.999))
def test_a_burst_is_over_when_as_much_time_has_passed_as_the_policy_says(amount, elapsed):
    """Whoever used all at once waits no longer than the hour that they were told of."""
    policy = Policy("report", amount, 3600)
    assert windows.standing(policy, 0, amount, elapsed, admitted=False).wait <= 3600


def test_every_cost_is_bounded_for_every_holder_by_default():
    asked = {(holder, cost) for holder in Holder for cost in Cost if cost is not Cost.REPORT}
    assert asked <= DEFAULTS.keys()
    quotas = [held for held in DEFAULTS.values() if any(one.is_daily for one in held)]
    assert len(quotas) >= 6
    names = [one.name for held in DEFAULTS.values() for one in held]
    assert all(re.fullmatch(r"[a-z-]+", name) for name in names)


def test_an_operator_changes_one_rate_or_all():
    key = (Holder.ORGANISATION, Cost.SEARCH)
    day = next(one for one in DEFAULTS[key] if one.is_daily)
    found = changed(DEFAULTS, ["organisation.search=7/minute", "address.read=2/day"])
    assert set(found[key]) == {day, Policy("organisation-search", 7, 60)}
    assert Policy("read-day", 2, 86_400) in found[Holder.ADDRESS, Cost.READ]
    for policies in multiplied(DEFAULTS, 3).items():
        assert [one.amount for one in policies[1]] == [
            3 * one.amount for one in DEFAULTS[policies[0]]
        ]


@pytest.mark.parametrize(
    "wrong",
    ["search=1/minute", "address.search=0/minute", "x.search=1/hour", "key.x=1/day", "key.read=1"],
)
def test_a_rate_that_means_nothing_is_refused_with_how_one_looks(wrong):
    with pytest.raises(ValueError, match=r"holder\.cost=number"):
        changed(DEFAULTS, [wrong])


def test_the_headers_have_the_form_of_the_draft():
    standings = [
        Standing(Policy("search", 100, 60), admitted=True, remaining=99, wait=30),
        Standing(Policy("organisation-search-day", 1000, 86_400), True, 7, 400),
    ]
    assert dict(limit_headers(standings)) == {
        b"ratelimit-policy": b'"search";q=100;w=60, "organisation-search-day";q=1000;w=86400',
        b"ratelimit": b'"search";r=99;t=30, "organisation-search-day";r=7;t=400',
    }
    assert limit_headers([]) == []


@pytest.mark.parametrize(
    ("method", "path", "cost"),
    [
        ("GET", "/v1/offers", Cost.SEARCH),
        ("GET", "/v1/offers/jean-zay", Cost.READ),
        ("GET", "/v1/offers/suggestions", Cost.SEARCH),
        ("POST", "/v1/offers/search", Cost.SEARCH),
        ("POST", "/v1/offers", Cost.WRITE),
        ("POST", "/v1/offers:batch", Cost.IMPORT),
        ("PUT", "/v1/offers/jean-zay", Cost.WRITE),
        ("POST", "/v1/matches", Cost.MATCH),
        ("GET", "/v1/needs/x/matches", Cost.MATCH),
        ("POST", "/v1/compute/plan", Cost.PLAN),
        ("POST", "/v1/rules:lint", Cost.PLAN),
        ("POST", "/v1/sessions", Cost.SIGN_IN),
        ("DELETE", "/v1/sessions/current", Cost.WRITE),
        ("POST", "/v1/imports", Cost.IMPORT),
        ("GET", "/fr/offers", Cost.SEARCH),
        ("GET", "/health/ready", None),
        ("GET", "/static/app.css", None),
        ("GET", "/nowhere", Cost.READ),
    ],
)
def test_the_route_table_says_what_a_request_costs(method, path, cost):
    assert cost_of(method, path) is cost


def test_no_route_that_changes_something_is_free():
    free = [route.prefix for route in ROUTES if route.free]
    assert free == ["/health", "/static"]
