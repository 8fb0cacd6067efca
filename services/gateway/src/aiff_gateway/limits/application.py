"""How often something may be asked for, tried or reported."""

from collections.abc import Sequence
from typing import Protocol

from aiff_gateway.limits.domain.errors import LimitReachedError
from aiff_gateway.limits.domain.policies import Cost, Held, Policies, Policy, Standing


class Counters(Protocol):
    """Where requests are counted."""

    async def hit(self, policy: Policy, holder: str) -> Standing:
        """Count a request of a holder where the policy admits it."""

    async def look(self, policy: Policy, holder: str) -> Standing:
        """Return where a holder stands, without counting."""

    async def close(self) -> None:
        """Give back what is held."""


class RequestLimits:
    """Admits requests by what they cost and by whose they are."""

    def __init__(self, policies: Policies, counters: Counters) -> None:
        """Keep the policies and where is counted."""
        self._policies = policies
        self._counters = counters

    async def admit(self, cost: Cost, holders: Sequence[Held]) -> Sequence[Standing]:
        """Count a request for each holder, or raise LimitReachedError at the first refusal."""
        standings: list[Standing] = []
        for held in holders:
            for policy in self._policies.get((held[0], cost), ()):
                standings.append(await self._counters.hit(policy, _named(held)))
                if not standings[-1].admitted:
                    raise LimitReachedError(standings)
        return standings

    async def usage(self, holders: Sequence[Held]) -> Sequence[tuple[Held, Cost, Standing]]:
        """Return where the holders stand with each of their policies, without counting."""
        return [
            (held, cost, await self._counters.look(policy, _named(held)))
            for held in holders
            for cost in Cost
            for policy in self._policies.get((held[0], cost), ())
        ]

    async def close(self) -> None:
        """Give back what the counting holds."""
        await self._counters.close()


def _named(held: Held) -> str:
    """Return a holder's name that no other kind of holder can have."""
    return f"{held[0]}:{held[1]}"
