"""A sliding window out of two counts: constant memory and time, whatever was asked before.

The count of any `seconds` is taken as the current window's and the part of the one before that
still counts, as if its requests had come evenly (the sliding window counter of Cloudflare's
"How we built rate limiting capable of scaling to millions of domains", 2017; also what the
library `limits` does on a Redis server). A burst at the end of one window and at the beginning of
the next is met with at most that evenness's error, never with twice the amount. Part of a request
does not count, on the server neither: so a burst is over when its window is.
"""

import math

from aiff_gateway.limits.domain.policies import Policy, Standing


def used(policy: Policy, previous: int, current: int, elapsed: float) -> int:
    """Return the requests that count now, `elapsed` seconds into the current window."""
    return math.floor(previous * (1 - elapsed / policy.seconds)) + current


def admits(policy: Policy, previous: int, current: int, elapsed: float) -> bool:
    """Tell whether one more request is within the policy."""
    return used(policy, previous, current, elapsed) + 1 <= policy.amount


def standing(
    policy: Policy, previous: int, current: int, elapsed: float, *, admitted: bool
) -> Standing:
    """Return where a holder stands with these counts (the request included where admitted)."""
    remaining = max(0, policy.amount - used(policy, previous, current, elapsed))
    wait = policy.seconds - elapsed if remaining else _wait(policy, previous, current, elapsed)
    return Standing(policy, admitted, remaining, max(1, math.ceil(wait)))


def _wait(policy: Policy, previous: int, current: int, elapsed: float) -> float:
    """Return the seconds until one more request is within the policy."""
    seconds, room = policy.seconds, policy.amount - current
    if previous and room > 0:
        return max(0.0, seconds * (1 - room / previous) - elapsed)
    # The current window itself is full: it must pass, and what is over the amount out of sight.
    return seconds - elapsed + seconds * max(0.0, 1 - policy.amount / max(current, 1))
