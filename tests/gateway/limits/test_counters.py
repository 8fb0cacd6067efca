"""Counting is the same in memory and on a server, and goes on alone when the server is away."""

import asyncio
import time

import pytest
from prometheus_client import REGISTRY

from aiff_gateway.limits.adapters import LocalCounters, SharedCounters, SharedElseLocalCounters
from aiff_gateway.limits.application import RequestLimits
from aiff_gateway.limits.domain.errors import LimitReachedError
from aiff_gateway.limits.domain.policies import Cost, Holder, Policy

POLICY = Policy("search", 3, 600)
NOW = [1_000.0]


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.engines)])
async def counters(request, socket_enabled):
    if request.param == "local":
        yield LocalCounters(time.monotonic)
        return
    shared = SharedCounters(request.getfixturevalue("redis").url)
    yield shared
    await shared.close()


async def test_so_many_are_admitted_and_each_holder_and_policy_has_its_own(counters):
    first = [await counters.hit(POLICY, "a") for _ in range(5)]
    assert [one.admitted for one in first] == [True, True, True, False, False]
    assert [one.remaining for one in first] == [2, 1, 0, 0, 0]
    assert all(1 <= one.wait <= 1200 for one in first)
    assert (await counters.hit(POLICY, "b")).admitted
    assert (await counters.hit(Policy("match", 3, 600), "a")).admitted


async def test_a_look_counts_nothing(counters):
    other = Policy("plan", 2, 600)
    for _ in range(3):
        assert (await counters.look(other, "a")).remaining == 2
    await counters.hit(other, "a")
    assert (await counters.look(other, "a")).remaining == 1
    await counters.hit(other, "a")
    assert not (await counters.look(other, "a")).admitted


async def test_of_many_at_once_exactly_so_many_are_admitted(counters):
    policy = Policy("write", 20, 600)
    found = await asyncio.gather(*(counters.hit(policy, "a") for _ in range(50)))
    assert sum(one.admitted for one in found) == 20


async def test_the_window_slides():
    counters = LocalCounters(lambda: NOW[0])
    policy = Policy("search", 4, 10)
    NOW[0] = 1_000.0
    assert [(await counters.hit(policy, "a")).admitted for _ in range(5)][-1] is False
    NOW[0] = 1_012.5
    # A quarter of the window is over: three of the four still count.
    assert [(await counters.hit(policy, "a")).admitted for _ in range(2)] == [True, False]
    NOW[0] = 1_100.0
    assert (await counters.look(policy, "a")).remaining == 4


async def test_the_memory_is_bounded_and_forgets_the_least_recent():
    counters = LocalCounters(lambda: 0.0, most=2)
    policy = Policy("search", 1, 60)
    for holder in ("a", "b", "c"):
        assert (await counters.hit(policy, holder)).admitted
    assert not (await counters.hit(policy, "c")).admitted
    assert (await counters.hit(policy, "a")).admitted


class Away:
    """A server that refuses, or that does not answer at all."""

    def __init__(self, fault):
        self.fault, self.asked = fault, 0

    async def hit(self, policy, holder):
        self.asked += 1
        if self.fault is None:
            await asyncio.sleep(60)
        raise self.fault

    look = hit


@pytest.mark.parametrize("fault", [ConnectionRefusedError(), None])
async def test_a_server_that_is_away_opens_no_door_and_closes_none(fault):
    NOW[0] = 0.0
    away = Away(fault)
    counters = SharedElseLocalCounters(away, LocalCounters(lambda: NOW[0]), lambda: NOW[0])
    found = [(await counters.hit(POLICY, "a")).admitted for _ in range(4)]
    assert found == [True, True, True, False]
    assert away.asked == 1
    assert REGISTRY.get_sample_value("aiff_gateway_limits_shared") == 0
    NOW[0] = 5.0
    await counters.look(POLICY, "a")
    assert away.asked == 2


@pytest.mark.engines
async def test_two_gateways_count_together_through_an_outage(redis, socket_enabled):
    gateways = [
        SharedElseLocalCounters(
            SharedCounters(redis.url), LocalCounters(time.monotonic), time.monotonic
        )
        for _ in range(2)
    ]
    policy = Policy("import", 4, 600)
    found = [(await gateways[turn % 2].hit(policy, "x")).admitted for turn in range(6)]
    assert found == [True] * 4 + [False] * 2
    redis.pause()
    try:
        began = time.monotonic()
        assert (await gateways[0].hit(policy, "x")).admitted
        assert time.monotonic() - began < 2
    finally:
        redis.resume()
    assert not (await gateways[1].hit(policy, "x")).admitted
    for gateway in gateways:
        await gateway.close()


async def test_a_refusal_says_where_the_caller_stands_with_all_that_was_counted():
    policies = {
        (Holder.KEY, Cost.SEARCH): (Policy("search", 5, 60),),
        (Holder.ORGANISATION, Cost.SEARCH): (Policy("organisation-search", 1, 60),),
    }
    limits = RequestLimits(policies, LocalCounters(lambda: 0.0))
    holders = [(Holder.KEY, "k"), (Holder.ORGANISATION, "o")]
    assert len(await limits.admit(Cost.SEARCH, holders)) == 2
    with pytest.raises(LimitReachedError) as refused:
        await limits.admit(Cost.SEARCH, holders)
    assert [one.admitted for one in refused.value.standings] == [True, False]
    assert refused.value.retry_after >= 1
    assert await limits.admit(Cost.READ, holders) == []
    assert [one[2].remaining for one in await limits.usage(holders)] == [3, 0]
